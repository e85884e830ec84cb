//! `generated/` is exactly what the document and the templates give, and the check for that works.

use std::fs;
use std::path::Path;

use sdk_tests::command::{codegen_into, xtask};
use sdk_tests::folder::{differing, snapshot};
use tempfile::TempDir;
use xtask::Exit;

#[test]
fn generated_is_current() {
    let run = xtask(&["codegen", "--check"]);
    assert_eq!(run.exit, Exit::Success, "\n{}{}", run.output, run.errors);
}

/// The crate as the generator makes it now, in a folder of its own.
fn generated() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let run = codegen_into(folder.path(), &[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    folder
}

/// No path.
const NONE: [&str; 0] = [];

#[test]
fn an_edited_file_is_found_and_mended() {
    let copy = generated();
    let file = copy.path().join("src/lib.rs");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}pub struct Edited;\n")).unwrap();

    let check = codegen_into(copy.path(), &["--check"]);

    assert_eq!(check.exit, Exit::Failure);
    assert!(check.output.starts_with("changed src/lib.rs\n"), "{}", check.output);
    assert!(check.output.contains("\n-pub struct Edited;\n"), "{}", check.output);
    let command = format!("cargo xtask codegen --out {}\n", copy.path().display());
    assert!(check.errors.contains(&command), "{}", check.errors);
    assert_mended(copy.path());
}

#[test]
fn a_missing_file_is_found_and_mended() {
    let copy = generated();
    fs::remove_file(copy.path().join("Cargo.toml")).unwrap();

    let check = codegen_into(copy.path(), &["--check"]);

    assert_eq!(check.exit, Exit::Failure);
    assert!(check.output.starts_with("added   Cargo.toml\n"), "{}", check.output);
    assert!(check.output.contains("\n+[package]\n"), "{}", check.output);
    assert_mended(copy.path());
}

#[test]
fn a_stray_file_is_found_and_mended() {
    let copy = generated();
    fs::create_dir(copy.path().join("src/stray")).unwrap();
    fs::write(copy.path().join("src/stray/mod.rs"), "pub struct Stray;\n").unwrap();

    let check = codegen_into(copy.path(), &["--check"]);

    assert_eq!(check.exit, Exit::Failure);
    assert!(check.output.starts_with("removed src/stray/mod.rs\n"), "{}", check.output);
    assert!(check.output.contains("\n-pub struct Stray;\n"), "{}", check.output);
    assert_mended(copy.path());
    assert!(!copy.path().join("src/stray").exists(), "an empty folder stays behind");
}

#[test]
fn a_check_writes_nothing() {
    let copy = generated();
    fs::remove_file(copy.path().join("Cargo.toml")).unwrap();
    fs::write(copy.path().join("stray"), "").unwrap();
    let before = snapshot(copy.path());

    codegen_into(copy.path(), &["--check"]);

    assert_eq!(differing(&snapshot(copy.path()), &before), NONE);
}

#[test]
fn a_second_run_touches_no_file() {
    let copy = generated();
    let before = snapshot(copy.path());

    let run = codegen_into(copy.path(), &[]);

    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains(" 0 added, 0 changed, 0 removed; "), "{}", run.output);
    assert_eq!(differing(&snapshot(copy.path()), &before), NONE);
}

#[test]
fn only_what_changed_is_written() {
    let copy = generated();
    let before = snapshot(copy.path());
    fs::write(copy.path().join("README.md"), "edited").unwrap();

    let run = codegen_into(copy.path(), &[]);

    assert!(run.output.starts_with("changed README.md\n"), "{}", run.output);
    assert!(run.output.contains(" 0 added, 1 changed, 0 removed; "), "{}", run.output);
    assert_eq!(differing(&snapshot(copy.path()), &before), ["README.md"]);
}

/// A write that fails half-way leaves the old tree, and not a mixture.
#[test]
fn a_failing_write_leaves_the_old_tree() {
    let copy = generated();
    fs::write(copy.path().join("Cargo.toml"), "# edited, and to be written first\n").unwrap();
    fs::write(copy.path().join("a_stray_file"), "").unwrap();
    // A folder with a hidden file, which is not the generator's to remove, in the place of a file.
    fs::remove_file(copy.path().join("src/settings.rs")).unwrap();
    fs::create_dir(copy.path().join("src/settings.rs")).unwrap();
    fs::write(copy.path().join("src/settings.rs/.keep"), "").unwrap();
    let before = snapshot(copy.path());

    let run = codegen_into(copy.path(), &[]);

    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("settings.rs"), "{}", run.errors);
    assert_eq!(run.output, "", "nothing was done that could be told");
    assert_eq!(differing(&snapshot(copy.path()), &before), NONE);
}

/// Checks that the command without `--check` is all it takes.
fn assert_mended(copy: &Path) {
    let run = codegen_into(copy, &[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let check = codegen_into(copy, &["--check"]);
    assert_eq!(check.exit, Exit::Success, "{}", check.output);
}

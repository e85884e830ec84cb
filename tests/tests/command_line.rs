//! `cargo xtask` as its user meets it.

use std::fs;
use std::path::Path;

use sdk_tests::command::{Run, codegen_into, xtask};
use sdk_tests::documents::PETS;
use sdk_tests::folder::{differing, snapshot, texts};
use xtask::Exit;

/// Generates the pet store into a new folder, with further arguments.
fn generate_pets(folder: &Path, arguments: &[&str]) -> Run {
    let spec = folder.join("pets.yaml");
    fs::write(&spec, PETS).unwrap();
    let spec = spec.to_str().unwrap();
    codegen_into(&folder.join("pets"), &[&["--spec", spec], arguments].concat())
}

#[test]
fn a_document_alone_makes_a_crate() {
    let folder = tempfile::tempdir().unwrap();

    let run = generate_pets(folder.path(), &["--name", "pet-sdk"]);

    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains("added   src/lib.rs\n"), "{}", run.output);
    assert!(run.output.contains(" 1 operation, 1 model; "), "{}", run.output);
    let manifest = fs::read_to_string(folder.path().join("pets/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pet-sdk\""), "{manifest}");
    for (path, text) in texts(&folder.path().join("pets")) {
        assert!(!text.to_lowercase().contains("okta"), "{path} takes from the workspace's own SDK");
    }
}

#[test]
fn every_run_gives_the_same_bytes() {
    let first = tempfile::tempdir().unwrap();
    let second = tempfile::tempdir().unwrap();
    generate_pets(first.path(), &["--name", "pet-sdk"]);
    generate_pets(second.path(), &["--name", "pet-sdk"]);
    let differing = differing(&texts(first.path()), &texts(second.path()));
    assert_eq!(differing, [""; 0]);
}

#[test]
fn a_check_names_the_command_with_its_options() {
    let folder = tempfile::tempdir().unwrap();

    let run = generate_pets(folder.path(), &["--check", "--name", "pet-sdk", "--no-tests"]);

    assert_eq!(run.exit, Exit::Failure);
    let command = format!(
        "    cargo xtask codegen --spec {0}/pets.yaml --out {0}/pets --name pet-sdk --no-tests\n",
        folder.path().display()
    );
    assert!(run.errors.contains(&command), "{}", run.errors);
    assert!(!folder.path().join("pets").exists(), "a check writes nothing");
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pets")).unwrap();
    fs::write(folder.path().join("pets/thesis.txt"), "years of work").unwrap();
    let before = snapshot(&folder.path().join("pets"));

    let run = generate_pets(folder.path(), &["--name", "pet-sdk"]);

    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("it holds `thesis.txt`"), "{}", run.errors);
    let after = snapshot(&folder.path().join("pets"));
    assert_eq!(differing(&after, &before), [""; 0]);
}

#[test]
fn a_document_needs_a_folder_of_its_own() {
    let run = xtask(&["codegen", "--spec", "pets.yaml"]);
    assert_eq!(run.exit, Exit::Usage);
    assert!(run.errors.contains("--out <DIR>"), "{}", run.errors);
}

/// The report of all crates is one JSON object, and what is done with them is told elsewhere.
#[test]
fn a_check_of_every_crate_is_one_report() {
    let run = xtask(&["codegen", "--check", "--format", "json"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let warnings = run.diagnostics();
    assert!(warnings.iter().any(|warning| warning.file == "openapi.yaml"), "{warnings:?}");
    assert_eq!(run.errors.matches(" 0 added, 0 changed, 0 removed; ").count(), 3, "{}", run.errors);
}

/// An option that describes a crate is about one.
#[test]
fn a_folder_alone_is_for_the_first_crate() {
    let folder = tempfile::tempdir().unwrap();
    let run = codegen_into(folder.path(), &["--name", "other-sdk"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert_eq!(run.output.matches(" operations, ").count(), 1, "{}", run.output);
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"other-sdk\""), "{manifest}");
}

#[test]
fn what_is_no_command_is_a_usage_error() {
    for arguments in [&["codegen", "--chekc"][..], &["generate"], &[]] {
        let run = xtask(arguments);
        assert_eq!(run.exit, Exit::Usage, "{arguments:?}");
        assert!(run.errors.contains("Usage: cargo xtask"), "{}", run.errors);
        assert_eq!(run.output, "");
    }
}

#[test]
fn help_tells_every_option() {
    let run = xtask(&["codegen", "--help"]);
    assert_eq!(run.exit, Exit::Success);
    for option in [
        "--check",
        "--spec <FILE>",
        "--out <DIR>",
        "--name <CRATE>",
        "--config <FILE>",
        "--overlay <FILE>",
        "--deny-warnings",
        "--format <FORMAT>",
        "--no-tests",
    ] {
        assert!(run.output.contains(option), "{option} is missing in\n{}", run.output);
    }
}

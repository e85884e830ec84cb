//! What `cargo test --doc` lists and runs of a crate whose document is hostile everywhere.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use tempfile::TempDir;
use xtask::crates;

use super::{Workplace, document, free_positions, numbered, positions};

/// Writes the crate of a document with a text in all places, and gives the documentation tests that cargo lists:
/// how many there are of each file extension. They are run, too, so a text that became one has its effect.
fn doctests(text: &str, folder: &Path) -> BTreeMap<String, usize> {
    let workplace = Workplace::new();
    let (free, _) = free_positions(&workplace);
    let texts = free.iter().enumerate().map(|(index, it)| (it, numbered(text, index)));
    let files = workplace.generate(&positions::with(&document(), texts)).expect("it generates");
    let root = folder.join("crate");
    for (path, text) in files {
        let place = root.join(path);
        fs::create_dir_all(place.parent().expect("a file is in a folder")).expect("it can be made");
        fs::write(place, text).expect("it can be written");
    }
    let mut manifest = OpenOptions::new().append(true).open(root.join("Cargo.toml")).unwrap();
    manifest.write_all(b"\n[workspace]\n").unwrap();
    let listed = cargo(&root, &["test", "--doc", "--all-features", "--", "--list"]);
    cargo(&root, &["test", "--doc", "--all-features"]);
    let mut tests = BTreeMap::new();
    for line in listed.lines().filter(|line| line.ends_with(": test")) {
        let kind = if line.contains(".md - ") { "md" } else { "rs" };
        *tests.entry(kind.to_owned()).or_default() += 1;
    }
    tests
}

/// Runs cargo on the crate, and gives what it prints.
fn cargo(root: &Path, arguments: &[&str]) -> String {
    let mut command = crates::command(root).expect("the crate can have the workspace's lock file");
    let output = command.args(arguments).output().expect("cargo can be started");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {errors}");
    assert!(!errors.contains("warning: unexpected"), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "compiles three crates with all that they depend on"]
fn cargo_finds_the_generators_own_examples_only() {
    let folder = TempDir::new().unwrap();
    let effects = folder.path().join("effects");
    fs::create_dir(&effects).unwrap();
    let write = |name: &str| {
        let file = effects.join(name);
        format!("std::fs::write({:?}, \"x\").unwrap();", file.to_str().unwrap())
    };
    let expected = doctests(super::HARMLESS, &folder.path().join("harmless"));
    let fences = format!(
        "`````\n```\n~~~~\n```rust\n{0}\n```\n~~~~\n`````\n\n    {0}\n\n> - 1. ```E0308\n>      {0}\n>      ```\n",
        write("fences")
    );
    assert_eq!(doctests(&fences, &folder.path().join("fences")), expected);
    let breaks = format!(
        "a\r\r~~~\r{0}\r~~~\r\u{85}```\u{2028}{0}\u{2028}```\u{2028}`\n\n```\n{0}\n```\nb",
        write("breaks")
    );
    assert_eq!(doctests(&breaks, &folder.path().join("breaks")), expected);
    let done: Vec<_> = fs::read_dir(&effects).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(done.is_empty(), "code of a document was run: {done:?}");
}

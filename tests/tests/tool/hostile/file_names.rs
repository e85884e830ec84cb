//! Tags that cannot name a file are told with their place, and the crate has other files.

use sdk_tests::command::{Run, xtask};
use sdk_tests::documents::{Broken, HERE};
use sdk_tests::folder::texts;
use tempfile::TempDir;

/// Generates the document with another tag for its operation, and checks where the warning points.
fn generated(tag: &str) -> (Run, Vec<String>) {
    let folder = TempDir::new().unwrap();
    let document = Broken::pets(&[("tags: [Pet]", &format!("tags: [{HERE}{tag}]"))]);
    let spec = document.write(folder.path(), "openapi.yaml");
    let out = folder.path().join("crate");
    let arguments =
        ["codegen", "--spec", spec.to_str().unwrap(), "--name", "pets", "--format", "json"];
    let run = xtask(&[&arguments[..], &["--out", out.to_str().unwrap()]].concat());
    for warning in run.diagnostics() {
        assert_eq!((warning.code.as_str(), warning.place), ("file-name", document.places[0]));
    }
    let files = texts(&out)
        .into_keys()
        .filter(|path| path.starts_with("src/api/") || path.starts_with("docs/"));
    let files = files.collect();
    (run, files)
}

#[test]
fn a_device_of_windows_names_no_file() {
    let (run, files) = generated("COM1");
    assert_eq!(
        run.diagnostics()[0].message,
        "Windows has no file named `com1`, so the module is `com1_api`"
    );
    assert_eq!(
        files,
        ["docs/Com1Api.md", "docs/models/com1_api.md", "src/api/com1_api.rs", "src/api/mod.rs"]
    );
}

#[test]
fn a_tag_of_300_letters_is_cut() {
    let (run, files) = generated(&"letters ".repeat(38));
    assert!(run.diagnostics()[0].message.contains("is longer than 200 letters"));
    assert!(files.iter().all(|path| path.len() < 220), "{files:?}");
}

#[test]
fn hidden_characters_name_no_file() {
    let (run, files) = generated("\"Pe\\u202et\\u200b\"");
    assert_eq!(run.diagnostics(), []);
    assert_eq!(
        files,
        ["docs/PeTApi.md", "docs/models/pe_t.md", "src/api/mod.rs", "src/api/pe_t.rs"]
    );
}

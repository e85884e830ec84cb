//! Properties that no output shows: `writeOnly`, `format: password`, and those of `sdk.toml`.

use std::fs;

use features_sdk::models::{Account, Recovery};
use sdk_tests::folder::workspace;

#[test]
fn a_secret_is_shown_by_no_output() {
    let former = Recovery::new().question("Where?").answer("hush");
    let recovery = Recovery::new().question("Who?").answer("hush").former(vec![former]);
    let account = Account::new("ada").password("hush").pin("hush").recovery(recovery);
    for shown in [format!("{account:?}"), format!("{account:#?}")] {
        assert!(!shown.contains("hush"), "{shown}");
        assert!(shown.contains("ada") && shown.contains("Who?") && shown.contains("Where?"));
    }
    let written = serde_json::to_value(&account).expect("JSON");
    assert_eq!(written["recovery"]["former"][0]["answer"], "hush");
}

/// Walks all schemas of the document: each secret is declared as one, and nothing else is.
#[test]
fn all_models_say_what_is_secret() {
    let text = fs::read_to_string(workspace().join("tests/features/openapi.yaml"));
    let text = text.expect("the document");
    let is_secret =
        |line: &&str| line.contains("writeOnly: true") || line.contains("format: password");
    let name = |line: &str| line.split(':').next().unwrap_or_default().trim().to_owned();
    let mut expected: Vec<String> = text.lines().filter(is_secret).map(name).collect();
    expected.push("answer".to_owned());
    let mut declared = Vec::new();
    let models = fs::read_dir(workspace().join("tests/features/generated/src/models"));
    for file in models.expect("the models") {
        let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
        let secret =
            |line: &str| Some(line.split_once("= \"")?.1.split_once("\" as secret")?.0.to_owned());
        declared.extend(text.lines().filter_map(secret));
    }
    expected.sort();
    declared.sort();
    assert_eq!(declared, expected);
}

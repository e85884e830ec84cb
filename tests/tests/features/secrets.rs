//! Properties that no output shows: `writeOnly`, `format: password`, and those of `sdk.toml`.

use std::fs;

use features_sdk::models::{Account, Recovery};
use sdk_tests::folder::workspace;
use serde_yaml::Value;

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
    let document: Value = serde_yaml::from_str(&text.expect("the document")).expect("YAML");
    let mut expected = Vec::new();
    secrets(&document["components"]["schemas"], &mut expected);
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

/// The names of properties whose schema says that they are secret.
fn secrets(value: &Value, found: &mut Vec<String>) {
    let properties = value.get("properties").and_then(Value::as_mapping);
    for (name, property) in properties.into_iter().flatten() {
        let has = |key: &str, expected: Value| property.get(key) == Some(&expected);
        if has("writeOnly", true.into()) || has("format", "password".into()) {
            found.extend(name.as_str().map(str::to_owned));
        }
    }
    match value {
        Value::Mapping(members) => members.values().for_each(|value| secrets(value, found)),
        Value::Sequence(items) => items.iter().for_each(|value| secrets(value, found)),
        _ => {}
    }
}

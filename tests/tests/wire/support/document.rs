//! What `spec/okta.yaml` says: the judge of the tests.

use std::fs;
use std::sync::LazyLock;

use sdk_tests::folder::workspace;
use serde_json::Value;

static OKTA: LazyLock<Value> = LazyLock::new(|| {
    let text = fs::read_to_string(workspace().join("spec/okta.yaml")).expect("it can be read");
    serde_yaml::from_str(&text).expect("it is YAML")
});

/// The value of an example below `components`.
pub fn example(name: &str) -> Value {
    OKTA["components"]["examples"]
        .get(name)
        .unwrap_or_else(|| panic!("the document has no example `{name}`"))["value"]
        .clone()
}

/// An answer that the document describes.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The headers that the answer has to have, with the values of their examples.
    pub headers: Vec<(String, String)>,
    /// The examples of its JSON body.
    pub examples: Vec<Value>,
}

/// The answers of an operation.
pub fn answers(operation_id: &str) -> Vec<Answer> {
    let operations = OKTA["paths"].as_object().into_iter().flatten().flat_map(|(_, path)| {
        path.as_object().into_iter().flatten().map(|(_, operation)| operation)
    });
    let mut matching = operations.filter(|operation| operation["operationId"] == operation_id);
    let operation = matching.next().expect("the document has the operation");
    let responses = operation["responses"].as_object().expect("the operation has responses");
    responses.iter().map(|(status, response)| answer(status, resolve(response))).collect()
}

fn answer(status: &str, response: &Value) -> Answer {
    let headers = response["headers"].as_object().into_iter().flatten();
    let examples = response["content"]["application/json"]["examples"].as_object();
    Answer {
        status: status.parse().expect("the document has no ranges of statuses"),
        headers: headers
            .map(|(name, header)| (name.clone(), text(&resolve(header)["example"])))
            .collect(),
        examples: examples
            .into_iter()
            .flatten()
            .map(|(_, example)| resolve(example)["value"].clone())
            .collect(),
    }
}

/// Follows a `$ref` within the document.
fn resolve(value: &Value) -> &Value {
    let Some(reference) = value["$ref"].as_str() else { return value };
    let pointer = reference.strip_prefix('#').expect("the document is one file");
    OKTA.pointer(pointer).expect("the reference leads somewhere")
}

/// A value as it stands in a header.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

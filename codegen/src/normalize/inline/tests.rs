use serde_json::json;

use crate::normalize::testing::{document, shape_document};

#[test]
fn path_items_and_callbacks_are_copied_to_their_places() {
    let mut root = document(
        json!({
            "/a": {"$ref": "#/components/pathItems/A", "summary": "own"},
            "/b": {"post": {"responses": {}, "callbacks": {"done": {"$ref": "#/components/callbacks/Done"}}}}
        }),
        json!({
            "pathItems": {"A": {"summary": "theirs", "get": {"responses": {}}}},
            "callbacks": {"Done": {"{$request.body#/url}": {"$ref": "#/components/pathItems/A"}}}
        }),
    );
    assert_eq!(shape_document(&mut root), "");
    assert_eq!(root["paths"]["/a"], json!({"summary": "own", "get": {"responses": {}}}));
    let callback = &root["paths"]["/b"]["post"]["callbacks"]["done"]["{$request.body#/url}"];
    assert_eq!(*callback, json!({"summary": "theirs", "get": {"responses": {}}}));
    assert_eq!(root["components"].get("pathItems"), None);
}

#[test]
fn an_example_can_be_described_anew() {
    let examples = json!({"a": {"$ref": "#/components/examples/A", "summary": "own"}, "b": {"$ref": "#/components/examples/A"}});
    let mut root = document(
        json!({"/a": {"get": {"responses": {"200": {"description": "d", "content": {"text/plain": {"examples": examples}}}}}}}),
        json!({"examples": {"A": {"summary": "theirs", "value": 1}}}),
    );
    assert_eq!(shape_document(&mut root), "");
    let examples =
        &root["paths"]["/a"]["get"]["responses"]["200"]["content"]["text/plain"]["examples"];
    assert_eq!(
        *examples,
        json!({"a": {"summary": "own", "value": 1}, "b": {"$ref": "#/components/examples/A"}})
    );
}

#[test]
fn a_callback_in_itself_is_an_error() {
    let mut root = document(
        json!({"/a": {"$ref": "#/components/pathItems/A"}}),
        json!({"pathItems": {"A": {"post": {"responses": {}, "callbacks": {"c": {"x": {"$ref": "#/components/pathItems/A"}}}}}}}),
    );
    let report = shape_document(&mut root);
    assert!(report.starts_with("circular-reference /paths/~1a/post/callbacks/c/x"), "{report}");

    let post = json!({"responses": {}, "callbacks": {"c": {"$ref": "#/paths"}}});
    let mut root = document(json!({"/a": {"post": post}}), json!({}));
    let report = shape_document(&mut root);
    assert!(report.starts_with("circular-reference /paths/~1a/post/callbacks/c"), "{report}");
}

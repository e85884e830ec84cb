use serde_json::{Map, Value, json};

use super::{MOST_OPERATIONS, check};
use crate::{diagnostics::Diagnostics, normalize::testing::document};

fn problems(paths: Value) -> Vec<String> {
    let parameters = json!({"Id": {"name": "id", "in": "path"}});
    let mut diagnostics = Diagnostics::new();
    check(&document(paths, json!({"parameters": parameters})), &mut diagnostics);
    diagnostics
        .iter()
        .map(|it| format!("{} {}", it.code, it.pointer.as_deref().unwrap_or_default()))
        .collect()
}

fn path(name: &str) -> Value {
    json!({"name": name, "in": "path"})
}

#[test]
fn parameters_may_be_declared_in_either_place() {
    let paths = json!({"/a/{id}/{key}": {"parameters": [{"$ref": "#/components/parameters/Id"}], "get": {"parameters": [path("key")]}}});
    assert_eq!(problems(paths), [""; 0]);
}

#[test]
fn path_and_declaration_have_to_agree() {
    let paths = json!({"/a/{id}": {"get": {"parameters": [path("ID")]}}, "/b": {"parameters": [path("x")], "get": {}}});
    assert_eq!(
        problems(paths),
        [
            "unused-path-parameter /paths/~1a~1{id}/get/parameters/0",
            "undeclared-path-parameter /paths/~1a~1{id}/get",
            "unused-path-parameter /paths/~1b/parameters/0"
        ]
    );
}

#[test]
fn a_parameter_is_known_by_name_and_place() {
    let query = json!({"name": "q", "in": "query"});
    let header = json!({"name": "q", "in": "header"});
    let paths =
        json!({"/a": {"parameters": [query], "get": {"parameters": [query, header, query]}}});
    assert_eq!(problems(paths), ["duplicate-parameter /paths/~1a/get/parameters/2"]);
}

#[test]
fn operation_ids_are_unique() {
    let paths = json!({"/a": {"get": {"operationId": "x"}, "put": {"operationId": "y"}}, "/b": {"get": {"operationId": "x"}}});
    assert_eq!(problems(paths), ["duplicate-operation-id /paths/~1b/get/operationId"]);
}

#[test]
fn braces_pair_up() {
    let paths = json!({"/{": {}, "/}": {}, "/{a{b}}": {}, "/{}": {}, "/{a}{b}/c": {}});
    assert_eq!(
        problems(paths),
        [
            "invalid-path /paths/~1{",
            "invalid-path /paths/~1}",
            "invalid-path /paths/~1{a{b}}",
            "invalid-path /paths/~1{}"
        ]
    );
}

#[test]
fn paths_that_differ_in_names_only_are_pointed_out() {
    assert_eq!(
        problems(json!({"/a/{x}": {}, "/a/{y}": {}, "/b/{x}": {}})),
        ["equal-paths /paths/~1a~1{y}"]
    );
}

#[test]
fn the_number_of_operations_is_limited() {
    let paths = |count: usize| -> Value {
        (0..count).map(|it| (format!("/a{it}"), json!({"get": {}}))).collect::<Map<_, _>>().into()
    };
    let codes = |count| {
        let mut diagnostics = Diagnostics::new();
        check(&document(paths(count), json!({})), &mut diagnostics);
        diagnostics.iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(MOST_OPERATIONS), [""; 0]);
    assert_eq!(codes(MOST_OPERATIONS + 1), ["too-many-operations"]);
}

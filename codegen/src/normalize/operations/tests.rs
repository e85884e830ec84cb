use serde_json::{Map, Value, json};

use super::{MOST_OPERATIONS, repair};
use crate::{diagnostics::Diagnostics, normalize::testing::document, source::Sources};

/// The document with these paths once it is repaired, and what was reported.
fn repaired(paths: Value) -> (Value, Vec<String>) {
    let parameters = json!({"Id": {"name": "id", "in": "path"}});
    let mut root = document(paths, json!({"parameters": parameters}));
    let mut diagnostics = Diagnostics::new();
    super::paths::correct(&mut root, &mut Sources::default(), &mut diagnostics);
    repair(&mut root, &mut Sources::default(), &mut diagnostics);
    let problems = diagnostics
        .iter()
        .map(|it| {
            let place = it.pointer.as_deref().unwrap_or_default();
            format!("{:?} {} {place}", it.severity, it.code)
        })
        .collect();
    (root["paths"].take(), problems)
}

fn problems(paths: Value) -> Vec<String> {
    repaired(paths).1
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
fn a_path_parameter_that_nobody_declared_is_a_string() {
    let paths = json!({"/a/{id}/{key}": {"get": {"parameters": [path("key")]}, "put": {"parameters": null}}});
    let (paths, problems) = repaired(paths);
    assert_eq!(
        problems,
        [
            "Warning undeclared-path-parameter /paths/~1a~1{id}~1{key}/get",
            "Warning undeclared-path-parameter /paths/~1a~1{id}~1{key}/put",
            "Warning undeclared-path-parameter /paths/~1a~1{id}~1{key}/put"
        ]
    );
    let string = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    let item = &paths["/a/{id}/{key}"];
    assert_eq!(item["get"]["parameters"], json!([path("key"), string("id")]));
    assert_eq!(item["put"]["parameters"], json!([string("id"), string("key")]));
}

#[test]
fn one_parameter_that_is_missing_and_one_too_many_are_the_same() {
    let count = json!({"name": "ID", "in": "path", "schema": {"type": "integer"}});
    let reference = json!({"$ref": "#/components/parameters/Id"});
    let query = json!({"name": "q", "in": "query"});
    let (paths, problems) = repaired(json!({
        "/a/{id}": {"get": {"parameters": [count, query]}},
        "/b/{key}": {"parameters": [reference], "get": {}, "put": {"parameters": [path("key")]}},
        "/c": {"parameters": [path("x")], "get": {}},
    }));
    assert_eq!(
        problems,
        [
            "Warning unused-path-parameter /paths/~1a~1{id}/get/parameters/0",
            "Warning undeclared-path-parameter /paths/~1a~1{id}/get",
            "Warning undeclared-path-parameter /paths/~1b~1{key}/get",
            "Warning unused-path-parameter /paths/~1b~1{key}/parameters/0",
            "Warning unused-path-parameter /paths/~1c/parameters/0"
        ]
    );
    let renamed = json!({"name": "id", "in": "path", "schema": {"type": "integer"}});
    assert_eq!(paths["/a/{id}"]["get"]["parameters"], json!([query, renamed]));
    assert_eq!(paths["/b/{key}"]["get"]["parameters"], json!([path("key")]));
    assert_eq!(paths["/b/{key}"]["put"]["parameters"], json!([path("key")]));
    assert_eq!(paths["/b/{key}"]["parameters"], json!([]));
    assert_eq!(paths["/c"]["parameters"], json!([]));
}

#[test]
fn two_declarations_for_one_name_are_a_guess_that_is_not_made() {
    let number = |name: &str| json!({"name": name, "in": "path", "schema": {"type": "integer"}});
    let (paths, _) =
        repaired(json!({"/a/{id}": {"get": {"parameters": [number("x"), number("y")]}}}));
    assert_eq!(paths["/a/{id}"]["get"]["parameters"][0]["schema"], json!({"type": "string"}));
}

#[test]
fn a_parameter_is_known_by_name_and_place() {
    let query = json!({"name": "q", "in": "query"});
    let described = json!({"name": "q", "in": "query", "description": "Again."});
    let number = json!({"name": "q", "in": "query", "schema": {"type": "integer"}});
    let header = json!({"name": "q", "in": "header"});
    let (paths, problems) = repaired(json!({
        "/a": {"parameters": [query], "get": {"parameters": [query, header, described]}},
        "/b": {"get": {"parameters": [query, number]}},
    }));
    assert_eq!(
        problems,
        [
            "Warning duplicate-parameter /paths/~1a/get/parameters/2",
            "Error duplicate-parameter /paths/~1b/get/parameters/1"
        ]
    );
    assert_eq!(paths["/a"]["get"]["parameters"], json!([query, header]));
}

#[test]
fn an_operation_id_is_that_of_the_first_operation_of_its_tag() {
    let of = |tag: &str| json!({"operationId": "x", "tags": [tag]});
    let (paths, problems) = repaired(json!({
        "/a": {"get": of("one"), "head": of("one"), "put": of("two")},
        "/b": {"get": of("two"), "put": {"operationId": "x"}},
    }));
    assert_eq!(
        problems,
        [
            "Warning duplicate-operation-id /paths/~1a/head/operationId",
            "Warning duplicate-operation-id /paths/~1a/put/operationId",
            "Warning duplicate-operation-id /paths/~1b/get/operationId",
            "Warning duplicate-operation-id /paths/~1b/put/operationId"
        ]
    );
    let id = |path: &str, method: &str| paths[path][method].get("operationId").cloned();
    assert_eq!(id("/a", "get"), Some(json!("x")));
    assert_eq!(id("/a", "head"), None);
    assert_eq!(id("/a", "put"), Some(json!("x")));
    assert_eq!(id("/b", "get"), None);
    assert_eq!(id("/b", "put"), Some(json!("x")));
}

#[test]
fn a_path_has_a_slash_and_braces() {
    let operation = |name: &str| json!({"get": {"parameters": [path(name)]}});
    let (paths, problems) = repaired(json!({
        "/a": {"get": {}},
        "users/{id}": operation("id"),
        "/users/:id/posts/:all": operation("id"),
        "a": {"get": {}},
        "x-own": {"get": {}},
        "https://example.com/a": {"get": {}},
        "info": {"title": "none"},
    }));
    assert_eq!(
        problems,
        [
            "Warning invalid-path /paths/users~1{id}",
            "Warning invalid-path /paths/~1users~1:id~1posts~1:all"
        ]
    );
    let names: Vec<&String> = paths.as_object().expect("an object").keys().collect();
    assert_eq!(
        names,
        [
            "/a",
            "/users/{id}",
            "/users/{id}/posts/:all",
            "a",
            "x-own",
            "https://example.com/a",
            "info"
        ]
    );
}

#[test]
fn braces_pair_up() {
    let paths = json!({"/{": {}, "/}": {}, "/{a{b}}": {}, "/{}": {}, "/{a}{b}/c": {}});
    assert_eq!(
        problems(paths),
        [
            "Error invalid-path /paths/~1{",
            "Error invalid-path /paths/~1}",
            "Error invalid-path /paths/~1{a{b}}",
            "Error invalid-path /paths/~1{}"
        ]
    );
}

#[test]
fn paths_that_differ_in_names_only_are_pointed_out() {
    assert_eq!(
        problems(json!({"/a/{x}": {}, "/a/{y}": {}, "/b/{x}": {}})),
        ["Warning equal-paths /paths/~1a~1{y}"]
    );
}

#[test]
fn the_number_of_operations_is_limited() {
    let paths = |count: usize| -> Value {
        (0..count).map(|it| (format!("/a{it}"), json!({"get": {}}))).collect::<Map<_, _>>().into()
    };
    let codes = |count| {
        let mut diagnostics = Diagnostics::new();
        let mut root = document(paths(count), json!({}));
        repair(&mut root, &mut Sources::default(), &mut diagnostics);
        diagnostics.iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(MOST_OPERATIONS), [""; 0]);
    assert_eq!(codes(MOST_OPERATIONS + 1), ["too-many-operations"]);
}

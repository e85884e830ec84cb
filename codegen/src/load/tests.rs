use std::path::Path;

use serde_json::json;

use super::{
    load,
    testing::{load_files, load_text},
};
use crate::diagnostics::{self, Diagnostics};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

fn yaml(rest: &str) -> super::testing::Loaded {
    load_text("a.yaml", format!("{HEAD}{rest}"))
}

#[test]
fn a_missing_file_is_named() {
    let mut found = Diagnostics::new();
    assert!(load(Path::new("no/such/file.yaml"), &mut found).is_none());
    let text = diagnostics::text(&found, false);
    assert!(text.contains("cannot read `no/such/file.yaml`"), "{text}");
}

#[test]
fn syntax_errors_have_a_line_and_a_column() {
    assert_eq!(
        load_text("a.yaml", "openapi: 3.0.3\ninfo: [a\n").report(),
        "error invalid-yaml a.yaml:3:1\n"
    );
    assert_eq!(
        load_text("a.json", "{\n  \"openapi\": \"3.0.3\",\n}").report(),
        "error invalid-json a.json:3:1\n"
    );
    assert_eq!(
        load_text("a.json", "{\"openapi\": \"3.0.3\"} x").report(),
        "error invalid-json a.json:1:22\n"
    );
    assert_eq!(
        load_text("a.yaml", "a: 1\n---\nb: 2\n").report(),
        "error invalid-yaml a.yaml:1:1\n"
    );
}

#[test]
fn columns_count_characters() {
    let wide = "{\"openapi\": \"3.0.3\", \"é\": x}";
    assert_eq!(load_text("a.json", wide).report(), "error invalid-json a.json:1:27\n");
}

#[test]
fn other_documents_are_told_from_openapi_3() {
    let code = |text: &str| load_text("a.yaml", text).report();
    assert_eq!(code("just text\n"), "error not-openapi a.yaml:1:1\n");
    assert_eq!(code("- a\n"), "error not-openapi a.yaml:1:1\n");
    assert_eq!(code("info: {}\n"), "error not-openapi a.yaml:1:1\n");
    assert_eq!(code("swagger: '2.0'\n"), "error swagger-2 a.yaml:1:10\n");
    assert_eq!(code("openapi: 2.0.0\n"), "error unsupported-version a.yaml:1:10\n");
    assert_eq!(code("openapi: 3.3.0\n"), "warning newer-version a.yaml:1:10\n");
    assert_eq!(code("openapi: 3.1\n"), "");
}

#[test]
fn swagger_2_names_a_converter() {
    let loaded = load_text("a.json", r#"{"swagger": "2.0"}"#);
    let text = diagnostics::text(&loaded.diagnostics, false);
    assert!(text.contains("swagger2openapi"), "{text}");
}

#[test]
fn duplicate_keys_are_errors_at_the_second() {
    assert_eq!(yaml("x-a:\n  b: 1\n  c: 2\n  b: 3\n").report(), "error duplicate-key a.yaml:7:3\n");
    let json = "{\"openapi\": \"3.0.3\",\n \"paths\": {},\n \"paths\": {}}";
    assert_eq!(load_text("a.json", json).report(), "error duplicate-key a.json:3:2\n");
}

#[test]
fn anchors_and_merge_keys_are_applied() {
    let loaded = yaml(
        "x-base: &base {a: 1, b: 2}\nx-one: {<<: *base, b: 3}\nx-two: {<<: [{c: 4}, *base]}\nx-three: *base\n",
    );
    assert_eq!(loaded.report(), "");
    assert_eq!(*loaded.get("/x-one"), json!({"a": 1, "b": 3}));
    assert_eq!(*loaded.get("/x-two"), json!({"c": 4, "a": 1, "b": 2}));
    assert_eq!(*loaded.get("/x-three"), json!({"a": 1, "b": 2}));
    assert_eq!(yaml("x-a: {<<: 1}\n").report(), "error bad-merge-key a.yaml:4:11\n");
}

#[test]
fn scalars_are_read_as_yaml_1_2_means_them() {
    let loaded = yaml(
        "x-a: [2020-01-31, on, no, yes, 0o14, 012, ~, 1_000, 12:30, true, 1.5]\non: 1\n200: 2\n1.10: 3\nnull: 4\n",
    );
    let list =
        json!(["2020-01-31", "on", "no", "yes", 12, "012", null, "1_000", "12:30", true, 1.5]);
    assert_eq!(*loaded.get("/x-a"), list);
    for (key, value) in [("on", 1), ("200", 2), ("1.10", 3), ("null", 4)] {
        assert_eq!(*loaded.get(&format!("/{key}")), value);
    }
}

#[test]
fn numbers_beyond_64_bits_are_read() {
    let loaded = yaml("x-a: [-9223372036854776000, 18446744073709551616, 1e400, .nan]\n");
    assert_eq!(*loaded.get("/x-a/0"), json!(-9223372036854776000.0));
    assert_eq!(*loaded.get("/x-a/1"), json!(18446744073709551616.0));
    assert!(loaded.get("/x-a/3").is_null());
    assert!(loaded.report().contains("warning number-not-finite a.yaml:4"), "{}", loaded.report());
    let json = r#"{"openapi": "3.0.3", "x-a": -9223372036854776000}"#;
    assert_eq!(*load_text("a.json", json).get("/x-a"), json!(-9223372036854776000.0));
}

#[test]
fn tags_are_looked_through() {
    let loaded = yaml("x-a: !vendor {b: !!str 1}\n");
    assert_eq!(*loaded.get("/x-a"), json!({"b": "1"}));
}

#[test]
fn json_is_read_whatever_the_file_is_called() {
    let json = r#"{"openapi": "3.0.3", "x-a": "\ud83d\ude00\/"}"#;
    assert_eq!(*load_text("openapi", json).get("/x-a"), "\u{1f600}/");
    assert_eq!(*load_text("a.yaml", "{openapi: 3.0.3, x-a: b}").get("/x-a"), "b");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let loaded = load_text("a.yaml", format!("\u{feff}{HEAD}"));
    assert_eq!(*loaded.get("/openapi"), "3.0.3");
}

#[test]
fn what_is_no_text_is_an_error() {
    assert_eq!(load_text("a.yaml", "").report(), "error empty-file a.yaml:1:1\n");
    assert_eq!(load_text("a.json", " \n").report(), "error empty-file a.json:1:1\n");
    assert_eq!(
        load_text("a.yaml", "# only a comment\n").report(),
        "error not-openapi a.yaml:1:1\n"
    );
    let loaded = load_text("a.yaml", b"openapi: 3.0.3\nx-a: \xff\n");
    assert_eq!(loaded.report(), "error not-utf-8 a.yaml:2:6\n");
    assert_eq!(load_text("a.yaml", b"\xff\xfeo\0").report(), "error not-utf-8 a.yaml:1:1\n");
    assert_eq!(
        load_text("a.yaml", "openapi: \"\u{0}\"\n").report().split(' ').next(),
        Some("error")
    );
}

#[test]
fn depth_has_a_limit() {
    for open in ["[", "{a: "] {
        let deep = format!("{HEAD}x-a: {}", open.repeat(100_000));
        assert!(load_text("a.yaml", deep).diagnostics.has_errors());
    }
    let deep = format!("{{\"openapi\": \"3.0.3\", \"x-a\": {}", "[".repeat(100_000));
    assert!(load_text("a.json", deep).report().starts_with("error invalid-json"));
}

#[test]
fn aliases_cannot_blow_a_document_up() {
    let mut bomb = format!("{HEAD}x-0: &a0 [{}]\n", "x, ".repeat(1_000));
    for level in 1..12 {
        let aliases = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("x-{level}: &a{level} [{aliases}]\n"));
    }
    assert!(load_text("a.yaml", bomb).report().starts_with("error invalid-yaml"));
}

#[test]
fn a_document_without_references_to_files_is_left_alone() {
    let text = format!(
        "{HEAD}components:\n  schemas:\n    A: {{$ref: '#/components/schemas/B'}}\n    B: {{type: string}}\n"
    );
    let loaded = load_files(&[("a.yaml", &text)]);
    assert_eq!(*loaded.get("/components/schemas/A"), json!({"$ref": "#/components/schemas/B"}));
}

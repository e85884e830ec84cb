//! Configuration files as YAML (1.2.2).

use serde_json::{Value, json};

use crate::runtime::configuration::yaml::read;

fn value(text: &str) -> Value {
    read(text).unwrap_or_else(|fault| panic!("{fault}: {text}"))
}

fn fault(text: &str) -> String {
    read(text).map(|value| panic!("{text} is {value}")).unwrap_err().to_string()
}

/// Sections 7.3 and 8.1: styles of scalars.
#[test]
fn a_text_is_what_its_quotes_say() {
    for (text, expected) in [
        ("plain words", "plain words"),
        ("'it''s \\n one'", "it's \\n one"),
        (r#""a \"b\" \\ \x41 \u00e9 \t""#, "a \"b\" \\ A é \t"),
        ("'# no comment'", "# no comment"),
        ("a#b", "a#b"),
        ("https://acme.example:8080/a # a comment", "https://acme.example:8080/a"),
        ("|\n  -----BEGIN\n  key\n", "-----BEGIN\nkey\n"),
        ("|-\n  -----BEGIN\n  key\n", "-----BEGIN\nkey"),
        (">\n  one\n  line\n", "one line\n"),
        ("two\n  lines", "two lines"),
        ("'null'", "null"),
        ("''", ""),
        ("!!str 12", "12"),
        ("!!str null", "null"),
    ] {
        assert_eq!(value(&format!("key: {text}\n")), json!({ "key": expected }), "{text}");
    }
}

/// What looks like a number, a date or a truth value is its text, with all digits.
#[test]
fn what_stands_there_is_kept() {
    for text in [
        "007",
        "30",
        "1e5",
        "1_000",
        "0x1F",
        "12345678901234567890123",
        "1.10",
        "true",
        "No",
        "2026-01-31",
    ] {
        assert_eq!(value(&format!("key: {text}")), json!({ "key": text }));
        assert_eq!(value(&format!("{text}: [{text}]")), json!({ text: [text] }));
    }
}

/// Section 10.3.2.
#[test]
fn nothing_is_null() {
    for text in ["", "~", "null", "Null", "NULL", "# a comment"] {
        assert_eq!(
            value(&format!("a:\n  key: {text}\n")),
            json!({ "a": { "key": null } }),
            "{text}"
        );
    }
    for text in ["", "\n", "# nothing\n", "---\n", "--- \n...\n", "~"] {
        assert_eq!(value(text), Value::Null, "{text}");
    }
}

#[test]
fn the_layout_does_not_count() {
    let expected = json!({ "vendor": { "client": { "token": "t", "scopes": ["a", "b"] } } });
    for text in [
        "vendor:\n  client:\n    token: t\n    scopes:\n      - a\n      - b\n",
        "vendor:\n    client:\n        scopes: &s\n        - a\n        - b\n        token: t\n",
        "vendor: {client: {token: t, scopes: [a, b,],}}",
        "{\"vendor\":{\"client\":{\"token\":\"t\",\"scopes\":[\"a\",\"b\"]}}}",
        "\u{feff}# a file of Windows\r\nvendor:\r\n  client:\r\n    token: t\r\n    scopes: [a, b]\r\n",
        "%YAML 1.2\n---\nvendor:\n  client: {token: t, 'scopes': [a, b]}\n...\n",
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}

/// Sections 7.1 and 6.9.2, and <https://yaml.org/type/merge.html>.
#[test]
fn anchors_and_merges_stand_for_what_they_name() {
    let text = "base: &base {a: '1', b: '2'}\nother: &other {b: '3', c: '4'}\nname: &name ada\n";
    let with = |rest: &str| value(&format!("{text}{rest}"));
    assert_eq!(with("used: *base\n")["used"], json!({ "a": "1", "b": "2" }));
    assert_eq!(with("used: [*name, *name]\n")["used"], json!(["ada", "ada"]));
    let merged = with("used:\n  b: own\n  <<: *base\n")["used"].clone();
    assert_eq!(merged, json!({ "a": "1", "b": "own" }), "the mapping's own member counts more");
    let merged = with("used:\n  <<: [*other, *base]\n")["used"].clone();
    assert_eq!(merged, json!({ "a": "1", "b": "3", "c": "4" }), "and then the first one");
    assert_eq!(with("used: {'<<': x}\n")["used"], json!({ "<<": "x" }), "a key in quotes is a key");
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_place() {
    for (text, expected) in [
        ("a: \"b\n", "not valid YAML at line 1, column 4"),
        ("a: b: c", "not valid YAML at line 1, column 5"),
        ("a:\n\tb: c", "not valid YAML at line 2, column 2"),
        ("a: *unknown", "not valid YAML at line 1, column 4"),
        ("a: &a [*a]", "an alias stands within what it stands for at line 1, column 8"),
        ("a: !vault |\n  6162\n", "there is an unknown tag at line 1, column 4"),
        ("a: !!binary YWI=", "there is an unknown tag at line 1, column 4"),
        ("a: b\n---\na: c\n", "there is a second document at line 2, column 1"),
        ("[a]: b", "a key is no text at line 1, column 1"),
        ("a: {<<: b}", "`<<` brings in no mapping at line 1, column 9"),
    ] {
        assert_eq!(fault(text), expected, "{text}");
    }
}

#[test]
fn a_text_that_grows_without_end_is_refused() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&deep(60)).is_ok());
    assert!(fault(&deep(100)).starts_with("values are nested too deeply"));
    assert!(read(&deep(100_000)).is_err());
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 10].join(", "));
    }
    assert!(fault(&laughs).starts_with("there are too many values"));
}

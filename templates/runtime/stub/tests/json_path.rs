//! The path (RFC 9535) of the place where decoding failed.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::runtime::json_path::{at, at_offset, line_and_column};

fn path<T: DeserializeOwned>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(_) => "decodes".to_owned(),
        Err(error) => at(text.as_bytes(), error.line(), error.column()),
    }
}

type Table = BTreeMap<String, Vec<BTreeMap<String, bool>>>;

#[test]
fn finds_the_value_that_does_not_fit() {
    assert_eq!(path::<bool>("\"a\""), "$");
    assert_eq!(path::<Table>(r#"{"a": [{"b": true}, {"c": "no"}]}"#), "$.a[1].c");
    assert_eq!(path::<Table>("{\n\"a\": [\n{\"x y\": 1}]}"), "$.a[0]['x y']");
    assert_eq!(path::<Table>(r#"{"a": [], "b\"[": {"c": 1}}"#), r#"$['b\"[']"#);
    assert_eq!(path::<Table>(r#"{"a": [[1]]}"#), "$.a[0]");
    assert_eq!(path::<Vec<(u8, u8)>>("[[1, 2], [3]]"), "$[1]");
}

#[test]
fn finds_the_end_of_a_text_that_breaks_off() {
    assert_eq!(path::<Table>(r#"{"a": [{"b": tr"#), "$.a[0].b");
    assert_eq!(path::<Table>(r#"{"a": [{"b": true}, {"c"#), "$.a[1]");
    assert_eq!(path::<Table>(""), "$");
}

/// Each offset of a text: before, within and behind its values.
#[test]
fn an_offset_lies_in_the_value_around_it() {
    let text = br#"{"a": {"b": [10, {"c": "]"}]}, "d": 1}"#;
    let path_at = |part: &str| {
        let text = std::str::from_utf8(text).expect("UTF-8");
        at_offset(text.as_bytes(), text.find(part).expect("the part is there"))
    };
    assert_eq!(at_offset(text, 0), "$");
    assert_eq!(path_at("10"), "$.a.b[0]");
    assert_eq!(path_at("]\""), "$.a.b[1].c");
    assert_eq!(path_at("1}"), "$.d");
    assert_eq!(at_offset(text, text.len()), "$");
    assert_eq!(at_offset(text, usize::MAX), "$", "beyond the end is the end");
}

/// serde_json counts lines from one, and columns in bytes.
#[test]
fn lines_and_columns_are_those_of_serde_json() {
    for text in ["[1, x]", "[\n1,\n  x]", "[\"\u{e9}\", x]", "\n\nx"] {
        let error = serde_json::from_str::<Vec<u8>>(text).unwrap_err();
        let error = if error.is_syntax() {
            error
        } else {
            serde_json::from_str::<serde_json::Value>(text).unwrap_err()
        };
        let offset = text.find('x').expect("an x") + 1;
        assert_eq!(
            line_and_column(text.as_bytes(), offset),
            (error.line(), error.column()),
            "{text}"
        );
    }
    assert_eq!(line_and_column(b"ab\nc", usize::MAX), (2, 1));
}

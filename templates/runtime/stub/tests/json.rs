//! JSON texts: single values by JSON Pointer (RFC 6901), and the limits of reading.

use std::time::Instant;

use std::collections::BTreeMap;

use crate::models::{Entry, Note, Riddle};
use crate::runtime::json::{
    Limits, Refused, Unread, read, read_any, text_at, unvalidated, validated,
};
use crate::runtime::model::Property;

fn at(text: &str, pointer: &str) -> Option<String> {
    text_at(&validated(text.as_bytes(), Limits::default()).expect("JSON"), pointer)
}

fn model<T: Property>(text: &str) -> T {
    let document = unvalidated(text.as_bytes(), Limits::default()).expect("UTF-8");
    read(&document).unwrap_or_else(|cause| panic!("{text}: {cause:?}"))
}

#[test]
fn members_may_stand_in_any_order_and_with_any_space() {
    for text in [
        r#"{"id":"a","text":"b"}"#,
        r#"{"text":"b","id":"a"}"#,
        r#"{"text":"c","id":"a","text":"b"}"#,
        r#"{"id":"c","id":"a","text":"b"}"#,
        r#"{"\u0069d":"a","t\u0065xt":"b"}"#,
        r#"{"id":"a","t\u0065xt":"b"}"#,
        "{ \"id\" : \"a\" , \"text\" : \"b\" }",
        "\r\n{\n\t\"id\": \"a\",\n\t\"text\":\n\"b\"\n}\n",
    ] {
        assert_eq!(model::<Note>(text), Note::new("a").text("b"), "{text}");
    }
    let longer = model::<Note>(r#"{"id":"a","texts":1,"text":"b","id":"c","ids":2}"#);
    let expected = Note::new("c").text("b");
    let expected = expected.additional_property("texts", 1).additional_property("ids", 2);
    assert_eq!(longer, expected);
}

/// A key that stands in JSON with an escape (RFC 8259, section 7) is not to be confused with another one.
#[test]
fn a_key_with_an_escape_is_that_key() {
    let riddle = Riddle::new("2").quoted("1").empty("3");
    assert_eq!(model::<Riddle>(r#"{"a\":":"1","a\nb":"2","":"3"}"#), riddle);
    assert_eq!(serde_json::to_string(&riddle).expect("JSON"), r#"{"a\":":"1","a\nb":"2","":"3"}"#);
    let other = model::<Riddle>(r#"{"a":":","a\nb":"2"}"#);
    assert_eq!(other, Riddle::new("2").additional_property("a", ":"));
    let no_json = unvalidated(b"{\"a\nb\":\"2\"}", Limits::default()).expect("UTF-8");
    assert!(read::<Riddle>(&no_json).is_err(), "a line feed stands in no string as it is");
}

/// The document and the pointers of RFC 6901, section 5, as far as they lead to a text or a number.
#[test]
fn pointers_are_those_of_the_standard() {
    let document = r#"{
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4,
        "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8
    }"#;
    for (pointer, expected) in [
        ("/foo/0", "bar"),
        ("/foo/1", "baz"),
        ("/", "0"),
        ("/a~1b", "1"),
        ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"),
        ("/i\\j", "5"),
        ("/k\"l", "6"),
        ("/ ", "7"),
        ("/m~0n", "8"),
    ] {
        assert_eq!(at(document, pointer).as_deref(), Some(expected), "{pointer}");
    }
    for pointer in ["", "/foo", "/foo/2", "/foo/-", "/foo/0/0", "/nothing", "/m~n/0", "/a/b"] {
        assert_eq!(at(document, pointer), None, "{pointer}");
    }
}

/// Section 4: `~01` is `~1`, and not a slash.
#[test]
fn a_tilde_is_read_last() {
    assert_eq!(at(r#"{ "~1": "tilde", "/": "slash" }"#, "/~01").as_deref(), Some("tilde"));
    assert_eq!(at(r#"{ "~1": "tilde", "/": "slash" }"#, "/~1").as_deref(), Some("slash"));
}

#[test]
fn escapes_are_read_and_numbers_are_not_rounded() {
    assert_eq!(at(r#"{ "\u0061": "\u00e9\n\ud83d\ude00" }"#, "/a").as_deref(), Some("é\n😀"));
    let digits = "0.1000000000000000000000000000000001";
    assert_eq!(at("[0.1000000000000000000000000000000001]", "/0").as_deref(), Some(digits));
}

#[test]
fn items_are_counted_without_being_made() {
    let count = |text: &'static str, pointer: &str| {
        validated(text.as_bytes(), Limits::default()).expect("JSON").count_at(pointer)
    };
    assert_eq!(count(r#"{ "a": [1, "]", [2, 3], { "b": [4] }] }"#, "/a"), Some(4));
    assert_eq!(count("[ ]", ""), Some(0));
    assert_eq!(count(r#"{ "a": null }"#, "/a"), Some(0));
    assert_eq!(count("{}", "/a"), Some(0));
    assert_eq!(count(r#"{ "a": {} }"#, "/a"), None);
}

#[test]
fn what_is_no_json_says_where() {
    let valid = |text: &'static [u8]| validated(text, Limits::default());
    assert!(matches!(valid(b"[1, 2"), Err(Unread::Misfit(_, None))));
    assert!(matches!(valid(b"[\"\xff\"]"), Err(Unread::Misfit(..))));
    let unread = read_any::<Vec<u8>>(&valid(b"[1, true]").expect("JSON"));
    assert!(matches!(unread, Err(Unread::Misfit(_, Some(_)))), "{unread:?}");
}

#[test]
fn reading_stays_within_its_limits() {
    let text = format!("[{}0]", "0,".repeat(100_000));
    let read_within = |memory, deadline| {
        let limits = Limits { memory, deadline, refused: Refused::None };
        read::<Vec<u64>>(&validated(text.as_bytes(), limits).expect("JSON"))
    };
    assert!(read_within(Some(16 << 20), None).is_ok());
    let unread = read_within(Some(1000), None);
    assert!(matches!(unread, Err(Unread::Memory)), "{unread:?}");
    let unread = read_within(None, Some(Instant::now()));
    assert!(matches!(unread, Err(Unread::Time)), "{unread:?}");
}

/// Strings are searched eight bytes at a time.
#[test]
fn a_string_ends_at_its_own_quote_wherever_that_is() {
    let parts = ["", "\"", "\\", "é", "\n", "日本", "\u{1}", "\u{7f}"];
    for length in 0..20 {
        for part in parts {
            let text = format!("{}{part}{}", "x".repeat(length), "y".repeat(length % 9));
            let json =
                serde_json::json!({ "a": [text, 1], text.as_str(): "b", "c": text }).to_string();
            assert_eq!(at(&json, "/a/0"), Some(text.clone()), "{json}");
            assert_eq!(at(&json, "/a/1"), Some("1".to_owned()), "{json}");
            assert_eq!(at(&json, "/c"), Some(text), "{json}");
        }
    }
}

/// Whether a text is JSON, as it turns out while it is read.
fn is_json<T: Property>(text: &[u8]) -> bool {
    let document = unvalidated(text, Limits::default());
    document.and_then(|document| read::<T>(&document)).is_ok()
}

/// The same, for the types that read what their text holds in different ways.
fn is_json_for_all(text: &[u8]) -> bool {
    let readings = [
        is_json::<serde_json::Value>(text),
        is_json::<Option<Note>>(text),
        is_json::<Vec<Note>>(text),
        is_json::<BTreeMap<String, Vec<Entry>>>(text),
        is_json::<String>(text),
        is_json::<Option<f64>>(text),
        is_json::<bool>(text),
    ];
    let is_json = readings[0];
    assert_eq!(readings, [is_json; 7], "{}", String::from_utf8_lossy(text));
    is_json
}

#[test]
fn what_is_json_is_the_same_for_the_reader_and_for_serde() {
    let texts = [
        r#"{"id":"a\u00e9\n","text":null,"more":[1,-0.5e+3,{"x":true,"y":[[],{}]}]}"#,
        r#" [ { "id" : "b" , "text" : "\"é" } , { "id" : 7 , "deep":[[[{"a":false}]]] } ] "#,
        r#"{"a":[{"id":"c"},{"id":null}],"b":[],"c":{}}"#,
        r#""\ud83d\ude00 \/""#,
        "-12.5E-7",
        "0",
        "true",
        "[]",
        "{}",
    ];
    let bytes = b"\"\\{}[],:0195-+.eEtfnu x\n\x00\x1f\x7f\xc3";
    let mut tried = 0;
    let mut check = |text: &[u8]| {
        let expected = serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok()
            && std::str::from_utf8(text).is_ok();
        assert_eq!(is_json_for_all(text), expected, "{}", String::from_utf8_lossy(text));
        tried += 1;
    };
    for text in texts.map(str::as_bytes) {
        check(text);
        for index in 0..text.len() {
            check(&text[..index]);
            check(&[&text[..index], &text[index + 1..]].concat());
            for byte in bytes {
                check(&[&text[..index], &[*byte], &text[index + 1..]].concat());
                check(&[&text[..index], &[*byte], &text[index..]].concat());
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(is_json_for_all(nested(127).as_bytes()));
    // What is only gone past may be nested as deep as it likes.
    assert!(!is_json::<serde_json::Value>(nested(128).as_bytes()));
    assert!(is_json::<bool>(nested(50_000).as_bytes()));
    assert!(!is_json::<bool>(&nested(50_000).as_bytes()[1..]));
}

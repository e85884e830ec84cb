//! The URL of a call: the path template, its values, and the query.

use serde_json::json;

use super::client;
use crate::runtime::{Call, Operation, Style};

const fn at(path: &'static str) -> Operation {
    Operation { id: "get", path, ..Operation::DEFAULT }
}

static USER: Operation = at("/users/{userId}");
static FILE: Operation = at("/files/{name}.{extension}");
static FIXED: Operation = at("/users/{userId}?view=full#short");

fn url(call: &Call) -> String {
    call.url().map_or_else(|error| format!("error: {error}"), String::from)
}

fn user(id: &str) -> String {
    url(&Call::new(&client(), &USER).path("userId", &id))
}

/// RFC 3986, section 2: whatever the value is, it stays one segment and means itself.
#[test]
fn a_value_is_one_segment() {
    for (id, segment) in [
        ("7", "7"),
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("50%", "50%25"),
        ("%2F", "%252F"),
        ("ü ñ", "%C3%BC%20%C3%B1"),
        ("{other}", "%7Bother%7D"),
        ("...", "..."),
        ("a\r\nb", "a%0D%0Ab"),
    ] {
        assert_eq!(user(id), format!("https://api.test/v1/users/{segment}"));
    }
}

/// RFC 3986, section 5.2.4: a dot segment is removed, encoded or not.
#[test]
fn a_dot_segment_is_refused() {
    for id in [".", ".."] {
        assert!(user(id).contains(&format!("the path segment `{id}`")), "{}", user(id));
    }
    let call = Call::new(&client(), &FILE).path("name", &"a");
    assert_eq!(url(&call.path("extension", &"txt")), "https://api.test/v1/files/a.txt");
}

#[test]
fn a_value_that_is_missing_or_empty_is_refused() {
    let call = Call::new(&client(), &USER);
    assert!(url(&call).contains("the path parameter `userId` has no value"));
    assert!(user("").contains("the path parameter `userId` is empty"));
    let call = Call::new(&client(), &USER).path("userId", &json!([]));
    assert!(url(&call).contains("is empty"));
}

#[test]
fn a_query_of_the_template_comes_first_and_a_fragment_is_not_sent() {
    let call = Call::new(&client(), &FIXED).path("userId", &"7");
    assert_eq!(url(&call), "https://api.test/v1/users/7?view=full");
    let call = call.query("limit", &10).query("tag", &["a", "b"]).query("none", &json!(null));
    let expected = "https://api.test/v1/users/7?view=full&limit=10&tag=a&tag=b";
    assert_eq!(url(&call), expected);
}

#[test]
fn a_query_value_is_read_and_replaced_by_its_name() {
    let call = Call::new(&client(), &USER).path("userId", &"7").query("a[b]", &"x y&z");
    assert_eq!(call.query_value("a[b]").as_deref(), Some("x y&z"));
    assert_eq!(call.query_value("a"), None);
    let call = call.query("q", &1).replace_query("a[b]", "2");
    assert_eq!(url(&call), "https://api.test/v1/users/7?q=1&a%5Bb%5D=2");
}

#[test]
fn reserved_characters_stay_where_they_are_allowed() {
    let call = Call::new(&client(), &USER).path("userId", &"7");
    let call = call.query_reserved("to", Style::Form, true, &"/a?b=c&d#e");
    assert_eq!(url(&call), "https://api.test/v1/users/7?to=/a?b=c%26d%23e");
}

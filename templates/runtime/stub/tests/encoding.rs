//! Parameters as text: the styles of OpenAPI, and what RFC 3986 and RFC 6265 have encoded.

use serde_json::json;

use crate::runtime::Style;
use crate::runtime::encoding::{cookie, header, path, percent_encode, query};

/// The table of OpenAPI 3.0.4, "Style Examples", for its string, array and object.
#[test]
fn styles_are_those_of_the_specification() {
    let text = json!("blue");
    let list = json!(["blue", "black", "brown"]);
    let object = json!({ "R": 100, "G": 200, "B": 150 });
    let paths = [
        (Style::Simple, false, &text, "blue"),
        (Style::Simple, false, &list, "blue,black,brown"),
        (Style::Simple, false, &object, "R,100,G,200,B,150"),
        (Style::Simple, true, &object, "R=100,G=200,B=150"),
        (Style::Label, false, &text, ".blue"),
        (Style::Label, false, &list, ".blue,black,brown"),
        (Style::Label, true, &list, ".blue.black.brown"),
        (Style::Label, false, &object, ".R,100,G,200,B,150"),
        (Style::Label, true, &object, ".R=100.G=200.B=150"),
        (Style::Matrix, false, &text, ";color=blue"),
        (Style::Matrix, false, &list, ";color=blue,black,brown"),
        (Style::Matrix, true, &list, ";color=blue;color=black;color=brown"),
        (Style::Matrix, false, &object, ";color=R,100,G,200,B,150"),
        (Style::Matrix, true, &object, ";R=100;G=200;B=150"),
    ];
    for (style, explode, value, expected) in paths {
        assert_eq!(sorted(&path("color", style, explode, value)), sorted(expected));
    }
    let queries = [
        (Style::Form, false, &text, "color=blue"),
        (Style::Form, false, &list, "color=blue,black,brown"),
        (Style::Form, true, &list, "color=blue&color=black&color=brown"),
        (Style::Form, false, &object, "color=R,100,G,200,B,150"),
        (Style::Form, true, &object, "R=100&G=200&B=150"),
        (Style::SpaceDelimited, false, &list, "color=blue%20black%20brown"),
        (Style::SpaceDelimited, false, &object, "color=R%20100%20G%20200%20B%20150"),
        (Style::PipeDelimited, false, &list, "color=blue%7Cblack%7Cbrown"),
        (Style::DeepObject, true, &object, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ];
    for (style, explode, value, expected) in queries {
        let pairs = query("color", style, explode, false, value).join("&");
        assert_eq!(sorted(&pairs), sorted(expected));
    }
}

/// The characters of a text in order: whether objects keep the order of their keys
/// depends on a feature of serde_json that other crates may switch on.
fn sorted(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().collect();
    characters.sort_unstable();
    characters
}

#[test]
fn only_unreserved_characters_stay() {
    let value = json!("aZ0-._~ /?#[]@!$&'()*+,;=%\u{e9}\n");
    assert_eq!(
        query("q", Style::Form, true, false, &value),
        ["q=aZ0-._~%20%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%C3%A9%0A"]
    );
    assert_eq!(
        query("q", Style::Form, true, true, &value),
        ["q=aZ0-._~%20/?%23%5B%5D@!$%26'()*%2B,;=%%C3%A9%0A"]
    );
}

#[test]
fn delimiters_within_items_are_escaped() {
    let value = json!(["a,b", "c|d"]);
    assert_eq!(path("p", Style::Simple, false, &value), "a%2Cb,c%7Cd");
    assert_eq!(query("p", Style::PipeDelimited, false, false, &value), ["p=a%2Cb%7Cc%7Cd"]);
}

#[test]
fn null_and_empty_lists_are_left_out() {
    assert!(query("p", Style::Form, true, false, &json!(null)).is_empty());
    assert!(query("p", Style::Form, false, false, &json!([])).is_empty());
    assert!(query("p", Style::DeepObject, true, false, &json!({ "a": null })).is_empty());
    assert_eq!(query("p", Style::Form, true, false, &json!("")), ["p="]);
}

#[test]
fn deep_objects_nest() {
    let value = json!({ "a": { "b": [1, 2] } });
    assert_eq!(
        query("f", Style::DeepObject, true, false, &value),
        ["f%5Ba%5D%5Bb%5D=1", "f%5Ba%5D%5Bb%5D=2"]
    );
}

#[test]
fn cookies_keep_what_a_cookie_may_hold() {
    let value = json!("abc+/==; x");
    assert_eq!(cookie("sid", Style::Form, true, &value), ["sid=abc+/==%3B%20x"]);
}

/// RFC 6570, section 3.2.7: where `;` stands before a name, nothing stands for an empty value.
#[test]
fn matrix_parameters_may_be_empty() {
    assert_eq!(path("x", Style::Matrix, false, &json!("")), ";x");
    assert_eq!(path("x", Style::Matrix, true, &json!(["", "a"])), ";x;x=a");
    assert_eq!(path("a b", Style::Matrix, false, &json!("/")), ";a%20b=%2F");
}

/// RFC 3986, section 2.5: characters beyond ASCII are encoded as their bytes in UTF-8.
#[test]
fn characters_are_encoded_as_utf_8() {
    assert_eq!(percent_encode("\u{41}\u{c0}\u{30a2}\u{1f600}"), "A%C3%80%E3%82%A2%F0%9F%98%80");
    assert_eq!(percent_encode("%41"), "%2541", "what is encoded already is encoded again");
}

/// RFC 9110, section 5.5: a field's value is no part of a URL.
#[test]
fn headers_are_not_encoded() {
    let object = json!({ "a": "x y" });
    assert_eq!(header(Style::Simple, false, &json!("a b/c%")), "a b/c%");
    assert_eq!(header(Style::Simple, false, &json!([1, true, "c"])), "1,true,c");
    assert_eq!(header(Style::Simple, false, &object), "a,x y");
    assert_eq!(header(Style::Simple, true, &object), "a=x y");
    assert_eq!(header(Style::Json, false, &object), r#"{"a":"x y"}"#);
}

#[test]
fn json_is_one_value() {
    let object = json!({ "a": [1, null] });
    let encoded = "%7B%22a%22%3A%5B1%2Cnull%5D%7D";
    assert_eq!(path("p", Style::Json, false, &object), encoded);
    assert_eq!(query("p", Style::Json, true, false, &object), [format!("p={encoded}")]);
    assert_eq!(cookie("p", Style::Json, true, &json!({ "a": 1 })), ["p={%22a%22:1}"]);
}

/// A name is never a place where a value could end.
#[test]
fn names_are_encoded_like_values() {
    assert_eq!(query("a&b=c", Style::Form, true, true, &json!(1)), ["a%26b%3Dc=1"]);
    assert_eq!(query("q", Style::Form, true, true, &json!({ "a&b": "&" })), ["a%26b=%26"]);
    let nested = json!({ "a]": { "[b": 1 } });
    let expected = ["f%5Ba%5D%5D%5B%5Bb%5D=1"];
    assert_eq!(query("f", Style::DeepObject, true, false, &nested), expected);
}

/// OpenAPI knows no exploded form of these two: it is that of `form`.
#[test]
fn exploded_delimited_lists_are_those_of_form() {
    for style in [Style::SpaceDelimited, Style::PipeDelimited] {
        assert_eq!(query("p", style, true, false, &json!(["a", "b"])), ["p=a", "p=b"]);
    }
}

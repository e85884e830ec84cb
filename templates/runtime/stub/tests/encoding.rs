//! Parameters as text: the styles of OpenAPI, and what RFC 3986 and RFC 6265 have encoded.

use serde_json::{Value, json};

use crate::runtime::Style;
use crate::runtime::encoding::{
    self, FieldEncoding, Nesting, PathStyle, QueryStyle, cookie, header, of_field, path,
    percent_encode,
};

fn query(
    name: &str,
    style: Style,
    explode: bool,
    allow_reserved: bool,
    value: &Value,
) -> Vec<String> {
    let style = QueryStyle::new(style, explode);
    encoding::query(name, if allow_reserved { style.allow_reserved() } else { style }, value)
}

#[test]
fn a_parameter_may_be_the_whole_query() {
    let whole = |style, value: &serde_json::Value| query("q", style, false, false, value).join("&");
    let value = json!({ "a": "x y", "b": [1, 2], "c": { "d": true }, "e": null });
    assert_eq!(whole(Style::WholeForm, &value), "a=x%20y&b=1&b=2&c=%7B%22d%22%3Atrue%7D");
    assert_eq!(whole(Style::WholeJson, &json!({ "a": "x&y" })), "%7B%22a%22%3A%22x%26y%22%7D");
    assert_eq!(whole(Style::WholeText, &json!("select=*&where")), "select%3D%2A%26where");
}

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
        assert_eq!(sorted(&path("color", PathStyle::new(style, explode), value)), sorted(expected));
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
    assert_eq!(path("p", PathStyle::new(Style::Simple, false), &value), "a%2Cb,c%7Cd");
    assert_eq!(query("p", Style::PipeDelimited, false, false, &value), ["p=a%2Cb%7Cc%7Cd"]);
}

#[test]
fn null_and_empty_lists_are_left_out() {
    assert!(query("p", Style::Form, true, false, &json!(null)).is_empty());
    for empty in [json!(null), json!([]), json!({})] {
        assert!(query("p", Style::Form, false, false, &empty).is_empty(), "{empty}");
    }
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
    assert_eq!(path("x", PathStyle::new(Style::Matrix, false), &json!("")), ";x");
    assert_eq!(path("x", PathStyle::new(Style::Matrix, true), &json!(["", "a"])), ";x;x=a");
    assert_eq!(path("a b", PathStyle::new(Style::Matrix, false), &json!("/")), ";a%20b=%2F");
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
    assert_eq!(path("p", PathStyle::new(Style::Json, false), &object), encoded);
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

/// The ways in which servers read what OpenAPI leaves open, for each style that reaches less deep.
#[test]
fn nested_values_are_written_as_the_server_reads_them() {
    let deep = json!({ "a": { "b": [1, 2] } });
    let list = json!([{ "a": 1 }, { "a": [2] }]);
    let object = json!({ "a": 1, "b": { "c": [2] } });
    let cases = [
        (Style::DeepObject, true, Nesting::Repeat, &deep, "f[a][b]=1&f[a][b]=2"),
        (Style::DeepObject, true, Nesting::Brackets, &deep, "f[a][b][]=1&f[a][b][]=2"),
        (Style::DeepObject, true, Nesting::Indices, &deep, "f[a][b][0]=1&f[a][b][1]=2"),
        (Style::DeepObject, true, Nesting::Json, &deep, r#"f[a]={"b":[1,2]}"#),
        (Style::DeepObject, true, Nesting::Repeat, &list, "f[a]=1&f[a]=2"),
        (Style::DeepObject, true, Nesting::Brackets, &list, "f[][a]=1&f[][a][]=2"),
        (Style::DeepObject, true, Nesting::Indices, &list, "f[0][a]=1&f[1][a][0]=2"),
        (Style::DeepObject, true, Nesting::Json, &list, r#"f=[{"a":1},{"a":[2]}]"#),
        (Style::Form, true, Nesting::Repeat, &list, "f[a]=1&f[a]=2"),
        (Style::Form, true, Nesting::Brackets, &list, "f[][a]=1&f[][a][]=2"),
        (Style::Form, true, Nesting::Indices, &list, "f[0][a]=1&f[1][a][0]=2"),
        (Style::Form, true, Nesting::Json, &list, r#"f={"a":1}&f={"a":[2]}"#),
        (Style::Form, true, Nesting::Brackets, &object, "a=1&b[c][]=2"),
        (Style::Form, true, Nesting::Json, &object, r#"a=1&b={"c":[2]}"#),
        (Style::PipeDelimited, false, Nesting::Indices, &list, "f[0][a]=1&f[1][a][0]=2"),
        (Style::PipeDelimited, false, Nesting::Json, &list, r#"f={"a":1}|{"a":[2]}"#),
    ];
    for (style, explode, nesting, value, expected) in cases {
        let style = QueryStyle::new(style, explode).nesting(nesting);
        let pairs = encoding::query("f", style, value).join("&");
        let decoded = percent_encoding::percent_decode_str(&pairs).decode_utf8().expect("UTF-8");
        assert_eq!(decoded, expected, "{style:?}");
    }
}

/// What a style defines is the same however the rest is nested.
#[test]
fn nesting_changes_nothing_that_is_defined() {
    let flat = [json!(1), json!([1, 2]), json!({ "a": 1 })];
    for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited] {
        for value in &flat {
            let style = QueryStyle::new(style, false);
            let expected = encoding::query("f", style, value);
            for nesting in [Nesting::Repeat, Nesting::Brackets, Nesting::Indices] {
                assert_eq!(encoding::query("f", style.nesting(nesting), value), expected);
            }
        }
    }
}

/// OpenAPI 3.1.1, section 4.8.15.1.1, `contentType`, and section 4.8.15.2: texts and numbers as they are,
/// objects as JSON, lists item by item.
#[test]
fn the_fields_of_a_form_are_written_by_their_types() {
    let address = json!({ "city": "A B" });
    let encoded = "%7B%22city%22%3A%22A%20B%22%7D".to_owned();
    let pairs = |encoding, value: &Value| -> Vec<String> {
        of_field("f", encoding, value).into_iter().map(encoding::written).collect()
    };
    assert_eq!(pairs(None, &json!("a&b")), ["f=a%26b"]);
    assert_eq!(pairs(None, &address), [format!("f={encoded}")]);
    assert_eq!(pairs(None, &json!([address, null, 1])), [format!("f={encoded}"), "f=1".to_owned()]);
    assert_eq!(pairs(None, &json!([[1], []])), ["f=%5B1%5D", "f=%5B%5D"]);
    assert!(pairs(None, &json!(null)).is_empty());
    assert_eq!(pairs(Some(FieldEncoding::Json), &json!("a")), ["f=%22a%22"]);
    assert_eq!(pairs(Some(FieldEncoding::Json), &json!(["a", 1])), ["f=%22a%22", "f=1"]);
    let deep = FieldEncoding::style(Style::DeepObject, true);
    assert_eq!(pairs(Some(deep), &address), ["f%5Bcity%5D=A%20B"]);
    let joined = FieldEncoding::style(Style::PipeDelimited, false);
    assert_eq!(pairs(Some(joined), &json!(["a", "b"])), ["f=a%7Cb"]);
}

/// JSON Schema 2020-12, section 4.2.1: 5.0 and 5 are one number. A server that reads an integer takes the second only.
#[test]
fn a_number_without_a_fraction_is_an_integer() {
    let value = |number: f64| encoding::value(&number).expect("a number").to_string();
    assert_eq!(value(5.0), "5");
    assert_eq!(value(-0.0), "0");
    assert_eq!(value(1.5), "1.5");
    assert_eq!(value(-3e9), "-3000000000");
    assert_eq!(value(1e300), "1e+300", "as JSON has it");
    assert_eq!(value(1e-7), "1e-7");
    assert_eq!(encoding::value(&f64::NAN).expect("null"), json!(null));
    let nested = encoding::value(&json!({ "a": [1.0, 0.5] })).expect("JSON");
    assert_eq!(nested.to_string(), r#"{"a":[1,0.5]}"#);
}

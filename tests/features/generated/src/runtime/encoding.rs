//! Parameter values as text: the styles of OpenAPI 3 over the percent-encoding of RFC
//! 3986.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::operation::Style;

/// All but the unreserved characters (RFC 3986, section 2.3).
const ALL_BUT_UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a query value with `allowReserved` still has encoded: what no query may hold
/// (RFC 3986, section 3.4), and `&` and `+`, which would end or change the value. `%`
/// stays, since such a value may be encoded already.
const NOT_ALLOWED_IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a cookie's value may not hold (RFC 6265, section 4.1.1).
const NOT_ALLOWED_IN_COOKIE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// Which characters of a value are percent-encoded.
#[derive(Clone, Copy)]
pub(crate) enum Escape {
    /// All but the unreserved ones.
    Unreserved,
    /// Only what a query cannot hold (`allowReserved: true`).
    Reserved,
    /// Only what a cookie cannot hold.
    Cookie,
    /// None: the value goes into a header.
    Nothing,
}

impl Escape {
    fn text(self, text: &str) -> String {
        match self {
            Self::Unreserved => utf8_percent_encode(text, ALL_BUT_UNRESERVED).to_string(),
            Self::Reserved => utf8_percent_encode(text, NOT_ALLOWED_IN_QUERY).to_string(),
            Self::Cookie => utf8_percent_encode(text, NOT_ALLOWED_IN_COOKIE).to_string(),
            Self::Nothing => text.to_owned(),
        }
    }

    fn value(self, value: &Value) -> String {
        self.text(&plain(value))
    }
}

/// Percent-encodes all but the unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    Escape::Unreserved.text(text)
}

/// A value as it stands in a parameter, before any escaping. What no style can express,
/// an array within an array for instance, is written as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The value of a path parameter, in `simple`, `label`, `matrix` or JSON form.
pub(crate) fn path(name: &str, style: Style, explode: bool, value: &Value) -> String {
    let escape = Escape::Unreserved;
    match style {
        Style::Label if explode => format!(".{}", joined(value, ".", "=", escape)),
        Style::Label => format!(".{}", joined(value, ",", ",", escape)),
        Style::Matrix => matrix(&escape.text(name), explode, value),
        Style::Json => escape.text(&value.to_string()),
        _ => joined(value, ",", if explode { "=" } else { "," }, escape),
    }
}

/// `;name=value`, as of RFC 6570, section 3.2.7.
fn matrix(name: &str, explode: bool, value: &Value) -> String {
    let escape = Escape::Unreserved;
    let pair = |name: &str, value: &str| match value {
        "" => format!(";{name}"),
        value => format!(";{name}={value}"),
    };
    match value {
        Value::Array(items) if explode => {
            items.iter().map(|item| pair(name, &escape.value(item))).collect()
        }
        Value::Object(members) if explode => members
            .iter()
            .map(|(key, value)| pair(&escape.text(key), &escape.value(value)))
            .collect(),
        _ => pair(name, &joined(value, ",", ",", escape)),
    }
}

/// The value of a header parameter, in `simple` or JSON form.
pub(crate) fn header(style: Style, explode: bool, value: &Value) -> String {
    match style {
        Style::Json => value.to_string(),
        _ => joined(value, ",", if explode { "=" } else { "," }, Escape::Nothing),
    }
}

/// The `name=value` pairs of a query parameter. There is none for null and for an empty
/// list.
pub(crate) fn query(
    name: &str,
    style: Style,
    explode: bool,
    allow_reserved: bool,
    value: &Value,
) -> Vec<String> {
    let escape = if allow_reserved { Escape::Reserved } else { Escape::Unreserved };
    let name = Escape::Unreserved.text(name);
    match style {
        Style::DeepObject => deep_object(&name, value, escape),
        Style::SpaceDelimited if !explode => delimited(&name, "%20", value, escape),
        Style::PipeDelimited if !explode => delimited(&name, "%7C", value, escape),
        Style::Json => vec![format!("{name}={}", escape.text(&value.to_string()))],
        _ => form(&name, explode, value, escape),
    }
}

/// The `name=value` pairs of a cookie parameter.
pub(crate) fn cookie(name: &str, style: Style, explode: bool, value: &Value) -> Vec<String> {
    match style {
        Style::Json => {
            vec![format!("{name}={}", Escape::Cookie.text(&value.to_string()))]
        }
        _ => form(name, explode, value, Escape::Cookie),
    }
}

/// Style `form`: a name for every item when exploded, else one name and a list.
pub(crate) fn form(name: &str, explode: bool, value: &Value, escape: Escape) -> Vec<String> {
    match value {
        Value::Array(items) if explode => items
            .iter()
            .filter(|item| !item.is_null())
            .map(|item| format!("{name}={}", escape.value(item)))
            .collect(),
        Value::Object(members) if explode => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| format!("{}={}", Escape::Unreserved.text(key), escape.value(value)))
            .collect(),
        _ => delimited(name, ",", value, escape),
    }
}

/// One pair: the name, and the items with a delimiter between them.
fn delimited(name: &str, delimiter: &str, value: &Value, escape: Escape) -> Vec<String> {
    let nothing = match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    if nothing {
        return Vec::new();
    }
    vec![format!("{name}={}", joined(value, delimiter, delimiter, escape))]
}

/// The items of a list, or the keys and values of an object, with delimiters between
/// them.
fn joined(value: &Value, delimiter: &str, key_delimiter: &str, escape: Escape) -> String {
    let parts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|item| escape.value(item)).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| {
                format!("{}{key_delimiter}{}", escape.text(key), escape.value(value))
            })
            .collect(),
        single => vec![escape.value(single)],
    };
    parts.join(delimiter)
}

/// Style `deepObject`. OpenAPI leaves nested values open; they are written as servers
/// commonly read them: `name[key][inner]=value`, and a list as one pair for every item.
fn deep_object(name: &str, value: &Value, escape: Escape) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) => deep_members(name, members, escape),
        Value::Array(items) => {
            items.iter().flat_map(|item| deep_object(name, item, escape)).collect()
        }
        single => vec![format!("{name}={}", escape.value(single))],
    }
}

fn deep_members(name: &str, members: &Map<String, Value>, escape: Escape) -> Vec<String> {
    members
        .iter()
        .flat_map(|(key, value)| {
            let name = format!("{name}%5B{}%5D", Escape::Unreserved.text(key));
            deep_object(&name, value, escape)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
            (
                Style::DeepObject,
                true,
                &object,
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ),
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
}

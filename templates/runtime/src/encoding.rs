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

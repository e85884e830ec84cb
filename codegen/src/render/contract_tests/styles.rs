//! Parameters as the server has to see them: the styles of OpenAPI 3 ("Style Values").
//!
//! This is written from the standard and shares nothing with the runtime's encoder, which is
//! what the tests are to judge.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::ir::{Parameter, Style};

/// All but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name and a value, decoded.
pub type Pair = (String, String);

/// A text with all but the unreserved characters percent-encoded.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// What stands in a path in the place of a parameter; none where the standard leaves open how
/// the value is written.
pub fn path(parameter: &Parameter, value: &Value) -> Option<String> {
    let name = percent_encoded(&parameter.name);
    let explode = parameter.explode;
    if parameter.style == Style::Json {
        return Some(percent_encoded(&value.to_string()));
    }
    let parts = parts(value, if explode { "=" } else { "," }, percent_encoded)?;
    Some(match (parameter.style, value) {
        (Style::Label, _) if explode => format!(".{}", parts.join(".")),
        (Style::Label, _) => format!(".{}", parts.join(",")),
        (Style::Matrix, Value::Array(_)) if explode => {
            parts.iter().map(|part| format!(";{name}={part}")).collect()
        }
        (Style::Matrix, Value::Object(_)) if explode => {
            parts.iter().map(|part| format!(";{part}")).collect()
        }
        (Style::Matrix, _) => format!(";{name}={}", parts.join(",")),
        _ => parts.join(","),
    })
}

/// The value of a header, under the same condition as [`path`].
pub fn header(parameter: &Parameter, value: &Value) -> Option<String> {
    if parameter.style == Style::Json {
        return Some(value.to_string());
    }
    let parts = parts(value, if parameter.explode { "=" } else { "," }, str::to_owned)?;
    Some(parts.join(","))
}

/// The pairs of a query parameter or cookie, under the same condition as [`path`].
pub fn pairs(parameter: &Parameter, value: &Value) -> Option<Vec<Pair>> {
    let name = &parameter.name;
    let joined = |delimiter: &str| {
        let parts = parts(value, delimiter, str::to_owned)?;
        Some(vec![(name.clone(), parts.join(delimiter))])
    };
    match (parameter.style, value) {
        (Style::Json, _) => Some(vec![(name.clone(), value.to_string())]),
        (Style::DeepObject, Value::Object(members)) => members
            .iter()
            .map(|(key, value)| Some((format!("{name}[{key}]"), scalar(value)?)))
            .collect(),
        (_, Value::Array(_) | Value::Object(_)) if parameter.explode => exploded(name, value),
        (Style::SpaceDelimited, _) => joined(" "),
        (Style::PipeDelimited, _) => joined("|"),
        _ => joined(","),
    }
}

/// Style `form`, exploded: a pair for each item or member.
pub fn exploded(name: &str, value: &Value) -> Option<Vec<Pair>> {
    match value {
        Value::Array(items) => {
            items.iter().map(|item| Some((name.to_owned(), scalar(item)?))).collect()
        }
        Value::Object(members) => {
            members.iter().map(|(key, value)| Some((key.clone(), scalar(value)?))).collect()
        }
        single => Some(vec![(name.to_owned(), scalar(single)?)]),
    }
}

/// The items of a list, or the members of an object with a delimiter after their names. Members
/// have no order, so that several cannot be foretold.
fn parts(value: &Value, delimiter: &str, encode: fn(&str) -> String) -> Option<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(|item| Some(encode(&scalar(item)?))).collect(),
        Value::Object(members) if members.len() > 1 => None,
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| {
                Some(format!("{}{delimiter}{}", encode(key), encode(&scalar(value)?)))
            })
            .collect(),
        single => Some(vec![encode(&scalar(single)?)]),
    }
}

/// A value without parts as text. The standard does not say how others are nested.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ir::{Constraints, Location, Type};

    fn parameter(style: Style, explode: bool) -> Parameter {
        Parameter {
            name: "color".to_owned(),
            ident: "color".to_owned(),
            location: Location::Query,
            style,
            explode,
            allow_reserved: false,
            required: true,
            ty: Type::Any,
            description: String::new(),
            deprecated: false,
            default: None,
            constraints: Constraints::default(),
            example: None,
        }
    }

    /// From OpenAPI 3.0.4, "Style Examples".
    #[test]
    fn paths_are_those_of_the_standard() {
        let list = json!(["blue", "black"]);
        let path = |style, explode| path(&parameter(style, explode), &list).unwrap();
        assert_eq!(path(Style::Simple, false), "blue,black");
        assert_eq!(path(Style::Label, false), ".blue,black");
        assert_eq!(path(Style::Label, true), ".blue.black");
        assert_eq!(path(Style::Matrix, false), ";color=blue,black");
        assert_eq!(path(Style::Matrix, true), ";color=blue;color=black");
    }

    #[test]
    fn queries_are_those_of_the_standard() {
        let list = json!(["blue", "black"]);
        let value = |style| pairs(&parameter(style, false), &list).unwrap().remove(0).1;
        assert_eq!(value(Style::Form), "blue,black");
        assert_eq!(value(Style::SpaceDelimited), "blue black");
        assert_eq!(value(Style::PipeDelimited), "blue|black");
        let object = pairs(&parameter(Style::DeepObject, true), &json!({ "R": 100 }));
        assert_eq!(object, Some(vec![("color[R]".to_owned(), "100".to_owned())]));
    }

    #[test]
    fn what_the_standard_leaves_open_is_not_expected() {
        let nested = json!([["blue"]]);
        assert_eq!(pairs(&parameter(Style::Form, true), &nested), None);
        assert_eq!(path(&parameter(Style::Simple, false), &json!({ "R": 1, "G": 2 })), None);
    }

    #[test]
    fn reserved_characters_are_encoded() {
        let text = path(&parameter(Style::Simple, false), &json!("a/b c~"));
        assert_eq!(text.as_deref(), Some("a%2Fb%20c~"));
    }
}

//! Parameters as the server has to see them: the styles of OpenAPI 3 ("Style Values").
//!
//! This is written from the standard and shares nothing with the runtime's encoder, which is
//! what the tests are to judge.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::config::NestingStyle;
use crate::ir::{Parameter, QueryStyle, Style};

/// All but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name and a value, decoded.
pub type Pair = (String, String);

/// A text with all but the unreserved characters percent-encoded.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// What no path may hold as it is (RFC 3986, section 3.3). A percent sign is that of an encoded character.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What the value of a path parameter keeps beside the unreserved characters where `allowReserved` says so: what a
/// segment may hold as it is (RFC 3986, section 3.3).
const NOT_IN_SEGMENT: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// A text with what a segment of a path cannot hold percent-encoded.
fn segment(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_SEGMENT).to_string()
}

/// The path of an operation as it is sent.
pub fn literal(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATH).to_string()
}

/// What stands in a path in the place of a parameter; none where the standard leaves open how
/// the value is written.
pub fn path(parameter: &Parameter, value: &Value) -> Option<String> {
    let name = percent_encoded(&parameter.name);
    let explode = parameter.explode;
    // A percent sign may be that of an encoded character, and then stays.
    if parameter.allow_reserved && value.to_string().contains('%') {
        return None;
    }
    let encode = if parameter.allow_reserved { segment } else { percent_encoded };
    if parameter.style == Style::Json {
        return Some(encode(&json(value)));
    }
    let parts = parts(value, if explode { "=" } else { "," }, encode)?;
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
        return Some(json(value));
    }
    let parts = parts(value, if parameter.explode { "=" } else { "," }, str::to_owned)?;
    Some(parts.join(","))
}

/// The pairs of a query parameter or cookie, under the same condition as [`path`].
pub fn pairs(parameter: &Parameter, value: &Value) -> Option<Vec<Pair>> {
    query(&parameter.name, parameter.query_style(), value)
}

/// The pairs of a value in a query, or in a form that is written like one, under the same condition as [`path`].
pub fn query(name: &str, style: QueryStyle, value: &Value) -> Option<Vec<Pair>> {
    let QueryStyle { style, explode, nesting, .. } = style;
    if let Some(nesting) = nesting.filter(|_| !reaches(style, value)) {
        return nested_in(name, style, explode, nesting, value);
    }
    let joined = |delimiter: &str| {
        let parts = parts(value, delimiter, str::to_owned)?;
        Some(vec![(name.to_owned(), parts.join(delimiter))])
    };
    match (style, value) {
        (Style::Json, _) => Some(vec![(name.to_owned(), json(value))]),
        (Style::WholeJson, _) => Some(vec![(json(value), String::new())]),
        (Style::WholeText, _) => Some(vec![(scalar(value)?, String::new())]),
        (Style::WholeForm, Value::Object(members)) => {
            members.iter().map(|(key, value)| Some((key.clone(), scalar(value)?))).collect()
        }
        (Style::WholeForm, _) => None,
        (Style::DeepObject, Value::Object(members)) => members
            .iter()
            .map(|(key, value)| Some((format!("{name}[{key}]"), scalar(value)?)))
            .collect(),
        (Style::DeepObject, _) => None,
        (_, Value::Array(_) | Value::Object(_)) if explode => exploded(name, value),
        (Style::SpaceDelimited, _) => joined(" "),
        (Style::PipeDelimited, _) => joined("|"),
        _ => joined(","),
    }
}

/// Whether a style defines how all of a value is written.
fn reaches(style: Style, value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().all(|value| scalar(value).is_some()),
        Value::Array(_) if style == Style::DeepObject => false,
        Value::Array(items) => items.iter().all(|item| scalar(item).is_some()),
        _ => true,
    }
}

/// The pairs of a value that lies deeper than its style reaches, as `sdk.toml` has them.
fn nested_in(
    name: &str,
    style: Style,
    explode: bool,
    nesting: NestingStyle,
    value: &Value,
) -> Option<Vec<Pair>> {
    match (style, value) {
        (Style::DeepObject, Value::Object(members)) => {
            let pairs = members.iter();
            Some(
                pairs
                    .flat_map(|(key, it)| nested(&format!("{name}[{key}]"), nesting, it))
                    .collect(),
            )
        }
        (Style::Form, Value::Object(members)) if explode => {
            Some(members.iter().flat_map(|(key, it)| nested(key, nesting, it)).collect())
        }
        (Style::Form, Value::Array(items)) if explode && nesting == NestingStyle::Json => {
            Some(items.iter().flat_map(|item| nested(name, nesting, item)).collect())
        }
        (Style::DeepObject | Style::Form, _) if explode || nesting != NestingStyle::Json => {
            Some(nested(name, nesting, value))
        }
        _ => None,
    }
}

fn nested(name: &str, nesting: NestingStyle, value: &Value) -> Vec<Pair> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) if nesting != NestingStyle::Json => members
            .iter()
            .flat_map(|(key, value)| nested(&format!("{name}[{key}]"), nesting, value))
            .collect(),
        Value::Array(items) if nesting != NestingStyle::Json => items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| match nesting {
                NestingStyle::Brackets => nested(&format!("{name}[]"), nesting, item),
                NestingStyle::Indices => nested(&format!("{name}[{index}]"), nesting, item),
                NestingStyle::Repeat | NestingStyle::Json => nested(name, nesting, item),
            })
            .collect(),
        single => vec![(name.to_owned(), scalar(single).unwrap_or_else(|| json(single)))],
    }
}

/// Style `form`, exploded: a pair for each item or member.
fn exploded(name: &str, value: &Value) -> Option<Vec<Pair>> {
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
        Value::Number(_) | Value::Bool(_) => Some(json(value)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value as a JSON text, in which a number without a fraction is an integer.
pub fn json(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
            _ => value.to_string(),
        },
        Value::Array(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(","))
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                format!("{}:{}", Value::from(key.as_str()), json(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
        }
        _ => value.to_string(),
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
            nesting: None,
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
        assert_eq!(pairs(&parameter(Style::DeepObject, true), &json!(["blue"])), None);
    }

    #[test]
    fn what_is_steered_is_expected_in_every_way() {
        let value = json!({ "a": [1, { "b": 2.0 }] });
        let text = |nesting| {
            let parameter =
                Parameter { nesting: Some(nesting), ..parameter(Style::DeepObject, true) };
            let pairs = pairs(&parameter, &value).unwrap().into_iter();
            pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
        };
        assert_eq!(text(NestingStyle::Repeat), "color[a]=1&color[a][b]=2");
        assert_eq!(text(NestingStyle::Brackets), "color[a][]=1&color[a][][b]=2");
        assert_eq!(text(NestingStyle::Indices), "color[a][0]=1&color[a][1][b]=2");
        assert_eq!(text(NestingStyle::Json), r#"color[a]=[1,{"b":2}]"#);
    }

    #[test]
    fn a_literal_path_is_encoded_and_keeps_what_is() {
        assert_eq!(literal("/gr\u{f6}\u{df}e/a b%20c;d=e"), "/gr%C3%B6%C3%9Fe/a%20b%20c;d=e");
    }

    #[test]
    fn reserved_characters_are_encoded() {
        let text = path(&parameter(Style::Simple, false), &json!("a/b c~"));
        assert_eq!(text.as_deref(), Some("a%2Fb%20c~"));
    }
}

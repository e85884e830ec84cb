//! Parameter values as text: the styles of OpenAPI 3 over the percent-encoding of RFC
//! 3986.

mod escape;
mod pairs;
mod style;

use serde::Serialize;
use serde_json::Value;

use super::model::number;
use super::operation::Style;

pub(crate) use escape::{Escape, literal_path, percent_encode};
pub(crate) use pairs::{Pair, of_field, of_style};
pub use style::{FieldEncoding, Nesting, QueryStyle};

/// A value as JSON, the form that the styles are defined on. A number without a fraction is an
/// integer, as it is in models: `5` and not `5.0`. One that JSON does not have, such as NaN, is null.
///
/// # Errors
///
/// Those of the value.
pub(crate) fn value(value: &(impl Serialize + ?Sized)) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(value)?;
    write_integers(&mut value);
    Ok(value)
}

fn write_integers(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            if let Some(integer) = number.as_f64().and_then(number::whole) {
                *number = integer.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(write_integers),
        Value::Object(members) => members.values_mut().for_each(write_integers),
        _ => {}
    }
}

/// A value as it stands in a parameter, before any escaping. What no style can express,
/// an array within an array for instance, is written as JSON.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// How the value of a path parameter is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathStyle {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    /// What a segment of a path may hold stays.
    pub(crate) allow_reserved: bool,
}

impl PathStyle {
    /// With all but the unreserved characters encoded.
    pub(crate) fn new(style: Style, explode: bool) -> Self {
        Self { style, explode, allow_reserved: false }
    }
}

/// The value of a path parameter, in `simple`, `label`, `matrix` or JSON form.
pub(crate) fn path(name: &str, style: PathStyle, value: &Value) -> String {
    let PathStyle { style, explode, allow_reserved } = style;
    let escape = if allow_reserved { Escape::Segment } else { Escape::Unreserved };
    match style {
        Style::Label if explode => format!(".{}", joined(value, ".", "=", escape)),
        Style::Label => format!(".{}", joined(value, ",", ",", escape)),
        Style::Matrix => matrix(&escape.name(name), explode, value, escape),
        Style::Json => escape.text(&value.to_string()),
        _ => joined(value, ",", if explode { "=" } else { "," }, escape),
    }
}

/// `;name=value`, as of RFC 6570, section 3.2.7.
fn matrix(name: &str, explode: bool, value: &Value, escape: Escape) -> String {
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
pub(crate) fn query(name: &str, style: QueryStyle, value: &Value) -> Vec<String> {
    let escape = if style.allow_reserved { Escape::Reserved } else { Escape::Unreserved };
    match style.style {
        Style::WholeForm => whole_form(value),
        Style::WholeJson => vec![escape.text(&value.to_string())],
        Style::WholeText => vec![escape.text(&plain(value))],
        _ => of_style(name, style, value, escape).into_iter().map(written).collect(),
    }
}

/// The query that is a form: the members of an object, written as in a body.
fn whole_form(value: &Value) -> Vec<String> {
    let members = value.as_object().into_iter().flatten();
    members.flat_map(|(name, value)| of_field(name, None, value)).map(written).collect()
}

/// The `name=value` pairs of a cookie parameter.
pub(crate) fn cookie(name: &str, style: Style, explode: bool, value: &Value) -> Vec<String> {
    let escape = if style == Style::Cookie { Escape::Nothing } else { Escape::Cookie };
    let pairs = match style {
        Style::Json => vec![(name.to_owned(), escape.text(&value.to_string()))],
        _ => pairs::form(name, explode, Nesting::Json, value, escape),
    };
    pairs.into_iter().map(written).collect()
}

/// A pair as it stands in a query, form or cookie.
pub(crate) fn written((name, value): Pair) -> String {
    format!("{name}={value}")
}

/// The items of a list, or the keys and values of an object, with delimiters between
/// them.
fn joined(value: &Value, delimiter: &str, key_delimiter: &str, escape: Escape) -> String {
    let parts: Vec<String> = match value {
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            items.map(|item| escape.value(item)).collect()
        }
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| {
                format!("{}{key_delimiter}{}", escape.text(key), escape.value(value))
            })
            .collect(),
        single => return escape.value(single),
    };
    parts.join(delimiter)
}

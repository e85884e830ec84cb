//! Names and values: what queries, forms and cookies consist of.

use serde_json::{Map, Value};

use super::escape::Escape;
use super::style::{FieldEncoding, Nesting, QueryStyle};
use super::{joined, plain};
use crate::runtime::operation::Style;

/// A name and a value, both encoded.
pub(crate) type Pair = (String, String);

/// The pairs of a value. There is none for null and for an empty list.
pub(crate) fn of_style(name: &str, style: QueryStyle, value: &Value, escape: Escape) -> Vec<Pair> {
    let name = escape.name(name);
    let QueryStyle { style, explode, nesting, .. } = style;
    match style {
        Style::DeepObject => deep_object(&name, nesting, value, escape),
        Style::SpaceDelimited if !explode => delimited(&name, " ", nesting, value, escape),
        Style::PipeDelimited if !explode => delimited(&name, "|", nesting, value, escape),
        Style::Json => vec![(name, escape.text(&value.to_string()))],
        _ => form(&name, explode, nesting, value, escape),
    }
}

/// The pairs of a field of a form (OpenAPI 3.1.1, section 4.8.15.1.1, `contentType`): one for each
/// item of a list, and none for null. Objects are JSON.
pub(crate) fn of_field(name: &str, encoding: Option<FieldEncoding>, value: &Value) -> Vec<Pair> {
    let write = match encoding {
        Some(FieldEncoding::Style(style)) => {
            let escape = if style.allow_reserved { Escape::Reserved } else { Escape::Unreserved };
            return of_style(name, style, value, escape);
        }
        Some(FieldEncoding::Json) => Value::to_string,
        None => plain,
    };
    let items = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    let escape = Escape::Unreserved;
    let items = items.iter().filter(|item| !item.is_null());
    items.map(|item| (escape.name(name), escape.text(&write(item)))).collect()
}

/// Style `form`: a name for every item when exploded, else one name and a list.
pub(super) fn form(
    name: &str,
    explode: bool,
    nesting: Nesting,
    value: &Value,
    escape: Escape,
) -> Vec<Pair> {
    match value {
        Value::Array(_) if explode && is_nested(value) => {
            list_of_nested(name, nesting, value, escape)
        }
        Value::Array(items) if explode => items
            .iter()
            .filter(|item| !item.is_null())
            .map(|item| (name.to_owned(), escape.value(item)))
            .collect(),
        Value::Object(members) if explode => members
            .iter()
            .flat_map(|(key, value)| nested(&escape.name(key), nesting, value, escape))
            .collect(),
        _ => delimited(name, ",", nesting, value, escape),
    }
}

/// A list whose items are lists or objects: in JSON, each of them is a text of its own.
fn list_of_nested(name: &str, nesting: Nesting, value: &Value, escape: Escape) -> Vec<Pair> {
    match (nesting, value) {
        (Nesting::Json, Value::Array(items)) => {
            items.iter().flat_map(|item| nested(name, nesting, item, escape)).collect()
        }
        _ => nested(name, nesting, value, escape),
    }
}

/// One pair: the name, and the items with a delimiter between them.
fn delimited(
    name: &str,
    delimiter: &str,
    nesting: Nesting,
    value: &Value,
    escape: Escape,
) -> Vec<Pair> {
    let is_nothing = match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    if is_nothing {
        return Vec::new();
    }
    if nesting != Nesting::Json && is_nested(value) {
        return nested(name, nesting, value, escape);
    }
    let delimiter = escape.delimiter(delimiter);
    vec![(name.to_owned(), joined(value, &delimiter, &delimiter, escape))]
}

/// Style `deepObject`: a pair for each member.
fn deep_object(name: &str, nesting: Nesting, value: &Value, escape: Escape) -> Vec<Pair> {
    match value {
        Value::Object(members) => deep_members(name, nesting, members, escape),
        other => nested(name, nesting, other, escape),
    }
}

fn deep_members(
    name: &str,
    nesting: Nesting,
    members: &Map<String, Value>,
    escape: Escape,
) -> Vec<Pair> {
    let members = members.iter();
    members
        .flat_map(|(key, value)| nested(&in_brackets(name, key, escape), nesting, value, escape))
        .collect()
}

/// The pairs of a value that may lie deeper than its style reaches.
fn nested(name: &str, nesting: Nesting, value: &Value, escape: Escape) -> Vec<Pair> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(members) if nesting != Nesting::Json => {
            deep_members(name, nesting, members, escape)
        }
        Value::Array(items) if nesting != Nesting::Json => {
            let items = items.iter().filter(|item| !item.is_null());
            let named = items.enumerate().map(|(position, item)| match nesting {
                Nesting::Brackets => (in_brackets(name, "", escape), item),
                Nesting::Indices => (in_brackets(name, &position.to_string(), escape), item),
                _ => (name.to_owned(), item),
            });
            named.flat_map(|(name, item)| nested(&name, nesting, item, escape)).collect()
        }
        other => vec![(name.to_owned(), escape.value(other))],
    }
}

/// `name[key]`. The name is encoded already.
fn in_brackets(name: &str, key: &str, escape: Escape) -> String {
    format!("{name}{}{}{}", escape.name("["), escape.name(key), escape.name("]"))
}

/// Whether there is a list or an object within the value.
fn is_nested(value: &Value) -> bool {
    let is_composite = |value: &Value| value.is_array() || value.is_object();
    match value {
        Value::Array(items) => items.iter().any(is_composite),
        Value::Object(members) => members.values().any(is_composite),
        _ => false,
    }
}

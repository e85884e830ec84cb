//! `enum` and `const`.

use serde_json::{Map, Value, json};

use super::{is_composed, make_null};
use crate::normalize::coercion::Coercion;

/// Reads `const` as an enum of one value.
pub fn read_const(map: &mut Map<String, Value>) {
    if let Some(value) = map.shift_remove("const") {
        map.insert("enum".to_owned(), Value::Array(vec![value]));
    }
}

/// Leaves an enum whose values are of the type of the schema; null becomes `nullable`.
pub fn normalize(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    let mut values = match map.shift_remove("enum") {
        None => return,
        Some(Value::Array(values)) => values,
        Some(Value::Null) => Vec::new(),
        Some(value) => {
            coercion.warn_field(
                "enum",
                "expected-list",
                "this should be a list; it is read as one with one value",
                "write it in brackets",
            );
            vec![value]
        }
    };
    if values.is_empty() {
        coercion.warn("empty-enum", "this enum has no values; it is ignored", "list the values");
        return;
    }
    let count = values.len();
    retype(coercion, map, &mut values);
    let is_kept: Vec<bool> = values.iter().map(|value| !value.is_null()).collect();
    keep_said_of(map, &is_kept);
    values.retain(|value| !value.is_null());
    if values.len() < count {
        if values.is_empty() {
            make_null(map);
            return;
        }
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    remove_duplicates(coercion, map, &mut values);
    if !map.contains_key("type")
        && !is_composed(map)
        && let Some(name) = common_type(&values)
    {
        map.insert("type".to_owned(), json!(name));
    }
    if map.get("type") == Some(&json!("array")) && values.iter().all(|value| !value.is_array()) {
        move_to_items(coercion, map, values);
        return;
    }
    map.insert("enum".to_owned(), Value::Array(values));
}

/// Gives the values the type that the schema names, where they are written in another.
fn retype(coercion: &mut Coercion<'_>, map: &Map<String, Value>, values: &mut [Value]) {
    let Some(name) = map.get("type").and_then(Value::as_str) else {
        return;
    };
    for (index, value) in values.iter_mut().enumerate() {
        if value.is_null() || has_type(value, name) {
            continue;
        }
        let at = format!("{}/enum/{index}", coercion.pointer);
        let written = coercion.sources.written(&at);
        let Some(retyped) = value_of_type(value, name, written) else {
            let message = format!("{value} is no value of the type `{name}`");
            coercion
                .diagnostics
                .warning("enum-value-type", at, message)
                .help("give the schema the type that its values have");
            continue;
        };
        // 1.0 is an integer, too.
        if !(value.is_number() && retyped.is_number()) {
            let message = format!("{value} is read as {retyped}, since the type is `{name}`");
            coercion
                .diagnostics
                .warning("enum-value-type", at, message)
                .help("write the value in the type of the schema");
        }
        *value = retyped;
    }
}

/// Whether a value can be in the enum of a schema with this type as it is.
fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => true,
    }
}

/// A value as one of another type, `written` being how it stands in the file.
fn value_of_type(value: &Value, name: &str, written: Option<&str>) -> Option<Value> {
    match (name, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => {
            Some(Value::String(written.map_or_else(|| value.to_string(), str::to_owned)))
        }
        ("integer", Value::Number(number)) => whole(number.as_f64()).map(Value::from),
        ("integer", Value::String(text)) => text.trim().parse::<i64>().ok().map(Value::from),
        ("number", Value::String(text)) => {
            serde_json::from_str(text.trim()).ok().filter(Value::is_number)
        }
        ("boolean", Value::String(text)) => text.trim().parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}

/// A number with nothing behind the point, as an integer.
pub fn whole(number: Option<f64>) -> Option<i64> {
    // The bounds are powers of two, exact as floating-point numbers.
    let (least, beyond) = (-(2f64.powi(63)), 2f64.powi(63));
    number.filter(|it| it.fract() == 0.0 && (least..beyond).contains(it)).map(|it| it as i64)
}

/// What extensions say of the values in lists of the same length stays with the values that are kept.
fn keep_said_of(map: &mut Map<String, Value>, is_kept: &[bool]) {
    let lists = map.iter_mut().filter(|(name, _)| name.starts_with("x-"));
    for list in lists.filter_map(|(_, value)| value.as_array_mut()) {
        if list.len() == is_kept.len() {
            let mut kept = is_kept.iter();
            list.retain(|_| kept.next() == Some(&true));
        }
    }
}

fn remove_duplicates(
    coercion: &mut Coercion<'_>,
    map: &mut Map<String, Value>,
    values: &mut Vec<Value>,
) {
    let mut seen = std::collections::HashSet::new();
    let is_first: Vec<bool> = values.iter().map(|value| seen.insert(value.to_string())).collect();
    keep_said_of(map, &is_first);
    let mut repeated = Vec::new();
    let mut first = is_first.into_iter();
    values.retain(|value| {
        let is_first = first.next() == Some(true);
        if !is_first {
            repeated.push(value.to_string());
        }
        is_first
    });
    for value in repeated {
        coercion.warn_field(
            "enum",
            "duplicate-enum-value",
            format!("{value} is in the enum twice"),
            "remove one of the two",
        );
    }
}

/// The type that all values have.
fn common_type(values: &[Value]) -> Option<&'static str> {
    let all = |has_type: fn(&Value) -> bool| values.iter().all(has_type);
    if all(Value::is_string) {
        Some("string")
    } else if all(Value::is_i64) {
        Some("integer")
    } else if all(Value::is_number) {
        Some("number")
    } else if all(Value::is_boolean) {
        Some("boolean")
    } else {
        None
    }
}

/// Moves an enum that stands beside `type: array` to the items, which it must be about.
fn move_to_items(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>, values: Vec<Value>) {
    coercion.warn_field(
        "enum",
        "misplaced-enum",
        "no list is among these values; they are read as those of the items",
        "move `enum` below `items`",
    );
    let items = map.entry("items").or_insert_with(|| json!({}));
    if let Value::Object(items) = items
        && !items.contains_key("enum")
        && !items.contains_key("$ref")
    {
        if !items.contains_key("type")
            && let Some(name) = common_type(&values)
        {
            items.insert("type".to_owned(), json!(name));
        }
        items.insert("enum".to_owned(), Value::Array(values));
    }
}

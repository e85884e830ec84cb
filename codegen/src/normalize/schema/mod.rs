//! Brings a schema of JSON Schema 2020-12, as OpenAPI 3.1 has it, to the Schema Object of OpenAPI 3.0.
//!
//! The schemas inside have been through this when it is the turn of the one around them.

mod enumeration;
mod keywords;
mod nullability;
mod numbers;
mod types;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use super::coercion::Coercion;

/// The keywords that combine schemas.
const COMPOSITION: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];

/// Normalizes a schema whose fields have the right types.
pub fn normalize(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    keywords::drop_identifiers(map);
    if map.contains_key("$ref") {
        wrap_reference(map);
        if !map.contains_key("allOf") {
            return;
        }
    }
    keywords::drop_empty_composition(coercion, map);
    enumeration::read_const(map);
    types::read(coercion, map);
    enumeration::normalize(coercion, map);
    numbers::normalize(map);
    keywords::normalize(coercion, map);
    nullability::lift(map);
    types::infer(map);
    keywords::drop_ineffective(coercion, map);
}

/// Puts a reference with something beside it into `allOf`, since openapiv3 reads a reference alone.
fn wrap_reference(map: &mut Map<String, Value>) {
    if map.len() == 1 {
        return;
    }
    let Some(target) = map.shift_remove("$ref") else {
        return;
    };
    let reference = json!({"$ref": target});
    match map.get_mut("allOf") {
        Some(Value::Array(list)) => list.insert(0, reference),
        _ => {
            map.insert("allOf".to_owned(), Value::Array(vec![reference]));
        }
    }
}

/// Whether a schema combines others.
fn is_composed(map: &Map<String, Value>) -> bool {
    COMPOSITION.iter().any(|keyword| map.contains_key(*keyword))
}

/// Turns a schema into the one that nothing fits, for which 3.1 has `false`.
pub fn make_never(value: &mut Value) {
    *value = json!({"not": {}});
}

/// Whether nothing fits a schema.
fn is_never(value: &Value) -> bool {
    *value == json!({"not": {}})
}

/// Turns a schema into the one that only null fits, which 3.0 has no type for.
fn make_null(map: &mut Map<String, Value>) {
    map.shift_remove("type");
    map.insert("enum".to_owned(), json!([null]));
    map.insert("nullable".to_owned(), Value::Bool(true));
}

/// Whether only null fits a schema.
fn is_null(value: &Value) -> bool {
    value.get("enum") == Some(&json!([null]))
}

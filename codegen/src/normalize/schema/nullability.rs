//! Null as one of several alternatives.

use serde_json::{Map, Value, json};

use super::is_null;

/// Turns an alternative that only null fits into `nullable`, and a choice of one into that one. Where null fits one
/// of several, it fits the whole, which is `nullable` as well.
pub fn lift(map: &mut Map<String, Value>) {
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(list)) = map.get_mut(keyword) else {
            continue;
        };
        let has_null = list.iter().any(is_null);
        if !has_null && list.iter().any(|alternative| alternative["nullable"] == true) {
            map.insert("nullable".to_owned(), Value::Bool(true));
            continue;
        }
        if !has_null {
            continue;
        }
        list.retain(|alternative| !is_null(alternative));
        let only = if list.len() == 1 { list.pop() } else { None };
        let empty = list.is_empty();
        map.insert("nullable".to_owned(), Value::Bool(true));
        if empty {
            map.shift_remove(keyword);
        }
        match only {
            Some(only) => merge(map, only),
            None if empty => super::make_null(map),
            None => {}
        }
    }
}

/// Puts what one schema says into another: as it is where they say different things, otherwise by `allOf`.
fn merge(map: &mut Map<String, Value>, only: Value) {
    match only {
        Value::Object(only)
            if !only.contains_key("$ref")
                && only.keys().all(|key| key == "nullable" || !map.contains_key(key)) =>
        {
            for (key, value) in only {
                map.insert(key, value);
            }
            map.insert("nullable".to_owned(), Value::Bool(true));
        }
        only => match map.get_mut("allOf") {
            Some(Value::Array(list)) => list.push(only),
            _ => {
                map.insert("allOf".to_owned(), json!([only]));
            }
        },
    }
}

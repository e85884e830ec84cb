//! Changes of a single value.

use serde_json::{Value, json};

use super::{nodes, words};
use crate::Choices;

/// Changes one node below the root by a function.
fn change<C: Choices>(
    root: &mut Value,
    choices: &mut C,
    with: impl FnOnce(Value, &mut C) -> Value,
) -> bool {
    let parent = nodes::any_mut(root, nodes::is_container, choices);
    match parent.and_then(|parent| nodes::any_child_mut(parent, choices)) {
        Some(place) => {
            *place = with(place.take(), choices);
            true
        }
        None => false,
    }
}

/// Gives a value another type, with what it says kept where that is possible.
pub(super) fn retype<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    change(root, choices, |value, choices| match (value, choices.below(3)) {
        (Value::String(text), 0) => text.parse::<f64>().map_or(json!(0), |number| json!(number)),
        (Value::String(text), 1) => json!({ text: true }),
        (Value::String(_), _) => json!(true),
        (Value::Array(list), 0) => {
            let entries = list.into_iter().enumerate();
            Value::Object(entries.map(|(at, value)| (at.to_string(), value)).collect())
        }
        (Value::Object(map), 0) => map.into_iter().map(|(_, value)| value).collect(),
        (Value::Object(map), 1) => map.into_iter().map(|(key, _)| Value::String(key)).collect(),
        (Value::Array(_) | Value::Object(_), _) => json!("text"),
        (scalar, 0) => Value::String(scalar.to_string()),
        (Value::Bool(_), _) => json!(1),
        (_, _) => json!(false),
    })
}

/// Puts a value into a list or an object of its own.
pub(super) fn wrap<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    change(root, choices, |value, choices| match choices.below(6) {
        0 => json!([value]),
        1 => json!([value.clone(), value]),
        2 => json!({ "allOf": [value] }),
        3 => json!({ "oneOf": [value, { "type": "null" }] }),
        4 => json!({ "type": "array", "items": value }),
        _ => json!({ choices.text(&words::KEYWORDS): value }),
    })
}

/// Puts a child of a value into the value's place.
pub(super) fn unwrap<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let Some(node) = nodes::any_mut(root, nodes::is_container, choices) else {
        return false;
    };
    let Some(parent) = nodes::any_child_mut(node, choices) else {
        return false;
    };
    match nodes::any_child_mut(parent, choices).map(Value::take) {
        Some(child) => {
            *parent = child;
            true
        }
        None => false,
    }
}

pub(super) fn set_null<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    change(root, choices, |_, choices| match choices.below(4) {
        0 => json!({}),
        1 => json!([]),
        _ => Value::Null,
    })
}

/// Puts a number of an unusual size in.
pub(super) fn set_number<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let number = words::number(choices);
    match nodes::any_mut(root, Value::is_number, choices) {
        Some(place) if !choices.one_in(3) => *place = number,
        _ => return change(root, choices, |_, _| number),
    }
    true
}

/// Puts an odd text, or a word of OpenAPI, in the place of a text.
pub(super) fn set_text<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let text = match choices.below(3) {
        0 => choices.text(&words::VALUES).to_owned(),
        _ => words::odd(choices),
    };
    match nodes::any_mut(root, Value::is_string, choices) {
        Some(place) => {
            *place = Value::String(text);
            true
        }
        None => false,
    }
}

/// Puts an odd text before or behind a text.
pub(super) fn append_text<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let Some(Value::String(text)) = nodes::any_mut(root, Value::is_string, choices) else {
        return false;
    };
    let odd = words::odd(choices);
    *text = if choices.one_in(2) { format!("{odd}{text}") } else { format!("{text}{odd}") };
    true
}

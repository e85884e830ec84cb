//! Changes of what is in an object or a list.

use serde_json::Value;

use super::{nodes, words};
use crate::Choices;

/// Takes an entry out.
pub(super) fn drop<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    match nodes::any_mut(root, nodes::is_container, choices) {
        Some(Value::Object(map)) => {
            let key = map.keys().nth(choices.below(map.len())).cloned();
            key.is_some_and(|key| map.shift_remove(&key).is_some())
        }
        Some(Value::Array(list)) => {
            list.remove(choices.below(list.len()));
            true
        }
        _ => false,
    }
}

/// Puts an entry in a second time; in an object, under a name that is nearly the same.
pub(super) fn duplicate<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    match nodes::any_mut(root, nodes::is_container, choices) {
        Some(Value::Object(map)) => {
            let entry = map.iter().nth(choices.below(map.len()));
            let Some((key, value)) = entry.map(|(key, value)| (key.clone(), value.clone())) else {
                return false;
            };
            map.insert(words::nearly(&key, choices), value);
        }
        Some(Value::Array(list)) => {
            let copy = list[choices.below(list.len())].clone();
            list.insert(choices.below(list.len() + 1), copy);
        }
        _ => return false,
    }
    true
}

/// Exchanges two children of a node.
pub(super) fn swap<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let has_two = |node: &Value| match node {
        Value::Object(map) => map.len() > 1,
        Value::Array(list) => list.len() > 1,
        _ => false,
    };
    let Some(node) = nodes::any_mut(root, has_two, choices) else {
        return false;
    };
    let Some(first) = nodes::any_child_mut(node, choices).map(Value::take) else {
        return false;
    };
    // The place of the first is where the null is now; it may be drawn again, and then nothing changes.
    let second = nodes::any_child_mut(node, choices).map(|place| std::mem::replace(place, first));
    let is_hole = |child: &&mut Value| child.is_null();
    let hole = match node {
        Value::Object(map) => map.values_mut().find(is_hole),
        Value::Array(list) => list.iter_mut().find(is_hole),
        _ => None,
    };
    if let (Some(hole), Some(second)) = (hole, second) {
        *hole = second;
    }
    true
}

/// Gives an entry another key: a keyword of OpenAPI, one from elsewhere, an odd one or nearly the same.
pub(super) fn rename<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let elsewhere = nodes::any(root, nodes::is_full_object, choices);
    let elsewhere = elsewhere.and_then(|node| nodes::any_key(node, choices));
    let Some(Value::Object(map)) = nodes::any_mut(root, nodes::is_full_object, choices) else {
        return false;
    };
    let at = choices.below(map.len());
    let Some(key) = map.keys().nth(at).cloned() else {
        return false;
    };
    let name = match choices.below(4) {
        0 => choices.text(&words::KEYWORDS).to_owned(),
        1 => elsewhere.unwrap_or_default(),
        2 => words::odd(choices),
        _ => words::nearly(&key, choices),
    };
    let entries = std::mem::take(map).into_iter().enumerate();
    *map = entries
        .map(|(n, (key, value))| (if n == at { name.clone() } else { key }, value))
        .collect();
    true
}

/// Copies an entry of one object into another.
pub(super) fn copy<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let from = nodes::any(root, nodes::is_full_object, choices);
    let entry = from.and_then(|node| {
        let key = nodes::any_key(node, choices)?;
        Some((key.clone(), node.get(&key)?.clone()))
    });
    match (entry, nodes::any_mut(root, Value::is_object, choices)) {
        (Some((key, value)), Some(Value::Object(map))) => {
            map.insert(key, value);
            true
        }
        _ => false,
    }
}

/// Puts a copy of one node in the place of another.
pub(super) fn splice<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let Some(piece) = nodes::any(root, |_| true, choices).cloned() else {
        return false;
    };
    match nodes::any_mut(root, nodes::is_container, choices) {
        Some(parent) => match nodes::any_child_mut(parent, choices) {
            Some(place) => {
                *place = piece;
                true
            }
            None => false,
        },
        None => false,
    }
}

/// Adds a keyword of OpenAPI, with a value that it, or another, may have.
pub(super) fn add_keyword<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let piece = nodes::any(root, |_| true, choices).cloned().unwrap_or_default();
    let value = match choices.below(5) {
        0 => piece,
        1 => Value::Array(vec![piece]),
        2 => choices.text(&words::VALUES).into(),
        3 => Value::Bool(choices.one_in(2)),
        _ => words::number(choices),
    };
    let Some(Value::Object(map)) = nodes::any_mut(root, Value::is_object, choices) else {
        return false;
    };
    map.insert(choices.text(&words::KEYWORDS).to_owned(), value);
    true
}

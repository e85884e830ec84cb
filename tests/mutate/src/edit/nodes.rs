//! Finding the nodes of a document.

use serde_json::Value;

use crate::Choices;

/// The children of a node.
fn children(node: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match node {
        Value::Object(map) => Box::new(map.values()),
        Value::Array(list) => Box::new(list.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The number of nodes that are wanted.
fn count(node: &Value, is_wanted: fn(&Value) -> bool) -> usize {
    let below: usize = children(node).map(|child| count(child, is_wanted)).sum();
    usize::from(is_wanted(node)) + below
}

/// The node that is wanted and has `left` such nodes before it, parents before their children.
fn nth<'a>(node: &'a Value, is_wanted: fn(&Value) -> bool, left: &mut usize) -> Option<&'a Value> {
    if is_wanted(node) {
        if *left == 0 {
            return Some(node);
        }
        *left -= 1;
    }
    children(node).find_map(|child| nth(child, is_wanted, left))
}

fn nth_mut<'a>(
    node: &'a mut Value,
    is_wanted: fn(&Value) -> bool,
    left: &mut usize,
) -> Option<&'a mut Value> {
    if is_wanted(node) {
        if *left == 0 {
            return Some(node);
        }
        *left -= 1;
    }
    match node {
        Value::Object(map) => map.values_mut().find_map(|child| nth_mut(child, is_wanted, left)),
        Value::Array(list) => list.iter_mut().find_map(|child| nth_mut(child, is_wanted, left)),
        _ => None,
    }
}

/// One of the nodes that are wanted.
pub(super) fn any<'a, C: Choices>(
    root: &'a Value,
    is_wanted: fn(&Value) -> bool,
    choices: &mut C,
) -> Option<&'a Value> {
    let mut left = choices.below(count(root, is_wanted));
    nth(root, is_wanted, &mut left)
}

/// One of the nodes that are wanted, to be changed.
pub(super) fn any_mut<'a, C: Choices>(
    root: &'a mut Value,
    is_wanted: fn(&Value) -> bool,
    choices: &mut C,
) -> Option<&'a mut Value> {
    let mut left = choices.below(count(root, is_wanted));
    nth_mut(root, is_wanted, &mut left)
}

/// Whether a node has children.
pub(super) fn is_container(node: &Value) -> bool {
    children(node).next().is_some()
}

/// Whether a node is an object that is not empty.
pub(super) fn is_full_object(node: &Value) -> bool {
    node.is_object() && is_container(node)
}

/// Whether a node is a reference.
pub(super) fn is_reference(node: &Value) -> bool {
    node.get("$ref").is_some_and(Value::is_string)
}

/// The key of an entry of an object that is not empty.
pub(super) fn any_key<C: Choices>(node: &Value, choices: &mut C) -> Option<String> {
    let map = node.as_object()?;
    map.keys().nth(choices.below(map.len())).cloned()
}

/// One of the children of a node.
pub(super) fn any_child_mut<'a, C: Choices>(
    node: &'a mut Value,
    choices: &mut C,
) -> Option<&'a mut Value> {
    match node {
        Value::Object(map) => {
            let at = choices.below(map.len());
            map.values_mut().nth(at)
        }
        Value::Array(list) => {
            let at = choices.below(list.len());
            list.get_mut(at)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_node_can_be_drawn() {
        let root = json!({ "a": [1, { "b": 2 }], "c": {} });
        assert_eq!(count(&root, |_| true), 6);
        let node = |at: usize| nth(&root, |_| true, &mut at.clone()).cloned();
        assert_eq!(node(0), Some(root.clone()));
        assert_eq!(node(2), Some(json!(1)));
        assert_eq!(node(4), Some(json!(2)));
        assert_eq!(node(5), Some(json!({})));
        assert_eq!(node(6), None);
        assert_eq!(nth(&root, Value::is_number, &mut 1), Some(&json!(2)));
    }
}

//! Changes of what refers to what.

use codegen::document::pointer;
use serde_json::{Value, json};

use super::{nodes, words};
use crate::Choices;

/// References into a document that are of no use.
const USELESS: [&str; 20] = [
    "",
    "#",
    "#/",
    "#/components",
    "#/components/schemas",
    "#/components/schemas/",
    "#/components/schemas/Missing",
    "#/components/schemas/~",
    "#/components/schemas/~2",
    "#/components/schemas/%",
    "#/components/schemas/%2F..%2F..",
    "#/paths",
    "#/paths/~1/get",
    "#/info/title",
    "#anchor",
    "missing.yaml",
    "missing.yaml#/a",
    "http://[::1",
    "../",
    "\u{202e}",
];

/// A reference to one of the components, where there are any.
fn any_component<C: Choices>(root: &Value, choices: &mut C) -> Option<String> {
    let components = root.get("components")?;
    // Most of what is referred to is a schema.
    let section = match choices.below(4) {
        0 => nodes::any_key(components, choices)?,
        _ => "schemas".to_owned(),
    };
    let name = nodes::any_key(components.get(&section)?, choices)?;
    Some(format!("#{}", pointer::child(&format!("/components/{section}"), &name)))
}

fn set<C: Choices>(root: &mut Value, target: String, choices: &mut C) -> bool {
    match nodes::any_mut(root, nodes::is_reference, choices) {
        Some(Value::Object(map)) => {
            map.insert("$ref".to_owned(), Value::String(target));
            true
        }
        _ => false,
    }
}

/// Lets a reference lead to another component.
pub(super) fn redirect<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    any_component(root, choices).is_some_and(|target| set(root, target, choices))
}

/// Lets a reference lead nowhere, or where nothing of use is.
pub(super) fn dangle<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let target = match choices.below(4) {
        0 => words::odd(choices),
        _ => choices.text(&USELESS).to_owned(),
    };
    set(root, target, choices)
}

/// Lets a component, or something in it, refer to this component.
pub(super) fn close_circle<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let Some(target) = any_component(root, choices) else {
        return false;
    };
    let Some(node) = root.pointer_mut(target.trim_start_matches('#')) else {
        return false;
    };
    let circle = json!({ "$ref": target });
    let parent = nodes::any_mut(node, nodes::is_container, choices);
    match parent.and_then(|parent| nodes::any_child_mut(parent, choices)) {
        Some(place) if !choices.one_in(4) => *place = circle,
        _ => *node = circle,
    }
    true
}

/// Puts a reference to a component in the place of something.
pub(super) fn refer<C: Choices>(root: &mut Value, choices: &mut C) -> bool {
    let Some(target) = any_component(root, choices) else {
        return false;
    };
    match nodes::any_mut(root, nodes::is_container, choices) {
        Some(parent) => nodes::any_child_mut(parent, choices).is_some_and(|place| {
            *place = json!({ "$ref": target });
            true
        }),
        None => false,
    }
}

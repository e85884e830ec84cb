//! Every place of a document that holds a string: a value, or the name of a property.

use serde_json::{Map, Value};

/// A place that holds a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// A JSON pointer (RFC 6901): of the string, or of the value whose name is meant.
    pub pointer: String,
    /// Whether the name is meant and not the value.
    pub is_name: bool,
}

/// All of them, in the document's order.
pub fn all(document: &Value) -> Vec<Position> {
    let mut positions = Vec::new();
    add(document, "", &mut positions);
    positions
}

fn add(value: &Value, pointer: &str, positions: &mut Vec<Position>) {
    match value {
        Value::String(_) => {
            positions.push(Position { pointer: pointer.to_owned(), is_name: false });
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add(item, &format!("{pointer}/{index}"), positions);
            }
        }
        Value::Object(object) => {
            for (name, item) in object {
                let below = format!("{pointer}/{}", escaped(name));
                positions.push(Position { pointer: below.clone(), is_name: true });
                add(item, &below, positions);
            }
        }
        _ => {}
    }
}

/// The document with a text in some places. A component that is renamed is found under its new name by all that
/// refer to it.
pub fn with<'a>(
    document: &Value,
    texts: impl IntoIterator<Item = (&'a Position, String)>,
) -> Value {
    let mut changed = document.clone();
    // A name is changed after all that is below it, whose pointers have the old one.
    let mut texts: Vec<(&Position, String)> = texts.into_iter().collect();
    texts
        .sort_by_key(|(position, _)| (position.is_name, std::cmp::Reverse(position.pointer.len())));
    let names = texts.partition_point(|(position, _)| !position.is_name);
    let names = texts.split_off(names);
    for (position, text) in texts {
        if let Some(value) = changed.pointer_mut(&position.pointer) {
            *value = Value::String(text);
        }
    }
    // To look through the document for each name takes longer than all else here.
    let mut references = Vec::new();
    add_references(&changed, &mut references);
    for (position, text) in names {
        let leads_there = |it: &String| it[1..].starts_with(&position.pointer);
        let is_target = references.iter().any(leads_there);
        rename(&mut changed, &position.pointer, &text, is_target);
    }
    changed
}

/// Adds each string that leads to a place of the document.
fn add_references(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("#/") => references.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| add_references(item, references)),
        Value::Object(object) => {
            object.values().for_each(|item| add_references(item, references));
        }
        _ => {}
    }
}

/// Whether the text stands beside the place already, so that it would take the place of another name or value and
/// not of this one alone.
pub fn is_taken(document: &Value, position: &Position, text: &str) -> bool {
    let parent = position.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    match document.pointer(parent) {
        Some(Value::Object(object)) => position.is_name && object.contains_key(text),
        Some(Value::Array(items)) => items.iter().any(|item| item == text),
        _ => false,
    }
}

/// Whether a text says something else in a place than a harmless word does, by OpenAPI itself.
pub fn has_meaning(document: &Value, position: &Position, text: &str) -> bool {
    let parts: Vec<&str> = position.pointer.split('/').skip(1).collect();
    match (position.is_name, parts.as_slice()) {
        // What stands in braces is a parameter.
        (true, ["paths", _]) => text.contains('{'),
        // A range of media types has no example.
        (true, [.., "requestBody", "content", _]) => text.contains('*'),
        // It fits every name.
        (true, [.., "patternProperties", _]) => text.is_empty(),
        // A module, and so a folder, is called by it.
        (false, ["tags", _, "parent"]) => true,
        (false, ["tags", _, "kind"]) => text.trim().is_empty(),
        // It names another property, or another schema.
        (false, [schema @ .., "required", _]) => {
            let properties = document.pointer(&format!("/{}/properties", schema.join("/")));
            properties.is_some_and(|properties| properties.get(text).is_some())
        }
        (false, [.., "discriminator", "defaultMapping"]) => {
            document["components"]["schemas"].get(text).is_some()
        }
        _ => false,
    }
}

/// Gives what a pointer leads to another name, and that to all that refers to it, where it is a target of references.
fn rename(document: &mut Value, pointer: &str, new: &str, is_target: bool) {
    let (parent, name) = pointer.rsplit_once('/').expect("a name is below something");
    let name = name.replace("~1", "/").replace("~0", "~");
    let Some(Value::Object(object)) = document.pointer_mut(parent) else { return };
    let renamed: Map<String, Value> = std::mem::take(object)
        .into_iter()
        .map(|(key, value)| if key == name { (new.to_owned(), value) } else { (key, value) })
        .collect();
    *object = renamed;
    if parent == "/components/securitySchemes" {
        require(document, &name, new);
    }
    if is_target {
        refer(document, &format!("#{pointer}"), &format!("#{parent}/{}", encoded(new)));
    }
}

/// Changes the name of a security scheme where it is required.
fn require(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| require(item, old, new)),
        Value::Object(object) => {
            for (key, item) in object.iter_mut() {
                if key == "security" {
                    for alternative in item.as_array_mut().into_iter().flatten() {
                        rename_key(alternative, old, new);
                    }
                } else {
                    require(item, old, new);
                }
            }
        }
        _ => {}
    }
}

fn rename_key(value: &mut Value, old: &str, new: &str) {
    if let Some(found) = value.as_object_mut().and_then(|object| object.remove(old)) {
        value[new] = found;
    }
}

/// Changes references that lead to `old`, or below it.
fn refer(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix(old)
                && (rest.is_empty() || rest.starts_with('/'))
            {
                *text = format!("{new}{rest}");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, old, new)),
        Value::Object(object) => object.values_mut().for_each(|item| refer(item, old, new)),
        _ => {}
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A name as it stands in the fragment of a reference.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in escaped(name).bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(byte.into())
            }
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

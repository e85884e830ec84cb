//! Whether two parts of documents mean the same.

use serde_json::{Map, Value};

use crate::document::pointer;
use crate::document::structure::{self, Object, Shape};

/// Fields that say something to people and nothing to a program.
const WORDING: [&str; 6] =
    ["title", "summary", "description", "example", "examples", "externalDocs"];

/// The place of the first difference in what two objects mean, as a JSON pointer into them; none where
/// they differ in their wording only.
pub(super) fn difference(ours: &Value, theirs: &Value, object: Object) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let shape = Shape::Object(object);
    first_difference(&meaning(ours, shape), &meaning(theirs, shape))
}

/// A value without what is for people: descriptions, examples and extensions. A schema that only wraps
/// another one to describe it (`allOf` of one) is that other one.
fn meaning(value: &Value, shape: Shape) -> Value {
    match (shape, value) {
        (Shape::Object(object), Value::Object(map)) => object_meaning(map, object),
        (Shape::SchemaOrFlag | Shape::Items, Value::Object(map)) => {
            object_meaning(map, Object::Schema)
        }
        (Shape::List(shape), Value::Array(list)) => {
            list.iter().map(|value| meaning(value, *shape)).collect()
        }
        (Shape::Map(shape), Value::Object(map)) => {
            let entries = map.iter();
            entries.map(|(key, value)| (key.clone(), meaning(value, *shape))).collect()
        }
        _ => value.clone(),
    }
}

fn object_meaning(map: &Map<String, Value>, object: Object) -> Value {
    // In the place of an object a reference stands alone (OpenAPI 3.0.4, section 4.7.23).
    if let (Some(reference), true) = (map.get("$ref"), object.section().is_some()) {
        return Value::Object(Map::from_iter([("$ref".to_owned(), reference.clone())]));
    }
    if object == Object::Example {
        return Value::Null;
    }
    let mut kept = Map::new();
    for (key, value) in map {
        let extension = key.starts_with("x-") && object != Object::Callback;
        if extension || WORDING.contains(&key.as_str()) {
            continue;
        }
        let meant = structure::field(object, key).map_or(value.clone(), |it| meaning(value, it));
        kept.insert(key.clone(), meant);
    }
    match kept.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) if kept.len() == 1 && object == Object::Schema => only.clone(),
        _ => Value::Object(kept),
    }
}

fn first_difference(ours: &Value, theirs: &Value) -> Option<String> {
    match (ours, theirs) {
        _ if ours == theirs => None,
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys = ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(*key)));
            keys.filter(|key| ours.get(*key) != theirs.get(*key)).find_map(|key| {
                let inner = match (ours.get(key), theirs.get(key)) {
                    (Some(ours), Some(theirs)) => first_difference(ours, theirs)?,
                    _ => String::new(),
                };
                Some(pointer::child("", key) + &inner)
            })
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            let pairs = ours.iter().zip(theirs).enumerate();
            pairs
                .filter_map(|(index, (ours, theirs))| {
                    Some(format!("/{index}{}", first_difference(ours, theirs)?))
                })
                .next()
        }
        _ => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wording_makes_no_difference() {
        let ours = json!({
            "description": "Ours",
            "properties": {
                "description": {"type": "string", "example": "a"},
                "b": {"description": "Ours", "allOf": [{"$ref": "#/components/schemas/B"}]}
            },
            "x-other": 1
        });
        let theirs = json!({
            "title": "Theirs",
            "properties": {
                "b": {"$ref": "#/components/schemas/B", "description": "Theirs"},
                "description": {"type": "string"}
            }
        });
        assert_eq!(difference(&ours, &theirs, Object::Schema), None);
    }

    #[test]
    fn the_first_difference_is_named() {
        let ours = json!({"properties": {"a": {"type": "string"}}, "required": ["a"]});
        let at = |theirs: Value| difference(&ours, &theirs, Object::Schema);
        assert_eq!(
            at(json!({"properties": {"a": {"type": "integer"}}, "required": ["a"]})).as_deref(),
            Some("/properties/a/type")
        );
        assert_eq!(
            at(json!({"properties": {"a": {"type": "string"}}, "required": ["b"]})).as_deref(),
            Some("/required/0")
        );
        assert_eq!(at(json!({"required": ["a"]})).as_deref(), Some("/properties"));
    }
}

//! Whether two parts of documents mean the same.

use serde_json::Value;

use crate::document::pointer;
use crate::document::structure::{Object, Shape, is_extension};
use crate::document::walk::{Visitor, walk};

/// Fields that say something to people and nothing to a program.
const WORDING: [&str; 6] =
    ["title", "summary", "description", "example", "examples", "externalDocs"];

/// The place of the first difference in what two objects mean, as a JSON pointer into them; none where
/// they differ in their wording only.
pub(super) fn difference(ours: &Value, theirs: &Value, object: Object) -> Option<String> {
    if ours == theirs || object == Object::Example {
        return None;
    }
    first_difference(&meaning(ours, object), &meaning(theirs, object))
}

/// A value without what is for people: descriptions, examples and extensions. A schema that only wraps
/// another one to describe it (`allOf` of one) is that other one.
fn meaning(value: &Value, object: Object) -> Value {
    let mut wording = Wording::default();
    walk(value, object, "", &mut wording);
    let mut meaning = value.clone();
    for at in &wording.fields {
        pointer::remove(&mut meaning, at);
    }
    // The innermost first, as what is around it moves.
    for at in wording.wrappers.iter().rev() {
        let only = pointer::remove(&mut meaning, &format!("{at}/allOf/0"));
        if let (Some(wrapper), Some(only)) = (pointer::get_mut(&mut meaning, at), only) {
            *wrapper = only;
        }
    }
    meaning
}

/// What says nothing to a program, by JSON pointers.
#[derive(Default)]
struct Wording {
    fields: Vec<String>,
    /// The schemas that only wrap another one.
    wrappers: Vec<String>,
}

impl<'a> Visitor<'a> for Wording {
    fn enter(&mut self, value: &'a Value, shape: Shape, at: &str) -> bool {
        let (Shape::Object(object), Value::Object(fields)) = (shape, value) else { return true };
        // In the place of an object a reference stands alone (OpenAPI 3.0.4, section 4.7.23).
        let is_reference = object.section().is_some() && fields.contains_key("$ref");
        let is_wording = |key: &str| match is_reference {
            true => key != "$ref",
            false => is_extension(object, key) || WORDING.contains(&key),
        };
        let (wording, meant): (Vec<&String>, Vec<&String>) =
            fields.keys().partition(|key| is_wording(key));
        self.fields.extend(wording.into_iter().map(|key| pointer::child(at, key)));
        let is_wrapper = object == Object::Schema
            && meant.iter().all(|key| *key == "allOf")
            && fields.get("allOf").and_then(Value::as_array).is_some_and(|all| all.len() == 1);
        if is_wrapper {
            self.wrappers.push(at.to_owned());
        }
        !is_reference
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

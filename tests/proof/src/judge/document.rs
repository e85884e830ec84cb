//! The document as the judge gets it.

use serde::Serialize;
use serde_json::Value;

use codegen::load::pointer;
use codegen::load::structure::{self, Object, Shape};

/// An example that the judge does not get.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Removed {
    /// Where it stood, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The reference in it that leads nowhere.
    pub target: String,
}

/// Takes out the examples that are, or hold, a `$ref` which leads nowhere.
///
/// A `$ref` within the value of an example is data and means nothing. Prism takes it for a
/// reference all the same, and refuses the whole document for it.
///
/// What referred to such an example leads nowhere without it, and is taken out as well.
pub fn remove_dangling_examples(document: &mut Value) -> Vec<Removed> {
    let mut all = Vec::new();
    loop {
        let mut walk = Walk { document, pointer: String::new(), found: Vec::new() };
        walk.object(document, Object::OpenApi);
        let found = walk.found;
        if found.is_empty() {
            return all;
        }
        for removed in &found {
            remove(document, &removed.pointer);
        }
        all.extend(found);
    }
}

struct Walk<'a> {
    document: &'a Value,
    pointer: String,
    found: Vec<Removed>,
}

impl<'a> Walk<'a> {
    fn object(&mut self, value: &'a Value, object: Object) {
        let Value::Object(fields) = value else { return };
        for (key, value) in fields {
            let is_extension = key.starts_with("x-") && object != Object::Callback;
            match structure::field(object, key).filter(|_| !is_extension) {
                // Where any value may stand: an example, a default.
                Some(Shape::Any) => self.within(key, |walk| walk.data(value)),
                Some(shape) => self.within(key, |walk| walk.shape(value, shape)),
                None => {}
            }
        }
    }

    fn shape(&mut self, value: &'a Value, shape: Shape) {
        match (shape, value) {
            (Shape::Object(Object::Example), _) => self.data(value),
            (Shape::Object(object), _) => self.object(value, object),
            (Shape::SchemaOrFlag | Shape::Items, Value::Object(_)) => {
                self.object(value, Object::Schema);
            }
            (Shape::Items, Value::Array(items)) => self.list(items, Shape::Object(Object::Schema)),
            (Shape::List(shape), Value::Array(items)) => self.list(items, *shape),
            (Shape::Map(shape), Value::Object(members)) => {
                for (key, value) in members {
                    self.within(key, |walk| walk.shape(value, *shape));
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, items: &'a [Value], shape: Shape) {
        for (index, value) in items.iter().enumerate() {
            self.within(&index.to_string(), |walk| walk.shape(value, shape));
        }
    }

    /// An example goes as a whole: without a value it would be none.
    fn data(&mut self, value: &Value) {
        if let Some(target) = dangling(self.document, value) {
            let pointer = self.pointer.clone();
            self.found.push(Removed { pointer, target: target.to_owned() });
        }
    }

    fn within(&mut self, key: &str, step: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, key);
        step(self);
        self.pointer.truncate(length);
    }
}

/// A `$ref` within a value that leads to nothing in the document.
fn dangling<'v>(document: &Value, value: &'v Value) -> Option<&'v str> {
    match value {
        Value::Array(items) => items.iter().find_map(|item| dangling(document, item)),
        Value::Object(members) => members.iter().find_map(|(key, value)| match value.as_str() {
            Some(target) if key == "$ref" => {
                let found = target.strip_prefix('#').and_then(pointer::from_fragment);
                let leads = found.is_some_and(|found| document.pointer(&found).is_some());
                (!leads).then_some(target)
            }
            _ => dangling(document, value),
        }),
        _ => None,
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some(parent) = pointer::parent(place) else { return };
    let Some(token) = pointer::tokens(&place[parent.len()..]).next() else { return };
    if let Some(Value::Object(members)) = document.pointer_mut(parent) {
        members.shift_remove(token.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_examples_that_lead_nowhere_are_removed() {
        let media_type = json!({"examples": {
            "lost": {"$ref": "#/components/examples/Lost"},
            "holder": {"$ref": "#/components/examples/Holder"},
            "kept": {"$ref": "#/components/examples/Kept"}
        }});
        let mut document = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"text/plain": media_type}}}}}},
            "components": {
                "examples": {
                    "Holder": {"value": {"items": [{"$ref": "#/definitions/custom"}]}},
                    "Kept": {"value": {"$ref": "#/components/examples"}}
                },
                "schemas": {"Pet": {
                    "properties": {"example": {"$ref": "#/components/schemas/Pet"}},
                    "example": {"$ref": "other.yaml"}
                }}
            }
        });
        let removed = remove_dangling_examples(&mut document);
        let targets: Vec<&str> = removed.iter().map(|removed| removed.target.as_str()).collect();
        let expected = [
            "#/components/examples/Lost",
            "#/definitions/custom",
            "other.yaml",
            // It is lost only now.
            "#/components/examples/Holder",
        ];
        assert_eq!(targets, expected);
        let examples = &document["paths"]["/a"]["get"]["responses"]["200"]["content"]["text/plain"];
        let kept = json!({"examples": {"kept": {"$ref": "#/components/examples/Kept"}}});
        assert_eq!(*examples, kept);
        assert!(document.pointer("/components/schemas/Pet/example").is_none());
        assert!(document.pointer("/components/schemas/Pet/properties/example").is_some());
    }
}

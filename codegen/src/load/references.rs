//! Finds the references in a document, and only what OpenAPI defines as one: an example may hold a `$ref` key, too.

use serde_json::Value;

use super::{
    pointer,
    structure::{self, Object, Shape},
};

/// A reference and where it stands.
#[derive(Debug)]
pub struct Reference<'a> {
    /// The JSON pointer to the string that refers: the value of `$ref`, or of an entry of a discriminator's mapping.
    pub pointer: String,
    /// What it refers to, as it is written.
    pub target: &'a str,
    /// What it has to lead to.
    pub object: Object,
    /// Whether it is an entry of a discriminator's mapping, which may be the bare name of a schema.
    pub mapping: bool,
}

/// A reference where OpenAPI has none, such as one in the place of an operation.
#[derive(Debug)]
pub struct Misplaced<'a> {
    /// The JSON pointer to the object with the `$ref`.
    pub pointer: String,
    /// What it refers to, as it is written.
    pub target: &'a str,
    /// What it has to lead to.
    pub shape: Shape,
}

/// Lists the references in `value`, which is an `object` that stands at `at`.
pub fn references<'a>(value: &'a Value, object: Object, at: &str) -> Vec<Reference<'a>> {
    find(value, object, at).found
}

/// Lists the references in `value` that stand where OpenAPI has none.
pub fn misplaced<'a>(value: &'a Value, object: Object, at: &str) -> Vec<Misplaced<'a>> {
    find(value, object, at).misplaced
}

fn find<'a>(value: &'a Value, object: Object, at: &str) -> Finder<'a> {
    let mut finder = Finder { pointer: at.to_owned(), found: Vec::new(), misplaced: Vec::new() };
    finder.object(value, object);
    finder
}

struct Finder<'a> {
    pointer: String,
    found: Vec<Reference<'a>>,
    misplaced: Vec<Misplaced<'a>>,
}

impl<'a> Finder<'a> {
    fn object(&mut self, value: &'a Value, object: Object) {
        let Value::Object(map) = value else { return };
        if object.section().is_some()
            && let Some(Value::String(target)) = map.get("$ref")
        {
            self.push("$ref", target, object, false);
        }
        if object == Object::Schema
            && let Some(Value::String(target)) = map.get("$dynamicRef")
        {
            self.push("$dynamicRef", target, object, false);
        }
        for (key, value) in map {
            if key.starts_with("x-") && object != Object::Callback {
                continue;
            }
            if let Some(shape) = structure::field(object, key) {
                self.within(key, |finder| finder.shape(value, shape));
            }
        }
        if object == Object::Discriminator
            && let Some(Value::Object(mapping)) = map.get("mapping")
        {
            self.within("mapping", |finder| {
                for (key, target) in mapping {
                    if let Value::String(target) = target {
                        finder.push(key, target, Object::Schema, true);
                    }
                }
            });
        }
    }

    fn shape(&mut self, value: &'a Value, shape: Shape) {
        if let Some(Value::String(target)) = value.get("$ref")
            && !shape.may_have_reference_key()
        {
            self.misplaced.push(Misplaced { pointer: self.pointer.clone(), target, shape });
            return;
        }
        match (shape, value) {
            (Shape::Object(object), _) => self.object(value, object),
            (Shape::SchemaOrFlag | Shape::Items, Value::Object(_)) => {
                self.object(value, Object::Schema);
            }
            (Shape::Items, Value::Array(list)) => self.list(list, Shape::Object(Object::Schema)),
            (Shape::List(shape), Value::Array(list)) => self.list(list, *shape),
            (Shape::Map(shape), Value::Object(map)) => {
                for (key, value) in map {
                    self.within(key, |finder| finder.shape(value, *shape));
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, list: &'a [Value], shape: Shape) {
        if matches!(shape, Shape::Text | Shape::Any) {
            return;
        }
        let length = self.pointer.len();
        for (index, value) in list.iter().enumerate() {
            pointer::push_index(&mut self.pointer, index);
            self.shape(value, shape);
            self.pointer.truncate(length);
        }
    }

    fn within(&mut self, key: &str, step: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, key);
        step(self);
        self.pointer.truncate(length);
    }

    fn push(&mut self, key: &str, target: &'a str, object: Object, mapping: bool) {
        let pointer = pointer::child(&self.pointer, key);
        self.found.push(Reference { pointer, target, object, mapping });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_told_from_what_looks_like_one() {
        let document = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/r"}}}}},
            "components": {"schemas": {"A": {
                "properties": {"$ref": {"type": "string"}, "b": {"$ref": "#/s"}},
                "example": {"$ref": "#/no"},
                "discriminator": {"propertyName": "t", "mapping": {"x/y": "B"}},
                "items": [{"$ref": "#/i"}]
            }}},
            "x-other": {"$ref": "#/no"}
        });
        let found = references(&document, Object::OpenApi, "");
        let found: Vec<_> = found
            .iter()
            .map(|reference| (reference.pointer.as_str(), reference.target, reference.object))
            .collect();
        assert_eq!(
            found,
            [
                ("/paths/~1a/get/responses/200/$ref", "#/r", Object::Response),
                ("/components/schemas/A/properties/b/$ref", "#/s", Object::Schema),
                ("/components/schemas/A/discriminator/mapping/x~1y", "B", Object::Schema),
                ("/components/schemas/A/items/0/$ref", "#/i", Object::Schema),
            ]
        );
    }

    #[test]
    fn references_where_openapi_has_none_are_found() {
        let document = json!({
            "info": {"description": {"$ref": "about.md"}},
            "paths": {"/a": {"get": {"$ref": "get.yaml"}, "post": {
                "parameters": {"$ref": "#/p"},
                "responses": {"200": {"content": {"$ref": "#/c"}}}
            }}},
            "components": {
                "schemas": {"A": {
                    "properties": {"$ref": "properties.yaml"},
                    "discriminator": {"propertyName": "t", "mapping": {"$ref": "A"}},
                    "const": {"$ref": "#/no"}
                }},
                "securitySchemes": {"o": {"flows": {"password": {"scopes": {"$ref": "a scope"}}}}}
            }
        });
        let found = misplaced(&document, Object::OpenApi, "");
        let found: Vec<_> =
            found.iter().map(|misplaced| (misplaced.pointer.as_str(), misplaced.target)).collect();
        assert_eq!(
            found,
            [
                ("/info/description", "about.md"),
                ("/paths/~1a/get", "get.yaml"),
                ("/paths/~1a/post/parameters", "#/p"),
                ("/paths/~1a/post/responses/200/content", "#/c"),
                ("/components/schemas/A/properties", "properties.yaml"),
            ]
        );
    }
}

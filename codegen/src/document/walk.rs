//! The way through a document, by its structure: what stands in an example or in an extension is not taken for a
//! part of OpenAPI.

use serde_json::Value;

use super::{
    pointer,
    structure::{self, Object, Shape},
};

/// Looks at the values of a document on the way.
pub trait Visitor<'a> {
    /// Looks at a value at a JSON pointer, before those in it. Says whether to go into it.
    fn enter(&mut self, value: &'a Value, shape: Shape, at: &str) -> bool;

    /// Comes out of a value that it went into.
    fn leave(&mut self, _value: &'a Value, _shape: Shape, _at: &str) {}
}

/// Goes through `value`, an `object` that stands at the JSON pointer `at`. References are not followed: what they lead
/// to is visited in its own place.
pub fn walk<'a>(value: &'a Value, object: Object, at: &str, visitor: &mut impl Visitor<'a>) {
    Walk { pointer: at.to_owned(), visitor }.value(value, Shape::Object(object));
}

struct Walk<'v, V> {
    pointer: String,
    visitor: &'v mut V,
}

impl<'a, V: Visitor<'a>> Walk<'_, V> {
    fn value(&mut self, value: &'a Value, shape: Shape) {
        let shape = shape.of(value);
        if !self.visitor.enter(value, shape, &self.pointer) {
            return;
        }
        match (shape, value) {
            (Shape::Object(object), Value::Object(fields)) => {
                for (key, value) in fields {
                    if let Some(shape) = structure::field(object, key)
                        && !structure::is_extension(object, key)
                    {
                        self.child(key, value, shape);
                    }
                }
            }
            (Shape::Map(shape), Value::Object(members)) => {
                for (key, value) in members {
                    self.child(key, value, *shape);
                }
            }
            (Shape::List(Shape::Text), _) => {}
            (Shape::List(shape), Value::Array(items)) => {
                let length = self.pointer.len();
                for (index, value) in items.iter().enumerate() {
                    pointer::push_index(&mut self.pointer, index);
                    self.value(value, *shape);
                    self.pointer.truncate(length);
                }
            }
            _ => {}
        }
        self.visitor.leave(value, shape, &self.pointer);
    }

    fn child(&mut self, key: &str, value: &'a Value, shape: Shape) {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, key);
        self.value(value, shape);
        self.pointer.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Default)]
    struct Log(Vec<String>);

    impl<'a> Visitor<'a> for Log {
        fn enter(&mut self, _: &'a Value, shape: Shape, at: &str) -> bool {
            if matches!(shape, Shape::Object(_)) {
                self.0.push(format!("+{at}"));
            }
            !matches!(shape, Shape::Object(Object::Example))
        }

        fn leave(&mut self, _: &'a Value, shape: Shape, at: &str) {
            if shape == Shape::Object(Object::Schema) {
                self.0.push(format!("-{at}"));
            }
        }
    }

    #[test]
    fn every_object_is_visited_in_its_place() {
        let schema = json!({
            "items": [{"type": "string"}],
            "additionalProperties": false,
            "properties": {"a/b": {}, "x-c": {}},
            "example": {"items": {}},
            "x-other": {"items": {}}
        });
        let mut log = Log::default();
        walk(&schema, Object::Schema, "/s", &mut log);
        let expected = [
            "+/s",
            "+/s/items/0",
            "-/s/items/0",
            "+/s/properties/a~1b",
            "-/s/properties/a~1b",
            "+/s/properties/x-c",
            "-/s/properties/x-c",
            "-/s",
        ];
        assert_eq!(log.0, expected);
    }

    #[test]
    fn what_a_visitor_does_not_want_is_passed_by() {
        let media_type = json!({"examples": {"a": {"value": 1}}, "schema": {}});
        let mut log = Log::default();
        walk(&media_type, Object::MediaType, "", &mut log);
        assert_eq!(log.0, ["+", "+/examples/a", "+/schema", "-/schema"]);
    }
}

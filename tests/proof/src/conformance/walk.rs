//! The parts of a document that hold examples or schemas, each with its place.

use serde_json::{Map, Value};

use codegen::load::pointer;
use codegen::load::structure::{self, Object, Shape};
use codegen::render::samples::Sender;

/// A parameter, a header, a media type or a schema of a document.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Where it stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Which of the four it is.
    pub object: Object,
    /// Its fields.
    pub fields: &'a Map<String, Value>,
    /// Who sends it.
    pub sender: Sender,
}

impl Node<'_> {
    /// The pointer to one of its fields.
    pub fn field(&self, key: &str) -> String {
        pointer::child(&self.pointer, key)
    }
}

/// All nodes of a document, in its order. References are not followed: what they lead to is a
/// node in its own place.
pub fn nodes(document: &Value) -> Vec<Node<'_>> {
    let mut walk = Walk { pointer: String::new(), sender: Sender::Server, nodes: Vec::new() };
    walk.object(document, Object::OpenApi);
    walk.nodes
}

struct Walk<'a> {
    pointer: String,
    sender: Sender,
    nodes: Vec<Node<'a>>,
}

impl<'a> Walk<'a> {
    fn object(&mut self, value: &'a Value, object: Object) {
        let Value::Object(fields) = value else { return };
        let sender = self.sender;
        match object {
            Object::RequestBody | Object::Parameter => self.sender = Sender::Client,
            Object::Response | Object::Header => self.sender = Sender::Server,
            _ => {}
        }
        if matches!(object, Object::Parameter | Object::Header | Object::MediaType | Object::Schema)
        {
            let pointer = self.pointer.clone();
            self.nodes.push(Node { pointer, object, fields, sender: self.sender });
        }
        for (key, value) in fields {
            let is_extension = key.starts_with("x-") && object != Object::Callback;
            if let Some(shape) = structure::field(object, key).filter(|_| !is_extension) {
                self.within(key, |walk| walk.shape(value, shape));
            }
        }
        self.sender = sender;
    }

    fn shape(&mut self, value: &'a Value, shape: Shape) {
        match (shape, value) {
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

    fn within(&mut self, key: &str, step: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        pointer::push(&mut self.pointer, key);
        step(self);
        self.pointer.truncate(length);
    }
}

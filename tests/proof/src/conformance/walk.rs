//! The parts of a document that hold examples or schemas, each with its place.

use std::borrow::Cow;

use serde_json::{Map, Value};

use codegen::document::pointer;
use codegen::document::structure::{Object, Shape};
use codegen::document::walk::{Visitor, walk};
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
    /// What it is called where it stands, such as a media type.
    pub fn name(&self) -> Cow<'_, str> {
        pointer::tokens(&self.pointer).last().unwrap_or_default()
    }

    /// The pointer to one of its fields.
    pub fn field(&self, key: &str) -> String {
        pointer::child(&self.pointer, key)
    }
}

/// All nodes of a document, in its order. References are not followed: what they lead to is a
/// node in its own place.
pub fn nodes(document: &Value) -> Vec<Node<'_>> {
    let mut finder = Finder { senders: vec![Sender::Server], nodes: Vec::new() };
    walk(document, Object::OpenApi, "", &mut finder);
    finder.nodes
}

struct Finder<'a> {
    /// Who sends what is visited, and what is around it.
    senders: Vec<Sender>,
    nodes: Vec<Node<'a>>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn enter(&mut self, value: &'a Value, shape: Shape, at: &str) -> bool {
        let around = self.senders.last().copied().unwrap_or(Sender::Server);
        let sender = match shape {
            Shape::Object(Object::RequestBody | Object::Parameter) => Sender::Client,
            Shape::Object(Object::Response | Object::Header) => Sender::Server,
            _ => around,
        };
        self.senders.push(sender);
        if let Shape::Object(object) = shape
            && let Object::Parameter | Object::Header | Object::MediaType | Object::Schema = object
            && let Value::Object(fields) = value
        {
            self.nodes.push(Node { pointer: at.to_owned(), object, fields, sender });
        }
        true
    }

    fn leave(&mut self, _: &'a Value, _: Shape, _: &str) {
        self.senders.pop();
    }
}

//! Where the Media Type Objects of a document are that a stage is about.

use serde_json::Value;

use crate::document::pointer;
use crate::document::structure::{Object, Shape};
use crate::document::walk::{Visitor, walk};

/// The places of the media types that have a field, and a name as it is wanted.
pub fn places(root: &Value, field: &str, is_wanted: fn(&str) -> bool) -> Vec<String> {
    let mut media_types = MediaTypes { field, is_wanted, found: Vec::new() };
    walk(root, Object::OpenApi, "", &mut media_types);
    media_types.found
}

struct MediaTypes<'f> {
    field: &'f str,
    is_wanted: fn(&str) -> bool,
    found: Vec<String>,
}

impl<'a> Visitor<'a> for MediaTypes<'_> {
    fn enter(&mut self, value: &'a Value, shape: Shape, at: &str) -> bool {
        if shape == Shape::Object(Object::Schema) {
            return false;
        }
        if shape == Shape::Object(Object::MediaType)
            && value.get(self.field).is_some()
            && pointer::tokens(at).last().is_some_and(|media_type| (self.is_wanted)(&media_type))
        {
            self.found.push(at.to_owned());
        }
        true
    }
}

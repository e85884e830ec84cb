//! Where the schemas of an operation stand in a document.

use serde_json::Value;

use codegen::document::structure::{self, OperationField};
use codegen::document::{pointer, references};
use codegen::ir::{Location, Method, Operation};

/// A node of a document with its place as a JSON pointer (RFC 6901), references followed.
#[derive(Clone, Debug)]
pub struct SchemaNode<'d> {
    /// The document.
    pub document: &'d Value,
    /// The place.
    pub pointer: String,
    /// The node.
    pub value: &'d Value,
}

impl<'d> SchemaNode<'d> {
    /// The node at a pointer.
    pub fn at(document: &'d Value, pointer: &str) -> Option<Self> {
        let (pointer, value) = references::resolve(document, pointer)?;
        Some(Self { document, pointer, value })
    }

    /// The node under a key or an index.
    pub fn child(&self, token: &str) -> Option<Self> {
        Self::at(self.document, &pointer::child(&self.pointer, token))
    }

    /// The operation that an operation of the SDK is made of.
    pub fn operation(document: &'d Value, operation: &Operation) -> Option<Self> {
        let item = Self::at(document, "/paths")?.child(&operation.path)?;
        let is_meant =
            |found: &OperationField<'_>| Method::of_field(found.method) == operation.http_method;
        let found = structure::operations(item.value).find(is_meant)?;
        Self::at(document, &format!("{}{}", item.pointer, found.at))
    }

    /// Where the schema of a parameter stands, given the operation. The schema of a parameter with
    /// `content` is the one of its media type.
    pub fn parameter(&self, name: &str, location: Location) -> Option<Self> {
        let mut item = pointer::parent(&self.pointer)?;
        if item.ends_with(structure::ADDITIONAL_OPERATIONS) {
            item = pointer::parent(item)?;
        }
        let path_item = Self::at(self.document, item)?;
        let lists = [self.child("parameters"), path_item.child("parameters")];
        let parameter = lists.into_iter().flatten().find_map(|list| {
            let indices = 0..list.value.as_array().map_or(0, Vec::len);
            indices.filter_map(|index| list.child(&index.to_string())).find(|parameter| {
                parameter.value["name"] == name && parameter.value["in"] == location.as_str()
            })
        })?;
        parameter.child("schema").or_else(|| parameter.media_type("")?.child("schema"))
    }

    /// The media type of the request body, given the operation.
    pub fn request_body(&self, media_type: &str) -> Option<Self> {
        self.child("requestBody")?.media_type(media_type)
    }

    /// The media type of the answer with a status, given the operation. None where the answer has no
    /// body.
    pub fn response(&self, status: u16, media_type: &str) -> Option<Self> {
        let responses = self.child("responses")?;
        let range = format!("{}XX", status / 100);
        let response = [status.to_string(), range.to_uppercase(), "default".to_owned()];
        response.iter().find_map(|key| responses.child(key))?.media_type(media_type)
    }

    /// Whether the operation documents a success.
    pub fn has_success(&self) -> bool {
        let responses = self.child("responses");
        let keys = responses.iter().filter_map(|it| it.value.as_object()).flat_map(|it| it.keys());
        keys.into_iter().any(|key| key.starts_with('2') || key == "default")
    }

    /// The media type of that name, or else the first.
    fn media_type(&self, name: &str) -> Option<Self> {
        let content = self.child("content")?;
        let names = content.value.as_object()?;
        let essence =
            |name: &str| name.split([';', ',']).next().unwrap_or_default().trim().to_lowercase();
        let name = names
            .keys()
            .find(|key| *key == name)
            .or_else(|| names.keys().find(|key| essence(key) == essence(name)))
            .or_else(|| names.keys().next())?;
        content.child(name)
    }
}

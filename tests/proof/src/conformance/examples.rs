//! The examples of a document.

use serde::Serialize;
use serde_json::Value;

use super::types::Types;
use super::walk::Node;
use codegen::document::structure::Object;
use codegen::document::{media_type, pointer, references};
use codegen::ir::Type;
use codegen::render::samples::Sender;

/// What an example belongs to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A request or response body.
    Body,
    /// A parameter.
    Parameter,
    /// A schema of `components.schemas`.
    Schema,
    /// A schema within another: a property, an item.
    Part,
}

impl Owner {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 4] = [Self::Body, Self::Parameter, Self::Schema, Self::Part];

    /// What the report calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "bodies",
            Self::Parameter => "parameters",
            Self::Schema => "schemas",
            Self::Part => "properties",
        }
    }
}

/// An example of a document.
#[derive(Clone, Debug)]
pub struct Example<'a> {
    /// Where it stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Where the schema stands that it is an example of.
    pub schema: String,
    /// What it belongs to.
    pub owner: Owner,
    /// Who would send it.
    pub sender: Sender,
    /// The example itself.
    pub value: &'a Value,
    /// The type of its schema; none where the SDK has no use for that schema.
    pub ty: Option<Type>,
}

/// Finds the examples of nodes, without those that no type of the SDK is for: examples of headers,
/// which the SDK gives as text, of media types other than JSON and forms, and outside the document.
pub fn examples<'a>(
    document: &'a Value,
    nodes: &[Node<'a>],
    types: &Types<'_>,
) -> Vec<Example<'a>> {
    let mut finder = Finder { document, types, found: Vec::new() };
    for node in nodes {
        match node.object {
            Object::MediaType => finder.media_type(node),
            Object::Schema => finder.schema(node),
            Object::Parameter => finder.parameter(node),
            _ => {}
        }
    }
    finder.found
}

struct Finder<'a, 't> {
    document: &'a Value,
    types: &'t Types<'t>,
    found: Vec<Example<'a>>,
}

impl<'a> Finder<'a, '_> {
    fn media_type(&mut self, node: &Node<'a>) {
        if !node.fields.contains_key("schema") || !is_json(&node.name()) {
            return;
        }
        let schema = node.field("schema");
        let ty = self.types.of_schema(&schema);
        self.values(node, Owner::Body, &schema, ty.as_ref());
    }

    fn parameter(&mut self, node: &Node<'a>) {
        if !node.fields.contains_key("schema") {
            return;
        }
        let ty = self.types.of_parameter(&node.pointer);
        self.values(node, Owner::Parameter, &node.field("schema"), ty.as_ref());
    }

    fn schema(&mut self, node: &Node<'a>) {
        let is_component = node.pointer.starts_with("/components/schemas/")
            && node.pointer.matches('/').count() == 3;
        let owner = if is_component { Owner::Schema } else { Owner::Part };
        let ty = self.types.of_schema(&node.pointer);
        if let Some(value) = node.fields.get("example") {
            self.push(node, owner, node.field("example"), &node.pointer, value, ty.as_ref());
        }
        if let Some(Value::Array(values)) = node.fields.get("examples") {
            for (index, value) in values.iter().enumerate() {
                let at = pointer::child(&node.field("examples"), &index.to_string());
                self.push(node, owner, at, &node.pointer, value, ty.as_ref());
            }
        }
    }

    /// The examples of a node that has `example` and named `examples`.
    fn values(&mut self, node: &Node<'a>, owner: Owner, schema: &str, ty: Option<&Type>) {
        if let Some(value) = node.fields.get("example") {
            self.push(node, owner, node.field("example"), schema, value, ty);
        }
        let Some(Value::Object(named)) = node.fields.get("examples") else { return };
        for name in named.keys() {
            let at = pointer::child(&node.field("examples"), name);
            let Some((at, example)) = references::resolve(self.document, &at) else { continue };
            if let Some(value) = example.get("value") {
                self.push(node, owner, pointer::child(&at, "value"), schema, value, ty);
            }
        }
    }

    fn push(
        &mut self,
        node: &Node<'a>,
        owner: Owner,
        pointer: String,
        schema: &str,
        value: &'a Value,
        ty: Option<&Type>,
    ) {
        self.found.push(Example {
            pointer,
            schema: schema.to_owned(),
            owner,
            sender: node.sender,
            value,
            ty: ty.cloned(),
        });
    }
}

/// Whether a body of a media type is JSON, or is given as JSON in examples, as forms are.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type::essence(media_type).to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "application/json"
            | "text/json"
            | "application/x-www-form-urlencoded"
            | "*/*"
            | "application/*"
    ) || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use codegen::ir::Scope;
    use serde_json::json;

    use super::super::testing;
    use super::*;

    #[test]
    fn examples_are_found_wherever_they_stand() {
        let content = json!({
            "schema": {"$ref": "#/components/schemas/Thing"},
            "examples": {"one": {"value": {"a": 1}}, "other": {"$ref": "#/components/examples/Two"}}
        });
        let parameter =
            json!({"name": "size", "in": "query", "schema": {"type": "integer", "example": 3}});
        let operation = json!({
            "operationId": "put", "parameters": [parameter],
            "requestBody": {"content": {"application/json": content}},
            "responses": {"200": {"description": "", "content": {
                "application/json": {"schema": {"type": "array", "items": {"type": "string"}}, "example": ["x"]},
                "text/plain": {"schema": {"type": "string"}, "example": "no JSON"}
            }}}
        });
        let thing = json!({"type": "object", "example": {"a": 2},
            "properties": {"a": {"type": "integer", "example": 4}}});
        let mut document =
            testing::document(json!({"/a": {"put": operation}}), json!({"Thing": thing}));
        document["components"]["examples"] = json!({"Two": {"value": {"a": 5}}});
        let sdk = testing::sdk(&document);
        let found = testing::examples(&document, &sdk);
        let shown: Vec<(Owner, String, String)> = found
            .iter()
            .map(|example| {
                let ty = example.ty.as_ref().map_or_else(String::new, |ty| ty.rust(Scope::MODELS));
                (example.owner, example.value.to_string(), ty)
            })
            .collect();
        let expected = [
            (Owner::Part, "3", "i64"),
            (Owner::Body, r#"{"a":1}"#, "Thing"),
            (Owner::Body, r#"{"a":5}"#, "Thing"),
            (Owner::Body, r#"["x"]"#, "Vec<String>"),
            (Owner::Schema, r#"{"a":2}"#, "Thing"),
            (Owner::Part, "4", "i64"),
        ];
        assert_eq!(
            shown,
            expected.map(|(owner, value, ty)| (owner, value.to_owned(), ty.to_owned()))
        );
        assert_eq!(found[2].pointer, "/components/examples/Two/value");
        assert_eq!([found[1].sender, found[3].sender], [Sender::Client, Sender::Server]);
    }
}

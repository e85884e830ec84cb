//! Which schemas became a raw JSON value although they say more.

use serde::Serialize;
use serde_json::Value;

use super::types::Types;
use super::walk::Node;
use codegen::document::structure::Object;
use codegen::document::{pointer, references};
use codegen::ir::{ModelKind, Sdk, Type};

/// How deep a schema is looked into.
const DEPTH: usize = 16;

/// What a schema describes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemaUse {
    /// A property of an object.
    Property,
    /// A request body.
    Body,
    /// The body of a response.
    Response,
    /// Anything else: a parameter, a component, an item, a part of a union.
    Other,
}

impl SchemaUse {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 4] = [Self::Property, Self::Body, Self::Response, Self::Other];

    /// What the report calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Property => "properties",
            Self::Body => "request bodies",
            Self::Response => "responses",
            Self::Other => "other schemas",
        }
    }

    /// By where the schema stands, a JSON pointer.
    fn of(pointer: &str) -> Self {
        let mut names = pointer.rsplit('/');
        match (names.next(), names.nth(1), names.next()) {
            (Some("schema"), Some("content"), _) if pointer.contains("/responses/") => {
                Self::Response
            }
            (Some("schema"), Some("content"), Some("requestBody")) => Self::Body,
            (Some("schema"), Some("content"), _)
                if pointer.starts_with("/components/requestBodies/") =>
            {
                Self::Body
            }
            _ if pointer.rsplit('/').nth(1) == Some("properties") => Self::Property,
            _ => Self::Other,
        }
    }
}

/// A schema that the SDK has a type for.
#[derive(Clone, Debug, Serialize)]
pub struct Typed {
    /// Where it stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What it describes.
    pub place: SchemaUse,
    /// The type is a raw `serde_json::Value`, or a list or map of such, although the schema says
    /// what the value looks like.
    pub is_raw: bool,
}

/// The schemas of a document that the SDK has types for.
///
/// One that refers to another is typed by the other one, which alone can be raw.
pub fn typed(document: &Value, nodes: &[Node<'_>], sdk: &Sdk, types: &Types<'_>) -> Vec<Typed> {
    let finder = Finder { document, sdk };
    let schemas = nodes.iter().filter(|node| node.object == Object::Schema);
    let typed = schemas.filter_map(|node| {
        let ty = types.of_schema(&node.pointer)?;
        let schema = pointer::get(document, &node.pointer)?;
        Some(Typed {
            pointer: node.pointer.clone(),
            place: SchemaUse::of(&node.pointer),
            is_raw: !node.fields.contains_key("$ref") && finder.is_raw(&ty, schema, true),
        })
    });
    typed.collect()
}

struct Finder<'a> {
    document: &'a Value,
    sdk: &'a Sdk,
}

impl Finder<'_> {
    /// Whether a type says less than the schema that it was made of. A model is looked into
    /// only where it was made of this very schema (`is_own`).
    fn is_raw(&self, ty: &Type, schema: &Value, is_own: bool) -> bool {
        let inner = |keyword: &str, ty: &Type| {
            let inner = schema.get(keyword).filter(|inner| inner.is_object());
            inner.is_some_and(|inner| self.is_raw(ty, inner, false))
        };
        match ty {
            Type::Any => self.says_more(schema, DEPTH),
            Type::Nullable(value) => self.is_raw(value, schema, is_own),
            Type::Array(item) => inner("items", item),
            Type::Map(value) => {
                inner("additionalProperties", value) || self.has_properties(schema, DEPTH)
            }
            Type::Model(name) if is_own => match self.sdk.model(name).map(|model| &model.kind) {
                Some(ModelKind::Alias(ty)) => self.is_raw(ty, schema, false),
                Some(ModelKind::Object(object)) => {
                    object.additional.ty == Type::Any && inner("additionalProperties", &Type::Any)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a schema says anything of what its values look like.
    fn says_more(&self, schema: &Value, depth: usize) -> bool {
        let shapes = ["type", "enum", "const", "properties", "additionalProperties", "items"];
        // A flag lets anything in, or nothing; null alone has no type of its own.
        let is_shape = |key: &&str| {
            schema.get(*key).is_some_and(|value| !value.is_boolean() && value != "null")
        };
        shapes.iter().any(is_shape)
            || self.parts(schema, depth).iter().any(|part| self.says_more(part, depth - 1))
    }

    /// Whether a schema names properties of its values.
    fn has_properties(&self, schema: &Value, depth: usize) -> bool {
        let has_own = schema
            .get("properties")
            .and_then(Value::as_object)
            .is_some_and(|properties| !properties.is_empty());
        has_own || self.parts(schema, depth).iter().any(|part| self.has_properties(part, depth - 1))
    }

    /// What a schema consists of: what it refers to, and its `allOf`, `oneOf` and `anyOf`.
    fn parts<'s>(&'s self, schema: &'s Value, depth: usize) -> Vec<&'s Value> {
        if depth == 0 {
            return Vec::new();
        }
        let target = references::target(schema);
        let target = target.and_then(|target| pointer::get(self.document, &target));
        let lists = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key));
        let listed = lists.filter_map(Value::as_array).flatten();
        target.into_iter().chain(listed).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{testing, walk};
    use super::*;

    const SCHEMA: &str = "/components/schemas/Thing";

    fn raw(document: &Value, sdk: &Sdk) -> Vec<String> {
        let typed = typed(document, &walk::nodes(document), sdk, &Types::new(document, sdk));
        typed.into_iter().filter(|typed| typed.is_raw).map(|typed| typed.pointer).collect()
    }

    #[test]
    fn the_place_of_a_schema_is_told_by_its_pointer() {
        for (pointer, place) in [
            ("/paths/~1a/post/requestBody/content/application~1json/schema", SchemaUse::Body),
            ("/components/requestBodies/A/content/application~1json/schema", SchemaUse::Body),
            ("/paths/~1a/get/responses/200/content/application~1json/schema", SchemaUse::Response),
            ("/components/responses/A/content/application~1json/schema", SchemaUse::Response),
            ("/components/schemas/A/properties/b", SchemaUse::Property),
            ("/components/schemas/A/properties/b/items", SchemaUse::Other),
            ("/components/schemas/properties", SchemaUse::Other),
            ("/paths/~1a/get/parameters/0/schema", SchemaUse::Other),
            ("/paths/~1a/get/parameters/0/content/application~1json/schema", SchemaUse::Other),
        ] {
            assert_eq!(SchemaUse::of(pointer), place, "{pointer}");
        }
    }

    #[test]
    fn a_type_that_says_less_than_its_schema_is_found() {
        let properties = json!({
            "list": {"type": "array", "items": {"type": "string"}},
            "map": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Other"}},
            "choice": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            "free": {},
            "object": {"type": "object"}
        });
        let schemas = json!({"Thing": {"type": "object", "properties": properties}, "Other": {"type": "string"}});
        let document = testing::document(json!({}), schemas);
        let mut sdk = testing::sdk(&document);
        assert_eq!(raw(&document, &sdk), [""; 0]);
        for (property, ty) in [
            ("list", Type::Array(Box::new(Type::Any))),
            ("map", Type::Map(Box::new(Type::Any))),
            ("choice", Type::Any),
            ("free", Type::Any),
            ("object", Type::Map(Box::new(Type::Any))),
        ] {
            sdk.schema_types.insert(format!("{SCHEMA}/properties/{property}"), ty);
        }
        let expected = ["list", "map", "choice"];
        assert_eq!(
            raw(&document, &sdk),
            expected.map(|name| format!("{SCHEMA}/properties/{name}"))
        );
    }

    #[test]
    fn a_component_that_is_another_name_of_a_raw_value_is_found() {
        let schemas = json!({"Thing": {"type": "array", "items": {"type": "string"}}});
        let document = testing::document(json!({}), schemas);
        let mut sdk = testing::sdk(&document);
        sdk.models[0].kind = ModelKind::Alias(Type::Any);
        assert_eq!(raw(&document, &sdk), [SCHEMA]);
    }
}

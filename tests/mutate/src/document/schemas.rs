//! Schemas: of every type, composed in every way, recursive.

use serde_json::{Map, Value, json};

use super::{Builder, NAMES, Version};
use crate::Choices;

/// How deep schemas are put into each other.
const DEEPEST: usize = 3;

/// The most properties that a schema has, and the most alternatives.
const MOST: usize = 4;

/// The most component schemas.
const MOST_COMPONENTS: usize = 8;

const FORMATS: [&str; 12] = [
    "date-time",
    "date",
    "uuid",
    "byte",
    "binary",
    "password",
    "uri",
    "int64",
    "decimal",
    "time",
    "duration",
    "unknown",
];

impl<C: Choices> Builder<'_, C> {
    /// `components.schemas`, whose names are known before the first of them is built.
    pub(super) fn component_schemas(&mut self) -> Value {
        for _ in 0..self.choices.below(MOST_COMPONENTS) {
            let name = self.name();
            let taken = self.schemas.contains(&name);
            let name = if taken { format!("{name}{}", self.schemas.len()) } else { name };
            self.schemas.push(name.replace(' ', "_"));
        }
        let mut schemas = Map::new();
        for name in self.schemas.clone() {
            let schema = match self.choices.below(6) {
                0 => self.schema(0),
                1 => self.enumeration(),
                2 => self.union(0),
                3 => self.base(),
                4 => self.subtype(&name),
                _ => self.object(0),
            };
            schemas.insert(name, schema);
        }
        Value::Object(schemas)
    }

    /// A schema `depth` levels inside another.
    pub(super) fn schema(&mut self, depth: usize) -> Value {
        if depth >= DEEPEST {
            return self.scalar();
        }
        match self.choices.below(10) {
            0 | 1 => self.scalar(),
            2 | 3 => self.reference().unwrap_or_else(|| self.scalar()),
            4 => self.array(depth),
            5 => self.object(depth),
            6 => self.union(depth),
            7 => self.enumeration(),
            8 => self.composed(depth),
            _ => self.odd(depth),
        }
    }

    /// A reference to a component schema, which need not be built yet.
    pub(super) fn reference(&mut self) -> Option<Value> {
        let at = self.choices.below(self.schemas.len());
        let name = self.schemas.get(at)?;
        Some(json!({ "$ref": format!("#/components/schemas/{name}") }))
    }

    fn scalar(&mut self) -> Value {
        let kind = self.choices.text(&["string", "integer", "number", "boolean"]);
        let mut schema = Map::new();
        schema.insert("type".to_owned(), kind.into());
        self.maybe(&mut schema, "format", |it| it.choices.text(&FORMATS).into());
        self.describe(&mut schema);
        let bounds: [&str; 3] = match kind {
            "string" => ["minLength", "maxLength", "minLength"],
            "integer" | "number" => ["minimum", "maximum", "multipleOf"],
            _ => return self.nullable(schema),
        };
        let bound = self.choices.text(&bounds);
        self.maybe(&mut schema, bound, |it| json!(1 + it.choices.below(1_000)));
        self.maybe(&mut schema, "default", |_| match kind {
            "string" => json!("text"),
            _ => json!(1),
        });
        self.nullable(schema)
    }

    /// Lets null be a value of a schema, as this version of OpenAPI says it.
    fn nullable(&mut self, mut schema: Map<String, Value>) -> Value {
        if self.choices.one_in(4) {
            match (self.version, schema.get("type").cloned()) {
                (Version::V31, Some(kind)) => {
                    schema.insert("type".to_owned(), json!([kind, "null"]))
                }
                _ => schema.insert("nullable".to_owned(), json!(true)),
            };
        }
        Value::Object(schema)
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "array".into());
        schema.insert("items".to_owned(), self.schema(depth + 1));
        self.describe(&mut schema);
        self.maybe(&mut schema, "uniqueItems", |_| json!(true));
        self.maybe(&mut schema, "maxItems", |it| json!(it.choices.below(5)));
        if self.version == Version::V31 {
            self.maybe(&mut schema, "prefixItems", |it| {
                json!([it.schema(depth + 1), it.schema(depth + 1)])
            });
        }
        self.nullable(schema)
    }

    fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..self.choices.below(MOST + 1) {
            let name = self.name();
            properties.insert(name, self.schema(depth + 1));
        }
        let required = properties.keys().filter(|_| self.choices.one_in(2)).cloned();
        let required: Vec<String> = required.collect();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        self.describe(&mut schema);
        self.maybe(&mut schema, "additionalProperties", |it| match it.choices.below(3) {
            0 => json!(false),
            1 => json!(true),
            _ => it.schema(depth + 1),
        });
        self.maybe(&mut schema, "example", |_| json!({ "a": 1 }));
        self.nullable(schema)
    }

    fn enumeration(&mut self) -> Value {
        let values = match self.choices.below(5) {
            0 => json!(["a", "b"]),
            1 => json!(["A", "a", "", "a b", "1", "*"]),
            2 => json!([1, 2, -3]),
            3 => json!(["a", null]),
            _ => json!([true, "x", 1.5]),
        };
        let mut schema = Map::new();
        if values[0].is_string() {
            schema.insert("type".to_owned(), "string".into());
        }
        schema.insert("enum".to_owned(), values);
        self.describe(&mut schema);
        if self.version == Version::V31 && self.choices.one_in(4) {
            return json!({ "const": "fixed" });
        }
        Value::Object(schema)
    }

    /// `oneOf` or `anyOf`, with a discriminator or without.
    fn union(&mut self, depth: usize) -> Value {
        let keyword = self.choices.text(&["oneOf", "anyOf"]);
        let with_discriminator = self.choices.one_in(2);
        let alternatives: Vec<Value> = (0..=self.choices.below(MOST))
            .map(|_| match self.reference() {
                Some(reference) if with_discriminator || self.choices.one_in(2) => reference,
                _ => self.schema(depth + 1),
            })
            .collect();
        let mut schema = Map::new();
        if with_discriminator {
            schema.insert("discriminator".to_owned(), self.discriminator());
        }
        schema.insert(keyword.to_owned(), json!(alternatives));
        self.describe(&mut schema);
        Value::Object(schema)
    }

    fn discriminator(&mut self) -> Value {
        let name = self.choices.text(&["type", "kind", "user_name"]);
        let mut discriminator = Map::new();
        discriminator.insert("propertyName".to_owned(), name.into());
        self.maybe(&mut discriminator, "mapping", |it| {
            let mut mapping = Map::new();
            for tag in ["a", "b", "c"] {
                if let Some(reference) = it.reference() {
                    mapping.insert(tag.to_owned(), reference["$ref"].clone());
                }
            }
            Value::Object(mapping)
        });
        Value::Object(discriminator)
    }

    /// A schema that others extend, told apart by a discriminator of its own.
    fn base(&mut self) -> Value {
        let discriminator = self.discriminator();
        let name = discriminator["propertyName"].as_str().unwrap_or_default().to_owned();
        json!({
            "type": "object",
            "required": [name],
            "properties": { name: { "type": "string" } },
            "discriminator": discriminator,
        })
    }

    /// A schema that extends another; itself, if that is what is drawn.
    fn subtype(&mut self, name: &str) -> Value {
        let own = self.object(1);
        let base =
            self.reference().filter(|it| it["$ref"] != format!("#/components/schemas/{name}"));
        json!({ "allOf": [base.unwrap_or_else(|| json!({ "type": "object" })), own] })
    }

    fn composed(&mut self, depth: usize) -> Value {
        let parts: Vec<Value> =
            (0..=self.choices.below(MOST)).map(|_| self.schema(depth + 1)).collect();
        let mut schema = Map::new();
        schema.insert("allOf".to_owned(), json!(parts));
        self.describe(&mut schema);
        self.maybe(&mut schema, "required", |it| json!([it.name()]));
        self.maybe(&mut schema, "properties", |it| json!({ it.name(): it.schema(depth + 1) }));
        self.nullable(schema)
    }

    /// What has no type, or says what few say.
    fn odd(&mut self, depth: usize) -> Value {
        match (self.version, self.choices.below(6)) {
            (_, 0) => json!({}),
            (_, 1) => json!({ "not": self.schema(depth + 1) }),
            (_, 2) => json!({ "description": "Anything." }),
            (Version::V31, 3) => json!({ "type": ["string", "integer", "null"] }),
            (Version::V31, 4) => json!({ "patternProperties": { "^x-": self.schema(depth + 1) } }),
            (Version::V31, _) => json!(true),
            (Version::V30, 3) => {
                json!({ "type": "object", "additionalProperties": self.schema(depth + 1) })
            }
            (Version::V30, 4) => json!({ "type": "string", "format": "binary" }),
            (Version::V30, _) => json!({ "properties": { NAMES[0]: self.schema(depth + 1) } }),
        }
    }
}

//! Whether an example is valid at all, judged by a validator that knows nothing of this
//! generator.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde::Serialize;
use serde_json::{Value, json};

use codegen::document::pointer;
use codegen::render::samples::Sender;

/// What the judge says of a value.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is what its schema says.
    Valid,
    /// It is not: the place as a JSON pointer, and what is wrong there.
    Invalid(String),
    /// The schema cannot be read as a JSON Schema.
    Unjudged(String),
}

impl Verdict {
    /// What the report calls it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid(_) => "invalid",
            Self::Unjudged(_) => "not judged",
        }
    }
}

/// Judges values by the schemas of one document.
pub struct Judge {
    draft: Draft,
    registry: Registry<'static>,
    validators: HashMap<(Sender, String), Result<Validator, String>>,
}

impl Judge {
    /// A judge for a document.
    ///
    /// The schemas of OpenAPI 3.0 are those of the fifth draft of JSON Schema, which the fourth
    /// is closest to, with `nullable` added; those of OpenAPI 3.1 are JSON Schema 2020-12.
    ///
    /// # Errors
    ///
    /// What keeps the document from being read as a collection of JSON Schemas.
    pub fn new(document: &Value) -> Result<Self, String> {
        let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
        let draft = if version.starts_with("3.0") { Draft::Draft4 } else { Draft::Draft202012 };
        let mut builder = Registry::new().draft(draft);
        for sender in [Sender::Client, Sender::Server] {
            let schemas = json_schemas(document, sender, draft);
            let resource = draft.create_resource(schemas);
            builder = builder.add(uri(sender), resource).map_err(|error| error.to_string())?;
        }
        let registry = builder.prepare().map_err(|error| error.to_string())?;
        Ok(Self { draft, registry, validators: HashMap::new() })
    }

    /// Judges a value by the schema at a JSON pointer.
    pub fn verdict(&mut self, schema: &str, sender: Sender, value: &Value) -> Verdict {
        let Self { draft, registry, validators } = self;
        let validator = validators
            .entry((sender, schema.to_owned()))
            .or_insert_with(|| validator(*draft, registry, schema, sender));
        match validator {
            Err(message) => Verdict::Unjudged(message.clone()),
            Ok(validator) => match validator.validate(value) {
                Ok(()) => Verdict::Valid,
                Err(error) => Verdict::Invalid(format!("{}: {error}", error.instance_path())),
            },
        }
    }
}

fn validator(
    draft: Draft,
    registry: &Registry<'static>,
    schema: &str,
    sender: Sender,
) -> Result<Validator, String> {
    let fragment = pointer::to_fragment(schema);
    let schema = json!({"$ref": format!("{}#{fragment}", uri(sender))});
    let options = jsonschema::options().with_draft(draft).with_registry(registry);
    options.offline().build(&schema).map_err(|error| error.to_string())
}

/// The URI that a document is registered under.
fn uri(sender: Sender) -> &'static str {
    match sender {
        Sender::Client => "urn:openapi:client",
        Sender::Server => "urn:openapi:server",
    }
}

/// A document whose schemas mean to a JSON Schema validator what OpenAPI says they mean.
///
/// `nullable` adds null to the type (OpenAPI 3.0.3, section 4.7.24.1), and a property of the
/// other direction is not required (the same, section 4.7.24.2).
fn json_schemas(value: &Value, sender: Sender, draft: Draft) -> Value {
    let mut value = value.clone();
    adapt(&mut value, sender, draft);
    value
}

fn adapt(value: &mut Value, sender: Sender, draft: Draft) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| adapt(item, sender, draft)),
        Value::Object(fields) => {
            if draft == Draft::Draft4
                && fields.get("nullable") == Some(&Value::Bool(true))
                && let Some(Value::String(name)) = fields.get("type")
            {
                let types = json!([name, "null"]);
                fields.insert("type".to_owned(), types);
            }
            let other_direction = match sender {
                Sender::Client => "readOnly",
                Sender::Server => "writeOnly",
            };
            let is_other = |name: &Value| {
                let property = fields.get("properties").and_then(|it| it.get(name.as_str()?));
                property.and_then(|it| it.get(other_direction)) == Some(&Value::Bool(true))
            };
            if let Some(Value::Array(required)) = fields.get("required") {
                let required: Vec<Value> =
                    required.iter().filter(|name| !is_other(name)).cloned().collect();
                // The fourth draft has no empty `required`.
                if required.is_empty() {
                    fields.remove("required");
                } else {
                    fields.insert("required".to_owned(), Value::Array(required));
                }
            }
            fields.values_mut().for_each(|field| adapt(field, sender, draft));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(version: &str) -> Value {
        json!({"openapi": version, "paths": {"/a/{id}": {"get": {"responses": {"200": {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
        "components": {"schemas": {"Pet": {
            "type": "object",
            "required": ["id", "name"],
            "properties": {
                "id": {"type": "string", "readOnly": true},
                "name": {"type": "string", "nullable": true, "minLength": 2},
                "age": {"type": "integer", "minimum": 0, "exclusiveMinimum": true}
            }
        }}}})
    }

    fn is_valid(judge: &mut Judge, sender: Sender, value: Value) -> bool {
        let schema = "/paths/~1a~1{id}/get/responses/200/content/application~1json/schema";
        match judge.verdict(schema, sender, &value) {
            Verdict::Valid => true,
            Verdict::Invalid(_) => false,
            Verdict::Unjudged(message) => panic!("{message}"),
        }
    }

    #[test]
    fn nullable_and_directions_count() {
        let mut judge = Judge::new(&document("3.0.3")).unwrap();
        assert!(is_valid(&mut judge, Sender::Server, json!({"id": "1", "name": null})));
        assert!(is_valid(&mut judge, Sender::Client, json!({"name": "Rex", "age": 1})));
        assert!(!is_valid(&mut judge, Sender::Server, json!({"name": "Rex"})));
        assert!(!is_valid(&mut judge, Sender::Client, json!({"name": "R"})));
        assert!(!is_valid(&mut judge, Sender::Client, json!({"name": "Rex", "age": 0})));
    }

    #[test]
    fn a_schema_that_is_none_is_not_judged() {
        let mut document = document("3.0.3");
        document["components"]["schemas"]["Pet"] = json!({"$ref": "#/nowhere"});
        let mut judge = Judge::new(&document).unwrap();
        let verdict = judge.verdict("/components/schemas/Pet", Sender::Server, &json!({}));
        assert!(matches!(verdict, Verdict::Unjudged(_)), "{verdict:?}");
    }
}

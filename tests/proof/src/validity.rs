//! Whether a value is what its schema says, by a JSON Schema validator that knows nothing of this generator.
//!
//! There is one dialect, JSON Schema 2020-12. Schemas of OpenAPI 3.1 are written in it; those of 3.0 are adapted, so that
//! they mean in it what OpenAPI 3.0.3 says. Where the standard leaves a doubt, a value is valid: what is called
//! invalid excuses whoever did not take it.

use std::collections::HashMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde::Serialize;
use serde_json::{Map, Value, json};

use codegen::document::structure::{Object, Shape};
use codegen::document::walk::{Visitor, walk};
use codegen::document::{pointer, references};
use codegen::render::samples::Sender;

/// What a schema says of a value.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// It is what the schema says.
    Valid,
    /// It is not: the place as a JSON pointer, and what is wrong there.
    Invalid(String),
    /// The schema cannot be read as a JSON Schema.
    Unjudged(String),
}

impl Validity {
    /// What a report calls it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid(_) => "invalid",
            Self::Unjudged(_) => "not judged",
        }
    }

    /// What is wrong with the value, where anything is known to be.
    pub fn problem(self) -> Option<String> {
        match self {
            Self::Invalid(problem) => Some(problem),
            Self::Valid | Self::Unjudged(_) => None,
        }
    }
}

/// Whether a text has to be of the `format` that its schema names.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Formats {
    /// It need not: a format is an annotation (JSON Schema 2020-12 Validation, section 7.2.1).
    Annotated,
    /// It has to. For a value that goes to a server, which may insist on it, and for examples.
    Asserted,
}

/// The schemas of one document.
#[derive(Debug)]
pub struct Schemas {
    registry: Registry<'static>,
    validators: HashMap<(Sender, Formats, String), Result<Validator, String>>,
}

impl Schemas {
    /// The schemas of a document.
    ///
    /// # Errors
    ///
    /// What keeps the document from being read as a collection of JSON Schemas.
    pub fn new(document: &Value) -> Result<Self, String> {
        let mut found = Found::default();
        walk(document, Object::OpenApi, "", &mut found);
        let mut builder = Registry::new().draft(Draft::Draft202012);
        for sender in [Sender::Client, Sender::Server] {
            let mut schemas = document.clone();
            for at in &found.0 {
                if let Some(Value::Object(schema)) = pointer::get_mut(&mut schemas, at) {
                    require_own_direction(schema, document, sender);
                    adapt(schema, document);
                }
            }
            let resource = Draft::Draft202012.create_resource(schemas);
            builder = builder.add(uri(sender), resource).map_err(|error| error.to_string())?;
        }
        let registry = builder.prepare().map_err(|error| error.to_string())?;
        Ok(Self { registry, validators: HashMap::new() })
    }

    /// What the schema at a JSON pointer says of a value that is sent by `sender`.
    pub fn check(
        &mut self,
        schema: &str,
        sender: Sender,
        formats: Formats,
        value: &Value,
    ) -> Validity {
        match self.validator(schema, sender, formats) {
            Err(message) => Validity::Unjudged(message.clone()),
            Ok(validator) => match validator.validate(value) {
                Ok(()) => Validity::Valid,
                Err(error) => Validity::Invalid(told(&error)),
            },
        }
    }

    /// What is missing in a value or of another type than the schema at a JSON pointer says. That it fits
    /// more than one schema of a `oneOf` is no such fault.
    pub fn fault(&mut self, schema: &str, sender: Sender, value: &Value) -> Option<String> {
        let validator = self.validator(schema, sender, Formats::Asserted).as_ref().ok()?;
        let is_fault = |error: &ValidationError<'_>| {
            !matches!(error.kind(), ValidationErrorKind::OneOfMultipleValid { .. })
        };
        validator.iter_errors(value).find(is_fault).map(|error| told(&error))
    }

    fn validator(
        &mut self,
        schema: &str,
        sender: Sender,
        formats: Formats,
    ) -> &Result<Validator, String> {
        let Self { registry, validators } = self;
        let key = (sender, formats, schema.to_owned());
        validators.entry(key).or_insert_with(|| {
            let fragment = pointer::to_fragment(schema);
            let schema = json!({"$ref": format!("{}#{fragment}", uri(sender))});
            let options = options(formats).with_registry(registry);
            options.build(&schema).map_err(|error| error.to_string())
        })
    }
}

/// What is wrong with a value, and where. The value itself may be long.
fn told(error: &ValidationError<'_>) -> String {
    format!("{}: {}", error.instance_path(), error.masked())
}

/// Whether a value, with its format, is valid by a schema of `document` that refers to no other.
pub fn is_valid(document: &Value, schema: &Map<String, Value>, value: &Value) -> bool {
    let mut schema = schema.clone();
    adapt(&mut schema, document);
    let validator = options(Formats::Asserted).build(&Value::Object(schema));
    validator.is_ok_and(|validator| validator.is_valid(value))
}

fn options<'a>(formats: Formats) -> jsonschema::ValidationOptions<'a> {
    let asserted = formats == Formats::Asserted;
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    options.should_validate_formats(asserted).offline()
}

/// The URI that the document is registered under.
fn uri(sender: Sender) -> &'static str {
    match sender {
        Sender::Client => "urn:openapi:client",
        Sender::Server => "urn:openapi:server",
    }
}

/// The JSON pointers to the schemas of a document.
#[derive(Default)]
struct Found(Vec<String>);

impl<'a> Visitor<'a> for Found {
    fn enter(&mut self, _: &'a Value, shape: Shape, at: &str) -> bool {
        if shape == Shape::Object(Object::Schema) {
            self.0.push(at.to_owned());
        }
        true
    }
}

/// Requires no property that only the other side sends (OpenAPI 3.0.3, section 4.7.24.2).
fn require_own_direction(schema: &mut Map<String, Value>, document: &Value, sender: Sender) {
    let other_direction = match sender {
        Sender::Client => "readOnly",
        Sender::Server => "writeOnly",
    };
    let properties = schema.get("properties");
    let is_own = |name: &Value| {
        let property = properties.and_then(|it| it.get(name.as_str()?));
        property.is_none_or(|property| !is_flagged(property, document, other_direction))
    };
    if let Some(Value::Array(required)) = schema.get("required") {
        let own: Vec<Value> = required.iter().filter(|name| is_own(name)).cloned().collect();
        schema.insert("required".to_owned(), Value::Array(own));
    }
}

/// Whether a property, or the schema that it refers to, has a flag. Beside a `$ref` it counts, too: that is what is
/// meant by it, and without it more would be required.
fn is_flagged(property: &Value, document: &Value, flag: &str) -> bool {
    let target = references::target(property);
    let target = target.and_then(|at| references::resolve(document, &at));
    property[flag] == true || target.is_some_and(|(_, schema)| schema[flag] == true)
}

/// Makes a schema of OpenAPI 3.0 mean the same in JSON Schema 2020-12; leaves one of a later version as it is.
fn adapt(schema: &mut Map<String, Value>, document: &Value) {
    if !document["openapi"].as_str().is_some_and(|version| version.starts_with("3.0")) {
        return;
    }
    // What stands beside a reference is ignored (section 4.7.23).
    if schema.get("$ref").is_some_and(Value::is_string) {
        schema.retain(|key, _| key == "$ref");
    }
    // 3.0 has no such keywords; in 2020-12 they change what references are relative to.
    schema.retain(|key, _| !matches!(key.as_str(), "$id" | "$schema" | "$anchor"));
    // Null joins the type. An `enum` still has to list it (the proposal "Clarify Semantics of `nullable`", which is
    // the text of 3.0.3), and without a type there is nothing to join.
    if schema.get("nullable") == Some(&Value::Bool(true))
        && let Some(name @ Value::String(_)) = schema.get("type")
    {
        let types = json!([name, "null"]);
        schema.insert("type".to_owned(), types);
    }
    move_bound(schema, "minimum", "exclusiveMinimum");
    move_bound(schema, "maximum", "exclusiveMaximum");
}

/// An exclusive bound is a flag in 3.0, and the bound itself in 2020-12.
fn move_bound(schema: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    let Some(Value::Bool(is_exclusive)) = schema.get(exclusive) else { return };
    let number = if *is_exclusive { schema.remove(bound) } else { None };
    match number {
        Some(number) => schema.insert(exclusive.to_owned(), number),
        None => schema.remove(exclusive),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    const PET: &str = "/components/schemas/Pet";

    fn document(version: &str, properties: Value) -> Value {
        json!({"openapi": version, "paths": {"/a/{id}": {"get": {"responses": {"200": {
        "content": {"application/json": {"schema": {"$ref": format!("#{PET}")}}}}}}}},
        "components": {"schemas": {
            "Id": {"type": "string", "readOnly": true},
            "Pet": {"type": "object", "required": ["id"], "properties": properties}
        }}})
    }

    fn schemas(version: &str, properties: Value) -> Schemas {
        Schemas::new(&document(version, properties)).unwrap()
    }

    fn is_valid(schemas: &mut Schemas, sender: Sender, value: &Value) -> bool {
        let schema = "/paths/~1a~1{id}/get/responses/200/content/application~1json/schema";
        match schemas.check(schema, sender, Formats::Annotated, value) {
            Validity::Valid => true,
            Validity::Invalid(_) => false,
            Validity::Unjudged(message) => panic!("{message}"),
        }
    }

    #[test]
    fn a_property_of_the_other_direction_is_not_required() {
        for id in [
            json!({"type": "string", "readOnly": true}),
            json!({"$ref": "#/components/schemas/Id"}),
        ] {
            let mut schemas = schemas("3.0.3", json!({"id": id}));
            assert!(is_valid(&mut schemas, Sender::Client, &json!({})));
            assert!(!is_valid(&mut schemas, Sender::Server, &json!({})));
        }
    }

    #[test]
    fn schemas_of_3_0_mean_what_they_say() {
        let properties = json!({
            "id": {"$ref": "#/components/schemas/Id"},
            "name": {"type": "string", "nullable": true, "minLength": 2},
            "kind": {"type": "string", "nullable": true, "enum": ["a"]},
            "listed": {"type": "string", "nullable": true, "enum": ["a", null]},
            "any": {"nullable": true, "enum": ["a"]},
            "age": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
            "size": {"type": "integer", "minimum": 0, "exclusiveMinimum": false},
            "other": {"$ref": "#/components/schemas/Id", "minLength": 2},
            "born": {"type": "string", "format": "date"},
            "nullable": {"type": "boolean", "$id": "urn:x"}
        });
        let mut schemas = schemas("3.0.3", properties);
        for (value, expected) in [
            (json!({"name": null}), true),
            (json!({"name": "R"}), false),
            (json!({"kind": null}), false),
            (json!({"listed": null}), true),
            (json!({"any": null}), false),
            (json!({"age": 0}), false),
            (json!({"age": 1.0}), true),
            (json!({"size": 0}), true),
            (json!({"other": "R"}), true),
            (json!({"born": "once"}), true),
            (json!({"nullable": 1}), false),
        ] {
            assert_eq!(is_valid(&mut schemas, Sender::Client, &value), expected, "{value}");
        }
        let born = json!({"born": "once"});
        let asserted = schemas.check(PET, Sender::Client, Formats::Asserted, &born);
        assert!(asserted.problem().is_some_and(|problem| problem.starts_with("/born: ")));
    }

    #[test]
    fn schemas_of_3_1_are_taken_as_they_are() {
        let mut schemas = schemas(
            "3.1.0",
            json!({
                "id": {"$ref": "#/components/schemas/Id"},
                "name": {"type": "string", "nullable": true},
                "age": {"type": ["integer", "null"], "exclusiveMinimum": 0},
                "other": {"$ref": "#/components/schemas/Id", "minLength": 2}
            }),
        );
        for (value, expected) in [
            (json!({"name": null}), false),
            (json!({"age": null}), true),
            (json!({"age": 0}), false),
            (json!({"other": "R"}), false),
        ] {
            assert_eq!(is_valid(&mut schemas, Sender::Client, &value), expected, "{value}");
        }
    }

    #[test]
    fn a_schema_that_is_none_is_not_judged() {
        let mut document = document("3.0.3", json!({}));
        document["components"]["schemas"]["Pet"] = json!({"$ref": "#/nowhere"});
        let mut schemas = Schemas::new(&document).unwrap();
        let validity = schemas.check(PET, Sender::Server, Formats::Annotated, &json!({}));
        assert!(matches!(validity, Validity::Unjudged(_)), "{validity:?}");
    }
}

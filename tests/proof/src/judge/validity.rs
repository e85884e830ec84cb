//! Whether a value is what its schema says, by a validator that knows nothing of this generator.

use std::collections::HashMap;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

use codegen::document::{pointer, references};
use codegen::render::samples::Sender;

/// How the document is called among the schemas.
const CLIENT: &str = "urn:openapi:client";
const SERVER: &str = "urn:openapi:server";

/// The schemas of one document. Formats count.
#[derive(Debug)]
pub struct Schemas {
    registry: Registry<'static>,
    validators: HashMap<(&'static str, String), Result<Validator, String>>,
}

impl Schemas {
    /// The schemas of a document.
    ///
    /// # Errors
    ///
    /// What keeps the document from being read as a collection of JSON Schemas.
    pub fn new(document: &Value) -> Result<Self, String> {
        let mut builder = Registry::new().draft(Draft::Draft202012);
        for (uri, other_direction) in [(CLIENT, "readOnly"), (SERVER, "writeOnly")] {
            let mut schemas = document.clone();
            adapt(&mut schemas, document, other_direction);
            let resource = Draft::Draft202012.create_resource(schemas);
            builder = builder.add(uri, resource).map_err(|error| error.to_string())?;
        }
        let registry = builder.prepare().map_err(|error| error.to_string())?;
        Ok(Self { registry, validators: HashMap::new() })
    }

    /// What is wrong with a value by the schema at a JSON pointer. None where nothing is, or where the
    /// schema is none.
    pub fn problem(&mut self, schema: &str, sender: Sender, value: &Value) -> Option<String> {
        let uri = match sender {
            Sender::Client => CLIENT,
            Sender::Server => SERVER,
        };
        let Self { registry, validators } = self;
        let validator = validators.entry((uri, schema.to_owned())).or_insert_with(|| {
            let fragment = pointer::to_fragment(schema);
            validator(&json!({"$ref": format!("{uri}#{fragment}")}), Some(registry))
        });
        let error = validator.as_ref().ok()?.validate(value).err()?;
        let place = error.instance_path();
        // The value itself may be long.
        Some(format!(
            "{}: {}",
            if place.as_str().is_empty() { "/" } else { place.as_str() },
            error.masked()
        ))
    }
}

/// Whether a value is valid by a schema that refers to no other.
pub fn is_valid(schema: &Map<String, Value>, value: &Value) -> bool {
    let mut schema = Value::Object(schema.clone());
    adapt(&mut schema, &Value::Null, "");
    validator(&schema, None).is_ok_and(|validator| validator.is_valid(value))
}

fn validator(schema: &Value, registry: Option<&Registry<'static>>) -> Result<Validator, String> {
    let mut options =
        jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    if let Some(registry) = registry {
        options = options.with_registry(registry);
    }
    options.offline().build(schema).map_err(|error| error.to_string())
}

/// Makes schemas mean in JSON Schema 2020-12 what they mean in OpenAPI: `nullable` adds null (OpenAPI
/// 3.0.3, section 4.7.24.1), a property of the other direction is not required (section 4.7.24.2),
/// and an exclusive bound is a flag.
fn adapt(value: &mut Value, document: &Value, other_direction: &str) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(|item| adapt(item, document, other_direction));
        }
        Value::Object(fields) => {
            add_null(fields);
            move_bound(fields, "minimum", "exclusiveMinimum");
            move_bound(fields, "maximum", "exclusiveMaximum");
            let is_other = |name: &Value| {
                let property = fields.get("properties").and_then(|it| it.get(name.as_str()?));
                property.is_some_and(|property| is_flagged(property, document, other_direction))
            };
            if let Some(Value::Array(required)) = fields.get("required") {
                let required: Vec<Value> =
                    required.iter().filter(|name| !is_other(name)).cloned().collect();
                fields.insert("required".to_owned(), Value::Array(required));
            }
            fields.values_mut().for_each(|field| adapt(field, document, other_direction));
        }
        _ => {}
    }
}

/// Whether a property, or the schema that it refers to, has a flag.
fn is_flagged(property: &Value, document: &Value, flag: &str) -> bool {
    let target = references::target(property);
    let target = target.and_then(|at| references::resolve(document, &at));
    let schema = target.map_or(property, |(_, schema)| schema);
    schema[flag] == true || property[flag] == true
}

fn add_null(fields: &mut Map<String, Value>) {
    if fields.get("nullable") != Some(&Value::Bool(true)) {
        return;
    }
    if let Some(Value::String(name)) = fields.get("type") {
        let types = json!([name, "null"]);
        fields.insert("type".to_owned(), types);
    }
    if let Some(Value::Array(values)) = fields.get_mut("enum") {
        values.push(Value::Null);
    }
}

fn move_bound(fields: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    match fields.get(exclusive) {
        Some(Value::Bool(true)) => match fields.remove(bound) {
            Some(number) => fields.insert(exclusive.to_owned(), number),
            None => fields.remove(exclusive),
        },
        Some(Value::Bool(false)) => fields.remove(exclusive),
        _ => None,
    };
}

//! Which Rust type a schema of the document has become.

use std::collections::HashMap;

use serde_json::Value;

use codegen::document::{pointer, references};
use codegen::ir::{Sdk, Type};

/// The types of one SDK, by the places of the document that they were made of.
pub struct Types<'a> {
    document: &'a Value,
    sdk: &'a Sdk,
    components: HashMap<&'a str, &'a str>,
    parameters: HashMap<String, &'a Type>,
}

impl<'a> Types<'a> {
    /// The types of an SDK that was made of a document.
    pub fn new(document: &'a Value, sdk: &'a Sdk) -> Self {
        let mut components = HashMap::new();
        for model in &sdk.models {
            if model.pointer == pointer::child("/components/schemas", &model.schema) {
                components.insert(model.pointer.as_str(), model.name.as_str());
            }
        }
        Self { document, sdk, components, parameters: parameters(document, sdk) }
    }

    /// The type of the schema at a place; none where the SDK has no use for it.
    pub fn of_schema(&self, at: &str) -> Option<Type> {
        let mut at = at.to_owned();
        for _ in 0..references::LONGEST_CHAIN {
            if let Some(name) = self.components.get(at.as_str()) {
                return Some(Type::Model((*name).to_owned()));
            }
            match references::target(pointer::get(self.document, &at)?) {
                Some(target) => at = target.into_owned(),
                None => return self.of_inline(&at),
            }
        }
        None
    }

    /// The type of the parameter that is defined at a place.
    pub fn of_parameter(&self, at: &str) -> Option<Type> {
        self.parameters.get(at).copied().cloned().map(in_json)
    }

    /// The type of a schema that stands in place. That of a parameter is known by the parameter.
    fn of_inline(&self, at: &str) -> Option<Type> {
        let lowered = self.sdk.schema_types.get(at);
        let parameter = || self.parameters.get(at.strip_suffix("/schema")?).copied();
        lowered.or_else(parameter).cloned().map(in_json)
    }
}

/// Binary data within JSON is a string.
fn in_json(ty: Type) -> Type {
    match ty {
        Type::Binary | Type::File => Type::String,
        Type::Array(item) => Type::Array(Box::new(in_json(*item))),
        Type::Map(value) => Type::Map(Box::new(in_json(*value))),
        Type::Nullable(value) => Type::Nullable(Box::new(in_json(*value))),
        other => other,
    }
}

/// The types of parameters, by the places where they are defined.
fn parameters<'a>(document: &Value, sdk: &'a Sdk) -> HashMap<String, &'a Type> {
    let mut types = HashMap::new();
    for operation in sdk.apis.iter().flat_map(|api| &api.operations) {
        let item = pointer::parent(&operation.pointer).unwrap_or_default();
        for owner in [item, operation.pointer.as_str()] {
            let list = pointer::child(owner, "parameters");
            let Some(Value::Array(declared)) = pointer::get(document, &list) else { continue };
            for index in 0..declared.len() {
                let place = pointer::child(&list, &index.to_string());
                let Some((place, definition)) = references::resolve(document, &place) else {
                    continue;
                };
                let of = |key: &str| definition.get(key).and_then(Value::as_str);
                let lowered = operation.parameters.iter().find(|parameter| {
                    of("name") == Some(parameter.name.as_str())
                        && of("in") == Some(parameter.location.as_str())
                });
                types.extend(lowered.map(|parameter| (place, &parameter.ty)));
            }
        }
    }
    types
}

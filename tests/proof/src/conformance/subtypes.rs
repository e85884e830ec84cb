//! Values of each subtype of a discriminated schema.

use std::collections::HashMap;

use serde_json::Value;

use super::examples::Example;
use crate::validity::{Formats, Schemas, Validity};
use codegen::ir::{Model, ModelKind, Sdk, TaggedUnion, TaggedVariant, Type};
use codegen::render::samples::{self, Samples, Sender};

/// A value that has to come out of a union as one of its variants.
#[derive(Clone, Debug)]
pub struct Subtype {
    /// The Rust name of the union.
    pub union: String,
    /// Where the discriminated schema stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The variant.
    pub variant: String,
    /// The value of the discriminator.
    pub tag: String,
    /// The value.
    pub value: Value,
    /// Whether the document gives the value; else it is made of the schema.
    pub is_example: bool,
}

/// A value for each value of each discriminator of the SDK: an example of the subtype or of the
/// union that is valid by the subtype's schema, or else a value made of that schema.
pub fn subtypes(sdk: &Sdk, examples: &[Example<'_>], schemas: &mut Schemas) -> Vec<Subtype> {
    let mut by_model: HashMap<&str, Vec<&Value>> = HashMap::new();
    for example in examples {
        match &example.ty {
            Some(Type::Model(name)) => by_model.entry(name).or_default().push(example.value),
            Some(Type::Array(item)) => {
                if let (Type::Model(name), Value::Array(values)) = (&**item, example.value) {
                    by_model.entry(name).or_default().extend(values);
                }
            }
            _ => {}
        }
    }
    let mut finder = Finder { sdk, samples: Samples::new(sdk), by_model, schemas };
    let mut found = Vec::new();
    for model in &sdk.models {
        let ModelKind::TaggedUnion(union) = &model.kind else { continue };
        for variant in &union.variants {
            for tag in &variant.tags {
                let Some((value, is_example)) = finder.value(model, union, variant, tag) else {
                    continue;
                };
                found.push(Subtype {
                    union: model.name.clone(),
                    pointer: model.pointer.clone(),
                    variant: variant.ident.clone(),
                    tag: tag.clone(),
                    value,
                    is_example,
                });
            }
        }
    }
    found
}

struct Finder<'a> {
    sdk: &'a Sdk,
    samples: Samples<'a>,
    by_model: HashMap<&'a str, Vec<&'a Value>>,
    schemas: &'a mut Schemas,
}

impl Finder<'_> {
    /// A value with that tag, and whether the document gives it.
    fn value(
        &mut self,
        model: &Model,
        union: &TaggedUnion,
        variant: &TaggedVariant,
        tag: &str,
    ) -> Option<(Value, bool)> {
        let Type::Model(subtype) = &variant.ty else { return None };
        let schema = self.sdk.model(subtype)?.pointer.clone();
        let given = [model.name.as_str(), subtype].into_iter();
        let given = given.filter_map(|name| self.by_model.get(name)).flatten();
        let mut tagged =
            given.filter(|value| value.get(&union.property).and_then(Value::as_str) == Some(tag));
        let schemas = &mut *self.schemas;
        let is_valid = |value: &&&Value| {
            schemas.check(&schema, Sender::Server, Formats::Asserted, value) == Validity::Valid
        };
        if let Some(example) = tagged.find(is_valid) {
            return Some(((*example).clone(), true));
        }
        let mut value = self.samples.value(&variant.ty, samples::Sender::Server)?;
        value.as_object_mut()?.insert(union.property.clone(), Value::from(tag));
        Some((value, false))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing;
    use super::*;

    #[test]
    fn each_tag_has_an_example_that_is_valid_or_a_value_made_of_the_schema() {
        let subtype = |required: &str| {
            json!({"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object",
                "required": [required], "properties": {required: {"type": "integer"}}}]})
        };
        let mut cat = subtype("lives");
        cat["example"] = json!({"kind": "cat", "lives": 9});
        let mut dog = subtype("age");
        dog["example"] = json!({"kind": "dog"});
        let schemas = json!({
            "Pet": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind", "mapping": {
                    "cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}}},
            "Cat": cat, "Dog": dog
        });
        let document = testing::document(json!({}), schemas);
        let sdk = testing::sdk(&document);
        let mut schemas = Schemas::new(&document).unwrap();
        let found = subtypes(&sdk, &testing::examples(&document, &sdk), &mut schemas);
        let shown: Vec<_> = found
            .iter()
            .map(|subtype| {
                (subtype.variant.as_str(), subtype.is_example, subtype.value.to_string())
            })
            .collect();
        let expected = [
            ("Cat", true, r#"{"kind":"cat","lives":9}"#.to_owned()),
            ("Dog", false, r#"{"kind":"dog","age":1}"#.to_owned()),
        ];
        assert_eq!(shown, expected);
        assert!(found.iter().all(|subtype| subtype.union == "Pet"));
    }
}

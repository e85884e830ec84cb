//! The fields that an object, or any object of a union, may have.

use std::collections::HashMap;

use serde_json::Value;

use super::names::kebab;
use super::shapes::resolved;
use crate::ir::{self, Constraints, Model, ModelKind, Presence, Sdk, TaggedUnion, Type};
use crate::names::snake_name;

/// What the constraints of a discriminator are.
static NO_CONSTRAINTS: Constraints = Constraints {
    minimum: None,
    maximum: None,
    multiple_of: None,
    length: ir::Count { least: None, most: None },
    pattern: None,
    items: ir::Count { least: None, most: None },
    unique_items: false,
    properties: ir::Count { least: None, most: None },
};

/// The type of a discriminator.
static STRING: Type = Type::String;

/// A field of an object, or of some objects of a union.
pub struct Field<'a> {
    /// The property's name in JSON.
    pub name: &'a str,
    /// The name of its flag, without the dashes.
    pub flag: String,
    /// Its type.
    pub ty: &'a Type,
    /// The values that tell the variants of a union apart.
    pub tags: Option<Vec<String>>,
    /// Description, in Markdown.
    pub description: &'a str,
    /// No object can do without it.
    pub required: bool,
    /// The document advises against using it.
    pub deprecated: bool,
    /// The value that the server assumes where it is absent.
    pub default: Option<&'a Value>,
    /// What its values have to keep.
    pub constraints: &'a Constraints,
}

/// The fields that a caller may set; none of a model whose values are no objects.
pub fn of<'a>(sdk: &'a Sdk, model: &'a Model) -> Option<Vec<Field<'a>>> {
    match &model.kind {
        ModelKind::Object(object) => {
            let fields = object.fields.iter().filter(|field| !field.read_only);
            Some(fields.map(of_object).collect())
        }
        ModelKind::TaggedUnion(union) => {
            let mut fields = merged(sdk, union.variants.iter().map(|variant| &variant.ty))?;
            fields.retain(|field| field.name != union.property);
            fields.insert(0, discriminator(union));
            Some(fields)
        }
        ModelKind::UntaggedUnion(union) => {
            merged(sdk, union.variants.iter().map(|variant| &variant.ty))
        }
        _ => None,
    }
}

fn of_object(field: &ir::Field) -> Field<'_> {
    Field {
        name: &field.name,
        flag: kebab(&field.ident),
        ty: &field.ty,
        tags: None,
        description: &field.description,
        required: field.presence == Presence::Required,
        deprecated: field.deprecated,
        default: field.default.as_ref(),
        constraints: &field.constraints,
    }
}

fn discriminator(union: &TaggedUnion) -> Field<'_> {
    let tags = union.variants.iter().flat_map(|variant| &variant.tags).cloned();
    Field {
        name: &union.property,
        flag: kebab(&snake_name(&union.property)),
        ty: &STRING,
        tags: Some(tags.collect()),
        description: "",
        required: true,
        deprecated: false,
        default: None,
        constraints: &NO_CONSTRAINTS,
    }
}

/// The fields of all variants, each once. Required is what every variant requires.
fn merged<'a>(sdk: &'a Sdk, variants: impl Iterator<Item = &'a Type>) -> Option<Vec<Field<'a>>> {
    let mut fields: Vec<Field<'a>> = Vec::new();
    let mut required: HashMap<&str, usize> = HashMap::new();
    let mut count = 0;
    for ty in variants {
        let Type::Model(name) = resolved(sdk, ty) else { return None };
        let ModelKind::Object(object) = &sdk.model(name)?.kind else { return None };
        count += 1;
        for field in object.fields.iter().filter(|field| !field.read_only).map(of_object) {
            *required.entry(field.name).or_default() += usize::from(field.required);
            if fields.iter().all(|known| known.name != field.name) {
                fields.push(field);
            }
        }
    }
    for field in &mut fields {
        field.required = required.get(field.name) == Some(&count);
    }
    Some(fields)
}

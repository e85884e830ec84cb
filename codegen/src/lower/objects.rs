//! Objects: properties become fields.

use openapiv3::Schema;

use super::Lowering;
use super::merge::{Merged, Part};
use super::names::{self, Names};
use super::view::{Additional, SchemaRef, View};
use crate::ir::{AdditionalProperties, Field, Object, Presence, Type};

/// Names that every model has a use for: its constructor and the unknown properties.
const RESERVED_FIELDS: [&str; 2] = ["new", "additional_properties"];

impl<'a> Lowering<'a> {
    /// The struct of merged schemas.
    pub(super) fn object(&mut self, merged: &Merged<'a>) -> Object {
        let mut idents = Names::reserving(RESERVED_FIELDS);
        let mut fields = Vec::with_capacity(merged.properties.len());
        for (name, parts) in &merged.properties {
            let is_required = merged.required.contains(name);
            fields.push(self.field(name, parts, is_required, &mut idents));
        }
        Object { fields, additional: self.additional(merged) }
    }

    fn field(
        &mut self,
        name: &str,
        parts: &[Part<'a>],
        required: bool,
        idents: &mut Names,
    ) -> Field {
        let ident = idents.take(&names::snake_name(name));
        let (ty, presence) = match (self.type_of_parts(parts), required) {
            (ty, true) => (ty, Presence::Required),
            (Type::Nullable(ty), false) => (*ty, Presence::Nullable),
            (ty, false) => (ty, Presence::Optional),
        };
        let last = parts.last().map(|part| part.schema);
        let schema = last.and_then(inline);
        let data = schema.map(|schema| &schema.schema_data);
        Field {
            name: name.to_owned(),
            ident: names::escaped(&ident),
            ty,
            boxed: false,
            presence,
            description: self.property_description(last),
            read_only: data.is_some_and(|data| data.read_only),
            write_only: data.is_some_and(|data| data.write_only),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
            example: data.and_then(|data| data.example.clone()),
        }
    }

    /// What the property says of itself, or else what its schema says.
    fn property_description(&self, schema: Option<SchemaRef<'a>>) -> String {
        match schema {
            None => String::new(),
            Some(SchemaRef::Inline(schema)) => View::new(schema).description(),
            Some(SchemaRef::Component(name)) => {
                let Some((schema, _)) = self.component_schema(name) else { return String::new() };
                let description = View::new(schema).description();
                description.split("\n\n").next().unwrap_or_default().to_owned()
            }
        }
    }

    fn additional(&mut self, merged: &Merged<'a>) -> AdditionalProperties {
        let (ty, declared) = match merged.additional {
            Additional::Unsaid | Additional::Any(false) => (Type::Any, false),
            Additional::Any(true) => (Type::Any, true),
            Additional::Typed(schema) => {
                let place = merged.additional_place.named(&["additionalProperties"], "Value");
                (self.type_of(schema, &place), true)
            }
        };
        AdditionalProperties { ty, declared }
    }
}

fn inline(schema: SchemaRef<'_>) -> Option<&Schema> {
    match schema {
        SchemaRef::Inline(schema) => Some(schema),
        SchemaRef::Component(_) => None,
    }
}

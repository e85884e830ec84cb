//! Objects: properties become fields.

use openapiv3::{Schema, SchemaData};

use super::Lowering;
use super::merge::{Merged, Part};
use super::view::{Additional, SchemaRef, View};
use crate::ir::{AdditionalProperties, Field, Object, Presence, Secrecy, Type};
use crate::names::{self, Names};

/// Names that every model has a use for: its constructor and the unknown properties.
const RESERVED_FIELDS: [&str; 3] = ["new", "additional_properties", "additional_property"];

impl<'a> Lowering<'a> {
    /// The struct of merged schemas. `schema` is the name of the schema, or of the model where it has none.
    pub(super) fn object(&mut self, schema: &str, merged: &Merged<'a>) -> Object {
        let mut idents = Names::reserving(RESERVED_FIELDS);
        // A name of the user's choice goes before one that a property has by itself.
        let chosen = merged.properties.iter().map(|(name, parts)| {
            let chosen = self.chosen_name(schema, name, parts)?;
            Some(idents.take(&names::snake_name(chosen)))
        });
        let chosen: Vec<Option<String>> = chosen.collect();
        let mut fields = Vec::with_capacity(merged.properties.len());
        for ((name, parts), chosen) in merged.properties.iter().zip(chosen) {
            let is_required = merged.required.contains(name);
            let ident = chosen.unwrap_or_else(|| idents.take_snake(name));
            let mut field = self.field(name, &ident, parts, is_required);
            field.secrecy = self.secrecy(schema, name, parts.last().map(|part| part.schema));
            fields.push(field);
        }
        Object { fields, additional: self.additional(merged) }
    }

    fn field(&mut self, name: &str, ident: &str, parts: &[Part<'a>], required: bool) -> Field {
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
            ident: names::escaped(ident),
            ty,
            boxed: false,
            presence,
            description: self.property_description(last),
            read_only: self.has_flag(last, |data| data.read_only),
            write_only: self.has_flag(last, |data| data.write_only),
            secrecy: Secrecy::Open,
            in_answers: false,
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
            constraints: self.constraints(last),
            example: data.and_then(|data| data.example.clone()),
        }
    }

    /// What the user calls the field of a property. Those that inherit a property have the name that the
    /// base has for it.
    fn chosen_name(&self, schema: &str, property: &str, parts: &[Part<'a>]) -> Option<&'a str> {
        if self.config.rename.fields.is_empty() {
            return None;
        }
        let base = parts.last().and_then(|part| self.component_around(&part.place));
        let names = [Some(schema), base];
        names.into_iter().flatten().find_map(|it| self.config.field_name(it, property))
    }

    /// Whether the property, or the schema that it refers to, has a flag.
    pub(super) fn has_flag(
        &self,
        schema: Option<SchemaRef<'a>>,
        flag: fn(&SchemaData) -> bool,
    ) -> bool {
        let schema = schema.and_then(|schema| self.schema(schema));
        schema.is_some_and(|schema| flag(&schema.schema_data))
    }

    /// What the property says of itself, or else what its schema says.
    fn property_description(&self, schema: Option<SchemaRef<'a>>) -> String {
        match schema {
            None => String::new(),
            Some(SchemaRef::Inline(schema)) => View::new(schema).description(),
            Some(SchemaRef::Component(name)) => {
                let Some(schema) = self.component(name) else { return String::new() };
                let description = View::new(schema).description();
                let first = description.split("\n\n").next().unwrap_or_default();
                let fits = self
                    .text
                    .spend(first.len(), &super::place::pointer("/components/schemas", &[name]));
                if fits { first.to_owned() } else { String::new() }
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

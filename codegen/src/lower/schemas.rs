//! Schemas become types; those that need a name become models.

use std::collections::HashSet;

use openapiv3::ReferenceOr;
use serde_json::Value;

use super::merge::{Merged, Part};
use super::place::Place;
use super::values::{GivenNames, value_descriptions, variant_ident};
use super::view::{Additional, SchemaRef, View};
use super::{Lowering, names, scalars};
use crate::ir::{EnumValue, Model, ModelKind, Type, UnionVariant, UntaggedUnion};
use crate::names::Names;

/// Names that an enum has a use for: its catch-all and methods' types.
pub(super) const RESERVED_VARIANTS: [&str; 1] = ["Unknown"];

impl<'a> Lowering<'a> {
    /// Lowers every schema of `components.schemas`.
    pub(super) fn lower_components(&mut self) {
        let components = self.components;
        for name in components.schemas.keys() {
            let given = self.config.schema_name(name);
            let given = given.map(|given| names::chosen(&given, names::type_name));
            let wanted = given.unwrap_or_else(|| names::type_name(name));
            let rust_name = self.type_names.take(&wanted);
            self.component_types.insert(name, rust_name);
        }
        // Every component holds its place in the order before inline schemas join it.
        for name in components.schemas.keys() {
            if self.config.schema_type(name).is_none() {
                self.lower_component(name);
            }
        }
    }

    fn lower_component(&mut self, name: &'a str) {
        let place = self.component_place(name);
        let components = self.components;
        let Some(schema) = components.schemas.get(name) else { return };
        let index = self.models.len();
        let (kind, view) = match schema {
            ReferenceOr::Reference { reference } => {
                let target = super::view::component_name(reference);
                (ModelKind::Alias(self.component_type(target)), None)
            }
            ReferenceOr::Item(schema) => {
                let view = View::new(schema);
                (self.kind(SchemaRef::Inline(schema), &view, &place), Some(view))
            }
        };
        let model = self.model(name, &place, view.as_ref(), kind);
        self.models.shift_insert(index, model.name.clone(), model);
    }

    fn model(
        &self,
        schema: &str,
        place: &Place,
        view: Option<&View<'_>>,
        kind: ModelKind,
    ) -> Model {
        Model {
            name: place.name.clone(),
            schema: schema.to_owned(),
            module: place.module.clone(),
            description: view.map(View::description).unwrap_or_default(),
            deprecated: view.is_some_and(|view| view.data.deprecated),
            example: view.and_then(|view| view.data.example.clone()),
            kind,
            derives: Vec::new(),
            features: Vec::new(),
            pointer: place.pointer.clone(),
        }
    }

    /// The type of a schema. An inline schema that needs a name becomes a model.
    pub(super) fn type_of(&mut self, schema: SchemaRef<'a>, place: &Place) -> Type {
        match schema {
            SchemaRef::Component(name) => self.component_type(name),
            SchemaRef::Inline(inline) => {
                if let Some(ty) = self.inline_types.get(&place.pointer) {
                    return ty.clone();
                }
                let view = View::new(inline);
                let ty = self.inline_type(schema, &view, place);
                let ty = if view.data.nullable { ty.nullable() } else { ty };
                self.inline_types.insert(place.pointer.clone(), ty.clone());
                ty
            }
        }
    }

    /// The type that merged schemas of one property have.
    pub(super) fn type_of_parts(&mut self, parts: &[Part<'a>]) -> Type {
        match parts {
            [] => Type::Any,
            [part] => self.type_of(part.schema, &part.place),
            [.., last] => {
                if let Some(ty) = self.inline_types.get(&last.place.pointer) {
                    return ty.clone();
                }
                let name = self.type_names.take(&last.place.name);
                let place = Place { name: name.clone(), ..last.place.clone() };
                // The type is known before its parts are, so that a recursive schema ends.
                let ty = Type::Model(name.clone());
                self.inline_types.insert(last.place.pointer.clone(), ty.clone());
                let merged = self.merge(parts);
                let object = self.object(&name, &merged);
                let model = self.model(&name, &place, None, ModelKind::Object(object));
                self.models.insert(name, model);
                ty
            }
        }
    }

    /// The type of the component schema of that name.
    pub(super) fn component_type(&self, name: &str) -> Type {
        if let Some(custom) = self.config.schema_type(name) {
            return Type::Custom(custom);
        }
        let Some(rust_name) = self.component_types.get(name) else { return Type::Any };
        let ty = Type::Model(rust_name.clone());
        if self.is_nullable(name) { ty.nullable() } else { ty }
    }

    fn is_nullable(&self, name: &str) -> bool {
        self.component(name).is_some_and(|schema| schema.schema_data.nullable)
    }

    fn inline_type(&mut self, schema: SchemaRef<'a>, view: &View<'a>, place: &Place) -> Type {
        if !self.needs_name(view, place) {
            return match self.kind(schema, view, place) {
                ModelKind::Alias(ty) => ty,
                _ => Type::Any,
            };
        }
        let name = self.type_names.take_model(&place.name);
        let named = Place { name: name.clone(), ..place.clone() };
        // The type is known before its parts are, so that a recursive schema ends.
        self.inline_types.insert(place.pointer.clone(), Type::Model(name.clone()));
        let index = self.models.len();
        match self.kind(schema, view, &named) {
            ModelKind::Alias(ty) => ty,
            kind => {
                let model = self.model(&name, &named, Some(view), kind);
                self.models.shift_insert(index, name.clone(), model);
                Type::Model(name)
            }
        }
    }

    /// Whether a schema in place becomes a model.
    fn needs_name(&self, view: &View<'a>, place: &Place) -> bool {
        if is_enum(view) || is_mixed_enum(view) || view.has_properties() {
            return true;
        }
        match (view.all_of.as_slice(), view.alternatives.as_slice()) {
            ([], []) => false,
            ([_], []) | ([], [_]) => self.single_part(view, place).is_none(),
            _ => true,
        }
    }

    /// What a schema is in Rust, under the name of its place.
    fn kind(&mut self, schema: SchemaRef<'a>, view: &View<'a>, place: &Place) -> ModelKind {
        if is_enum(view) {
            return self.enumeration(view, place);
        }
        if is_mixed_enum(view) {
            return self.mixed_enumeration(view, place);
        }
        if let Some(part) = self.single_part(view, place) {
            let inner = place.within(&[part.0, &part.1.to_string()]);
            if let (SchemaRef::Inline(schema), Some(_)) = (part.2, self.component_at(place))
                && !schema.schema_data.nullable
            {
                let described = Part { schema: part.2, place: inner.clone() };
                let listed = if part.0 == "allOf" {
                    None
                } else {
                    self.listed(std::slice::from_ref(&described))
                };
                return listed.unwrap_or_else(|| self.kind(part.2, &View::new(schema), &inner));
            }
            return ModelKind::Alias(self.type_of(part.2, &inner));
        }
        let own = Part { schema, place: place.clone() };
        let merged = self.merge(std::slice::from_ref(&own));
        if let Some(union) = self.union(view, &merged, place) {
            return union;
        }
        if !merged.properties.is_empty() {
            return ModelKind::Object(self.object(self.schema_name(place), &merged));
        }
        if let Some((other, other_place)) = self.narrowest(&merged.others, place) {
            return self.plain(&other, &Place { name: place.name.clone(), ..other_place });
        }
        ModelKind::Alias(self.map_type(&merged, view))
    }

    /// The name of the component schema at a place, or else of its model.
    fn schema_name<'p>(&self, place: &'p Place) -> &'p str
    where
        'a: 'p,
    {
        self.component_at(place).unwrap_or(&place.name)
    }

    /// The one schema that `allOf`, `oneOf` or `anyOf` holds where nothing else gives a shape:
    /// its keyword, its index, and the schema.
    fn single_part(
        &self,
        view: &View<'a>,
        place: &Place,
    ) -> Option<(&'static str, usize, SchemaRef<'a>)> {
        let is_plain = view.properties.is_empty()
            && view.items.is_none()
            && matches!(view.additional, Additional::Unsaid | Additional::Any(_))
            && view.required.is_empty();
        if !is_plain || view.discriminator().is_some() {
            return None;
        }
        let (keyword, schemas) = match (view.all_of.is_empty(), view.alternatives.is_empty()) {
            (false, true) => ("allOf", &view.all_of),
            (true, false) => (view.alternatives_keyword, &view.alternatives),
            _ => return None,
        };
        let mut shaped = schemas.iter().enumerate().filter(|(_, schema)| match schema {
            SchemaRef::Component(_) => true,
            SchemaRef::Inline(inline) => !View::new(inline).is_shapeless(),
        });
        let (index, schema) = shaped.next()?;
        if self.is_subtype(*schema, place) {
            return None;
        }
        let is_single = shaped.next().is_none() && (keyword == "allOf" || schemas.len() == 1);
        is_single.then_some((keyword, index, *schema))
    }

    /// Whether the component at `place` is a subtype of a discriminated schema that it refers
    /// to, over several levels: then it is an object of its own and not another name of the base.
    fn is_subtype(&self, base: SchemaRef<'a>, place: &Place) -> bool {
        let is_component = place.pointer.matches('/').count() == 3;
        is_component && self.is_mapped_below(base, place, &mut HashSet::new())
    }

    fn is_mapped_below(
        &self,
        base: SchemaRef<'a>,
        place: &Place,
        visited: &mut HashSet<&'a str>,
    ) -> bool {
        let SchemaRef::Component(name) = base else { return false };
        if !visited.insert(name) {
            return false;
        }
        let Some(schema) = self.component(name).filter(|_| self.parts.spend(1, &place.pointer))
        else {
            return false;
        };
        let view = View::new(schema);
        match view.discriminator() {
            Some(discriminator) if discriminator.mapping.is_empty() => true,
            Some(_) => self.component_at(place).is_some_and(|own| self.is_mapped(name, own)),
            None => view.all_of.iter().any(|base| self.is_mapped_below(*base, place, visited)),
        }
    }

    fn plain(&mut self, view: &View<'a>, place: &Place) -> ModelKind {
        if is_enum(view) {
            return self.enumeration(view, place);
        }
        ModelKind::Alias(match view.ty {
            Some("array") => self.array_type(view, place),
            None if view.items.is_some() => self.array_type(view, place),
            Some("string") => scalars::string(&view.format, self.config),
            Some("integer") => scalars::integer(&view.format, view.data, self.config),
            Some("number") => scalars::number(&view.format, self.config),
            Some("boolean") => Type::Boolean,
            _ => Type::Any,
        })
    }

    fn array_type(&mut self, view: &View<'a>, place: &Place) -> Type {
        let item = match view.items {
            Some(items) => self.type_of(items, &place.named(&["items"], "Item")),
            None => Type::Any,
        };
        Type::Array(Box::new(item))
    }

    /// The type of an object without named properties.
    fn map_type(&mut self, merged: &Merged<'a>, view: &View<'a>) -> Type {
        match merged.additional {
            Additional::Typed(schema) => {
                let place = merged.additional_place.named(&["additionalProperties"], "Value");
                Type::Map(Box::new(self.type_of(schema, &place)))
            }
            _ if view.ty == Some("object") || matches!(merged.additional, Additional::Any(_)) => {
                Type::Map(Box::new(Type::Any))
            }
            _ => Type::Any,
        }
    }

    /// An enum of several types is a union of the type of each.
    fn mixed_enumeration(&mut self, view: &View<'a>, place: &Place) -> ModelKind {
        let mut variants = Vec::new();
        let strings = view.values.iter().filter(|value| value.is_string()).cloned().collect();
        let string_view = View { values: strings, ..view.clone() };
        let named = Place { name: format!("{}String", place.name), ..place.clone() };
        let name = self.type_names.take(&named.name);
        let named = Place { name: name.clone(), ..named };
        let kind = self.enumeration(&string_view, &named);
        let model = self.model(&name, &named, None, kind);
        self.models.insert(name.clone(), model);
        let mut add = |ident: &str, ty: Type| {
            variants.push(UnionVariant { ident: ident.to_owned(), ty, is_object: false });
        };
        add("String", Type::Model(name));
        if view.values.iter().any(Value::is_boolean) {
            add("Boolean", Type::Boolean);
        }
        if view.values.iter().any(Value::is_f64) {
            add("Number", Type::Double);
        } else if view.values.iter().any(Value::is_number) {
            add("Integer", Type::Int64);
        }
        ModelKind::UntaggedUnion(UntaggedUnion { variants })
    }

    fn enumeration(&mut self, view: &View<'a>, place: &Place) -> ModelKind {
        let described = value_descriptions(view);
        let given = GivenNames::of(view);
        if given.is_of_other_length(view) {
            self.warn_once(
                "enum-names",
                place,
                "the names of the values are not as many as the values; they are ignored"
                    .to_owned(),
                "give a name for each value",
            );
        }
        let mut variants = Names::reserving(RESERVED_VARIANTS);
        let mut values: Vec<EnumValue> = Vec::new();
        let mut seen = HashSet::new();
        for (index, value) in view.values.iter().enumerate() {
            if !seen.insert(value) {
                let pointer = super::place::pointer(&place.pointer, &["enum", &index.to_string()]);
                self.diagnostics.warning(
                    "duplicate-enum-value",
                    pointer,
                    format!("the enum lists {value} twice"),
                );
                continue;
            }
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let ident =
                given.ident(index, view, &variants).unwrap_or_else(|| variant_ident(&text, value));
            let ident = variants.take(&ident);
            let description = described.get(index).cloned().unwrap_or_default();
            values.push(EnumValue { value: value.clone(), ident, description });
        }
        if view.values.iter().all(Value::is_string) {
            ModelKind::StringEnum(values)
        } else {
            ModelKind::IntegerEnum(values)
        }
    }
}

/// Whether a schema is an enum of strings and of numbers or booleans.
fn is_mixed_enum(view: &View<'_>) -> bool {
    view.values.iter().any(Value::is_string)
        && view.values.iter().any(|value| value.is_number() || value.is_boolean())
        && !view.values.iter().any(|value| value.is_array() || value.is_object())
}

/// Whether a schema is an enum that Rust has an open enum for.
fn is_enum(view: &View<'_>) -> bool {
    !view.values.is_empty()
        && (view.values.iter().all(Value::is_string) || view.values.iter().all(Value::is_i64))
}

//! `oneOf`, `anyOf` and inheritance become enums.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::{Discriminator, ReferenceOr};

use super::Lowering;
use super::labels::is_unnamed;
use super::merge::{Merged, Part};
use super::place::Place;
use super::tags::mapped_tags;
use super::view::{SchemaRef, View, component_name};
use crate::ir::{Model, ModelKind, TaggedUnion, TaggedVariant, Type, UnionVariant, UntaggedUnion};
use crate::names::{Names, type_name};

/// The variant that every union has for what it does not know.
const RESERVED_VARIANTS: [&str; 2] = ["Self", "Unknown"];

/// An alternative on its way to become a variant.
struct Alternative {
    label: String,
    ty: Type,
    tags: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// The enum that a schema is, where it is one.
    pub(super) fn union(
        &mut self,
        view: &View<'a>,
        merged: &Merged<'a>,
        place: &Place,
    ) -> Option<ModelKind> {
        if !merged.alternatives.is_empty() {
            let listed = self.listed(&merged.alternatives);
            return Some(listed.unwrap_or_else(|| self.alternatives(view, merged, place)));
        }
        let discriminator = view.discriminator()?;
        let subtypes = self.subtypes(discriminator, place);
        (!subtypes.is_empty()).then(|| self.inheritance(discriminator, subtypes, merged, place))
    }

    fn alternatives(&mut self, view: &View<'a>, merged: &Merged<'a>, place: &Place) -> ModelKind {
        let implied = match view.discriminator() {
            Some(discriminator) => Some(discriminator.property_name.as_str()),
            None => self.implied_discriminator(&merged.alternatives),
        };
        let mut labels = Names::reserving(RESERVED_VARIANTS);
        let lists = Self::count_lists(&merged.alternatives);
        let mapped = view.discriminator().map(mapped_tags).unwrap_or_default();
        let mut alternatives = Vec::new();
        for (index, part) in merged.alternatives.iter().enumerate() {
            let tags = match (view.discriminator(), implied) {
                (Some(discriminator), _) => self.tags(discriminator, &mapped, part),
                (None, Some(property)) => self.property_values(part.schema, property),
                (None, None) => Vec::new(),
            };
            let label = match tags.as_slice() {
                [tag] if is_unnamed(part.schema) => type_name(tag),
                _ => self.label(part, index, lists),
            };
            let label = labels.take(&label);
            let ty = self.alternative_type(part, merged, view, place, &label);
            alternatives.push(Alternative { label, ty, tags });
        }
        match implied {
            Some(property)
                if alternatives.iter().any(|alternative| !alternative.tags.is_empty()) =>
            {
                let unknown = self.default_mapping(place).unwrap_or(Type::Any);
                ModelKind::TaggedUnion(tagged(property, alternatives, unknown))
            }
            _ => ModelKind::UntaggedUnion(untagged(alternatives)),
        }
    }

    /// What an object is whose value of the discriminator is not mapped, or missing (OpenAPI 3.2.0, section 4.25).
    fn default_mapping(&mut self, place: &Place) -> Option<Type> {
        let target =
            self.additions.default_mappings.get(&place.within(&["discriminator"]).pointer)?;
        let name = component_name(target);
        self.component(name)?;
        Some(without_null(self.component_type(name)))
    }

    /// The property that tells alternatives apart although the document names no discriminator:
    /// each of them requires it, and no two of them list the same value for it.
    fn implied_discriminator(&self, alternatives: &[Part<'a>]) -> Option<&'a str> {
        let [_, _, ..] = alternatives else { return None };
        let merged: Vec<_> = alternatives.iter().map(|part| self.merge_one(part)).collect();
        let is_implied = |property: &&str| {
            let mut seen = HashSet::new();
            merged.iter().all(|merged| {
                let is_required = merged.required.contains(property);
                let values = self.values_in(merged, property);
                is_required
                    && !values.is_empty()
                    && values.into_iter().all(|value| seen.insert(value))
            })
        };
        merged[0].required.iter().copied().find(is_implied)
    }

    /// The type of an alternative, with the properties that stand beside `oneOf` or `anyOf`.
    fn alternative_type(
        &mut self,
        part: &Part<'a>,
        merged: &Merged<'a>,
        view: &View<'a>,
        place: &Place,
        label: &str,
    ) -> Type {
        let named = Place {
            name: format!("{}{label}", place.name),
            module: place.module.clone(),
            ..part.place.clone()
        };
        let alternative = self.merge_one(part);
        if !self.parts.spend(merged.properties.len(), &part.place.pointer) {
            return Type::Any;
        }
        let adds_nothing =
            merged.properties.keys().all(|name| alternative.properties.contains_key(name));
        if adds_nothing || !alternative.others.is_empty() {
            return self.type_of(part.schema, &named);
        }
        let mut parts: Vec<Part<'a>> = Vec::new();
        for (index, schema) in view.all_of.iter().enumerate() {
            parts.push(Part {
                schema: *schema,
                place: place.within(&["allOf", &index.to_string()]),
            });
        }
        parts.push(part.clone());
        let mut whole = self.merge(&parts);
        for (name, schemas) in &merged.properties {
            whole.properties.entry(name).or_insert_with(|| schemas.clone());
        }
        whole.required.extend(merged.required.iter().copied());
        let name = self.type_names.take(&named.name);
        let object = self.object(&name, &whole);
        self.insert_model(&name, &named, ModelKind::Object(object));
        Type::Model(name)
    }

    fn insert_model(&mut self, name: &str, place: &Place, kind: ModelKind) {
        let model = Model {
            name: name.to_owned(),
            schema: name.to_owned(),
            module: place.module.clone(),
            description: String::new(),
            deprecated: false,
            example: None,
            kind,
            derives: Vec::new(),
            features: Vec::new(),
            pointer: place.pointer.clone(),
        };
        self.models.insert(name.to_owned(), model);
    }

    /// The enum over the subtypes of a base, and the struct for those that are not known.
    fn inheritance(
        &mut self,
        discriminator: &Discriminator,
        subtypes: IndexMap<&'a str, Vec<String>>,
        merged: &Merged<'a>,
        place: &Place,
    ) -> ModelKind {
        let base_name = self.type_names.take(&format!("{}Base", place.name));
        let object = self.object(&base_name, merged);
        self.insert_model(&base_name, place, ModelKind::Object(object));
        let own_name = place.name.clone();
        let mut labels = Names::reserving(RESERVED_VARIANTS);
        let alternatives = subtypes
            .into_iter()
            .map(|(name, tags)| {
                let ty = match self.component_type(name) {
                    Type::Model(name) if name == own_name => Type::Model(base_name.clone()),
                    Type::Nullable(inner) => *inner,
                    other => other,
                };
                let wanted =
                    self.component_types.get(name).cloned().unwrap_or_else(|| type_name(name));
                Alternative { label: labels.take(&wanted), ty, tags }
            })
            .collect();
        ModelKind::TaggedUnion(tagged(
            &discriminator.property_name,
            alternatives,
            Type::Model(base_name),
        ))
    }

    /// The subtypes of a base with their tags: by the mapping, or else by who refers to it.
    fn subtypes(
        &mut self,
        discriminator: &'a Discriminator,
        place: &Place,
    ) -> IndexMap<&'a str, Vec<String>> {
        let mut subtypes: IndexMap<&'a str, Vec<String>> = IndexMap::new();
        for (tag, target) in &discriminator.mapping {
            // One that leads nowhere is an error of the stage before.
            if let Some((name, _)) = self.components.schemas.get_key_value(component_name(target)) {
                subtypes.entry(name.as_str()).or_default().push(tag.clone());
            }
        }
        if discriminator.mapping.is_empty()
            && let Some(base) = self.component_at(place)
        {
            for name in self.derived_from(base) {
                let tags =
                    self.property_values(SchemaRef::Component(name), &discriminator.property_name);
                let tags = if tags.len() == 1 { tags } else { vec![name.to_owned()] };
                subtypes.insert(name, tags);
            }
        }
        subtypes
    }

    /// The schemas that refer to a component by `allOf`, over any number of levels, in the document's order.
    fn derived_from(&self, base: &'a str) -> Vec<&'a str> {
        let heirs = self.heirs.get_or_init(|| Heirs::of(self));
        let schemas = &self.components.schemas;
        let mut found: IndexSet<&'a str> = IndexSet::new();
        let mut waiting = vec![base];
        while let Some(name) = waiting.pop() {
            for heir in heirs.by_base.get(name).into_iter().flatten().copied() {
                if self.parts.spend(1, &super::place::pointer("/components/schemas", &[base]))
                    && found.insert(heir)
                {
                    waiting.extend(heirs.names.get(heir).into_iter().flatten());
                }
            }
        }
        found.sort_by_cached_key(|name| schemas.get_index_of(*name));
        found.into_iter().collect()
    }

    /// Whether the mapping of a base names a schema.
    pub(super) fn is_mapped(&self, base: &str, name: &str) -> bool {
        let heirs = self.heirs.get_or_init(|| Heirs::of(self));
        let base = self.targets.get(base);
        base.is_some_and(|base| heirs.mapped.contains(&(*base, name)))
    }
}

/// Who extends whom.
#[derive(Debug)]
pub struct Heirs<'a> {
    /// The schemas that name a component in `allOf`.
    by_base: HashMap<&'a str, Vec<&'a str>>,
    /// The names of a component: its own, and those of components that are references to it.
    names: HashMap<&'a str, Vec<&'a str>>,
    /// The bases with a mapping, each with what the mapping names.
    mapped: HashSet<(&'a str, &'a str)>,
}

impl<'a> Heirs<'a> {
    fn of(lowering: &Lowering<'a>) -> Self {
        let mut heirs =
            Self { by_base: HashMap::new(), names: HashMap::new(), mapped: HashSet::new() };
        for (name, schema) in &lowering.components.schemas {
            if let Some(target) = lowering.targets.get(name.as_str()) {
                heirs.names.entry(target).or_default().push(name);
            }
            let ReferenceOr::Item(schema) = schema else { continue };
            let view = View::new(schema);
            for base in &view.all_of {
                if let SchemaRef::Component(base) = base {
                    heirs.by_base.entry(base).or_default().push(name);
                }
            }
            let mapping = view.discriminator().into_iter().flat_map(|it| it.mapping.values());
            heirs.mapped.extend(mapping.map(|target| (name.as_str(), component_name(target))));
        }
        heirs
    }
}

fn tagged(property: &str, alternatives: Vec<Alternative>, unknown: Type) -> TaggedUnion {
    let variants = alternatives
        .into_iter()
        .filter(|alternative| !alternative.tags.is_empty())
        .map(|alternative| TaggedVariant {
            ident: alternative.label,
            ty: without_null(alternative.ty),
            tags: alternative.tags,
        })
        .collect();
    TaggedUnion { property: property.to_owned(), variants, unknown }
}

fn untagged(alternatives: Vec<Alternative>) -> UntaggedUnion {
    let variants = alternatives
        .into_iter()
        .map(|alternative| UnionVariant {
            ident: alternative.label,
            ty: without_null(alternative.ty),
            is_object: false,
        })
        .collect();
    UntaggedUnion { variants }
}

fn without_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::{lower_document, lower_schemas, outline};

    #[test]
    fn alternatives_of_one_type_are_that_type() {
        let audio = "    Audio: {anyOf: [{type: string}, {type: string, format: binary}]}\n";
        assert_eq!(outline(&lower_schemas(audio), "Audio"), "String");
    }

    #[test]
    fn one_file_or_several_are_a_list_of_files() {
        let sdk = lower_document(
            "
  /images:
    post:
      operationId: edit
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                image:
                  anyOf:
                    - {type: string, format: binary}
                    - {type: array, items: {type: string, format: binary}}
      responses: {'200': {description: ok}}",
            "  schemas: {}",
        );
        assert_eq!(outline(&sdk, "EditRequestImage"), "Vec<crate::runtime::FilePart>");
    }
}

//! `allOf`: several schemas become the properties of one.

use std::collections::HashSet;
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};

use super::Lowering;
use super::place::Place;
use super::view::{Additional, SchemaRef, View};
use crate::document::pointer::unescaped;

/// A schema together with the place where it stands.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The schema.
    pub schema: SchemaRef<'a>,
    /// Where it stands.
    pub place: Place,
}

/// What the parts of a schema say together.
#[derive(Debug)]
pub struct Merged<'a> {
    /// The properties with the schemas that describe each, the most specific one last.
    pub properties: IndexMap<&'a str, Vec<Part<'a>>>,
    /// The names of properties that are always there.
    pub required: IndexSet<&'a str>,
    /// What further properties may be.
    pub additional: Additional<'a>,
    /// Where `additional` stands.
    pub additional_place: Place,
    /// The `oneOf` or `anyOf` of any part.
    pub alternatives: Vec<Part<'a>>,
    /// The parts that describe something other than an object with named properties.
    pub others: Vec<(View<'a>, Place)>,
}

impl<'a> Lowering<'a> {
    /// Merges the parts, each with all that it refers to by `allOf`.
    pub(super) fn merge(&self, parts: &[Part<'a>]) -> Merged<'a> {
        let mut merged = Merged {
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: Additional::Unsaid,
            additional_place: parts.first().map(|part| part.place.clone()).unwrap_or_default(),
            alternatives: Vec::new(),
            others: Vec::new(),
        };
        let mut visited: HashSet<&'a str> =
            parts.iter().filter_map(|part| self.component_at(&part.place)).collect();
        for part in parts {
            self.merge_part(part, &mut merged, &mut visited);
        }
        merged
    }

    /// What one part says. A component is merged once, however many alternatives it is one of.
    pub(super) fn merge_one(&self, part: &Part<'a>) -> Rc<Merged<'a>> {
        let merge = || Rc::new(self.merge(std::slice::from_ref(part)));
        let SchemaRef::Component(name) = part.schema else { return merge() };
        if self.component_at(&part.place).is_some() {
            return merge();
        }
        if let Some(merged) = self.merged.borrow().get(name) {
            return Rc::clone(merged);
        }
        let merged = merge();
        self.merged.borrow_mut().insert(name, Rc::clone(&merged));
        merged
    }

    fn merge_part(&self, part: &Part<'a>, merged: &mut Merged<'a>, visited: &mut HashSet<&'a str>) {
        if !self.parts.spend(1, &part.place.pointer) {
            return;
        }
        match part.schema {
            SchemaRef::Component(name) => {
                if !visited.insert(name) && self.component_at(&part.place) != Some(name) {
                    return;
                }
                if let Some((schema, place)) = self.component_schema(name) {
                    self.merge_schema(View::new(schema), &place, merged, visited, true);
                }
            }
            SchemaRef::Inline(schema) => {
                self.merge_schema(View::new(schema), &part.place, merged, visited, false);
            }
        }
    }

    fn merge_schema(
        &self,
        view: View<'a>,
        place: &Place,
        merged: &mut Merged<'a>,
        visited: &mut HashSet<&'a str>,
        is_component: bool,
    ) {
        for (index, schema) in view.all_of.iter().enumerate() {
            let place = place.within(&["allOf", &index.to_string()]);
            self.merge_part(&Part { schema: *schema, place }, merged, visited);
        }
        if !self.parts.spend(view.properties.len(), &place.pointer) {
            return;
        }
        for (name, schema) in &view.properties {
            let part = Part { schema: *schema, place: place.property(name) };
            merge_property(merged.properties.entry(name).or_default(), part);
        }
        merged.required.extend(view.required.iter().map(String::as_str));
        if !matches!(view.additional, Additional::Unsaid) {
            merged.additional = view.additional;
            merged.additional_place = place.clone();
        }
        // A subtype that refers to its base takes the base's properties only: a base has a
        // discriminator, or the subtype among its alternatives.
        let lists_subtype = view.alternatives.iter().any(|alternative| match alternative {
            SchemaRef::Component(name) => visited.contains(name),
            SchemaRef::Inline(_) => false,
        });
        let is_base = is_component && (view.discriminator().is_some() || lists_subtype);
        if !is_base {
            self.merge_alternatives(&view, place, merged);
        }
        if is_other(&view) {
            merged.others.push((view, place.clone()));
        }
    }

    fn merge_alternatives(&self, view: &View<'a>, place: &Place, merged: &mut Merged<'a>) {
        for (index, schema) in view.alternatives.iter().enumerate() {
            let place = place.within(&[view.alternatives_keyword, &index.to_string()]);
            if !self.is_constraint(*schema) {
                merged.alternatives.push(Part { schema: *schema, place });
            }
        }
    }

    /// The component schema that stands at a place.
    pub(super) fn component_at(&self, place: &Place) -> Option<&'a str> {
        let name = place.pointer.strip_prefix("/components/schemas/")?;
        let name = unescaped(name);
        let (name, _) = self.components.schemas.get_key_value(name.as_ref())?;
        Some(name)
    }

    /// The component schema that a place is in.
    pub(super) fn component_around(&self, place: &Place) -> Option<&'a str> {
        let name = place.pointer.strip_prefix("/components/schemas/")?.split('/').next()?;
        Some(self.components.schemas.get_key_value(unescaped(name).as_ref())?.0)
    }

    /// Whether a schema only restricts values, as `required` alone does.
    pub(super) fn is_constraint(&self, schema: SchemaRef<'a>) -> bool {
        match schema {
            SchemaRef::Component(_) => false,
            SchemaRef::Inline(schema) => {
                let view = View::new(schema);
                view.is_shapeless() || (view.ty == Some("object") && is_bare_object(&view))
            }
        }
    }
}

/// An object that is described no further.
fn is_bare_object(view: &View<'_>) -> bool {
    view.properties.is_empty()
        && view.all_of.is_empty()
        && view.alternatives.is_empty()
        && matches!(view.additional, Additional::Unsaid)
        && !view.required.is_empty()
}

/// Whether a schema describes something other than an object.
fn is_other(view: &View<'_>) -> bool {
    !view.values.is_empty() || view.items.is_some() || view.ty.is_some_and(|ty| ty != "object")
}

/// A later schema takes the place of an earlier one; objects in place are merged.
fn merge_property<'a>(parts: &mut Vec<Part<'a>>, part: Part<'a>) {
    let is_object_in_place = |schema: SchemaRef<'_>| match schema {
        SchemaRef::Component(_) => false,
        SchemaRef::Inline(schema) => View::new(schema).has_properties(),
    };
    let is_shapeless = match part.schema {
        SchemaRef::Component(_) => false,
        SchemaRef::Inline(schema) => View::new(schema).is_shapeless(),
    };
    if is_shapeless && !parts.is_empty() {
        return;
    }
    // Those before are all objects in place, or one that is none.
    let merges = is_object_in_place(part.schema)
        && parts.first().is_none_or(|earlier| is_object_in_place(earlier.schema));
    if !merges {
        parts.clear();
    }
    parts.push(part);
}

#[cfg(test)]
mod tests {
    use crate::ir::{ModelKind, Scope};
    use crate::lower::testing::lower_schemas;

    /// `next` is merged of what `Node` says of it and what is said in place, where `Node` is extended again.
    #[test]
    fn a_property_that_extends_its_own_schema_ends() {
        let schemas = [
            "    Node:",
            "      type: object",
            "      properties:",
            "        next:",
            "          allOf: [{$ref: '#/components/schemas/Node'}]",
            "          properties: {next: {type: object, properties: {id: {type: string}}}}",
        ];
        let sdk = lower_schemas(&schemas.map(|line| format!("{line}\n")).concat());
        let fields = |name: &str| -> Vec<(String, String)> {
            let ModelKind::Object(object) = &sdk.model(name).expect("a model").kind else {
                return Vec::new();
            };
            let field = |it: &crate::ir::Field| (it.ident.clone(), it.ty.rust(Scope::MODELS));
            object.fields.iter().map(field).collect()
        };
        let pair = |name: &str, ty: &str| (name.to_owned(), ty.to_owned());
        assert_eq!(fields("Node"), [pair("next", "NodeNext")]);
        assert_eq!(fields("NodeNext"), [pair("next", "NodeNextNext")]);
        assert_eq!(fields("NodeNextNext"), [pair("next", "NodeNextNext"), pair("id", "String")]);
    }
}

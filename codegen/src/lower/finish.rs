//! What can only be decided when every model is known.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::graph::{Aliases, Graph};
use crate::ir::{Field, Model, ModelKind, Presence, Sdk, TaggedVariant, Type, UnionVariant};

/// Breaks endless types, tells union variants apart, and fits presence to the direction. `version` is that of OpenAPI.
pub fn finish(sdk: &mut Sdk, version: &str) {
    break_alias_cycles(sdk);
    break_union_cycles(sdk);
    super::files::tell_files(sdk, version);
    distinguish_variants(sdk);
    respect_directions(sdk);
    box_recursion(sdk);
    end_required_circles(sdk);
    super::secrets::find_holders(sdk);
}

/// An alias that leads back to itself has no Rust type; it holds any JSON value.
fn break_alias_cycles(sdk: &mut Sdk) {
    let graph = Graph::new(&sdk.models, |model| match &model.kind {
        ModelKind::Alias(ty) => named(ty),
        _ => Vec::new(),
    });
    let circles = graph.circles();
    let in_circle: Vec<bool> =
        (0..sdk.models.len()).map(|number| graph.is_in_circle(number, &circles)).collect();
    for (model, in_circle) in sdk.models.iter_mut().zip(in_circle) {
        if let ModelKind::Alias(ty) = &mut model.kind
            && in_circle
        {
            *ty = Type::Any;
        }
    }
}

/// The models that a type names.
fn named(ty: &Type) -> Vec<&str> {
    let mut names = Vec::new();
    ty.visit_models(&mut |name| names.push(name));
    names
}

/// A union that leads back to itself, through nothing but unions, loses the variant that does:
/// reading a value would never end.
fn break_union_cycles(sdk: &mut Sdk) {
    let aliases = aliases(sdk);
    let graph = Graph::new(&sdk.models, |model| held_by_union(model, &aliases));
    let back: HashSet<(usize, usize)> = graph.edges_back().into_iter().collect();
    if back.is_empty() {
        return;
    }
    let numbers: HashMap<String, usize> =
        sdk.models.iter().enumerate().map(|(number, it)| (it.name.clone(), number)).collect();
    for (number, model) in sdk.models.iter_mut().enumerate() {
        let leads_back = |ty: &Type| {
            let held = aliases.in_place(ty).and_then(|name| numbers.get(name));
            held.is_some_and(|held| back.contains(&(number, *held)))
        };
        match &mut model.kind {
            ModelKind::TaggedUnion(union) => union.variants.retain(|it| !leads_back(&it.ty)),
            ModelKind::UntaggedUnion(union) => union.variants.retain(|it| !leads_back(&it.ty)),
            _ => {}
        }
    }
}

/// The models that the variants of a union are.
fn held_by_union<'a>(model: &'a Model, aliases: &'a Aliases) -> Vec<&'a str> {
    let types: Vec<&Type> = match &model.kind {
        ModelKind::TaggedUnion(union) => union.variants.iter().map(|it| &it.ty).collect(),
        ModelKind::UntaggedUnion(union) => union.variants.iter().map(|it| &it.ty).collect(),
        _ => Vec::new(),
    };
    types.into_iter().filter_map(|ty| aliases.in_place(ty)).collect()
}

/// What the aliases among the models stand for.
pub(super) fn aliases(sdk: &Sdk) -> Aliases {
    Aliases::new(sdk.models.iter().filter_map(|model| match &model.kind {
        ModelKind::Alias(ty) => Some((model.name.as_str(), ty)),
        _ => None,
    }))
}

/// Variants of one type become one variant, and the most specific comes first.
fn distinguish_variants(sdk: &mut Sdk) {
    let aliases = aliases(sdk);
    let specificity: HashMap<String, Specificity> =
        sdk.models.iter().map(|model| (model.name.clone(), Specificity::of_model(model))).collect();
    for model in &mut sdk.models {
        match &mut model.kind {
            ModelKind::TaggedUnion(union) => join_tags(&mut union.variants, &aliases),
            ModelKind::UntaggedUnion(union) => {
                let count = union.variants.len();
                let mut seen = HashSet::from([Type::Any]);
                union.variants.retain(|variant| seen.insert(aliases.resolved(&variant.ty)));
                sort_by_specificity(&mut union.variants, &aliases, &specificity);
                let files = Type::Array(Box::new(Type::File));
                match union.variants.as_slice() {
                    [] => model.kind = ModelKind::Alias(Type::Any),
                    [only] if count > 1 => model.kind = ModelKind::Alias(only.ty.clone()),
                    // In a form, one file and a list of one are the same.
                    [list, file]
                        if aliases.resolved(&list.ty) == files
                            && aliases.resolved(&file.ty) == Type::File =>
                    {
                        model.kind = ModelKind::Alias(files);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn join_tags(variants: &mut Vec<TaggedVariant>, aliases: &Aliases) {
    let mut joined: IndexMap<Type, TaggedVariant> = IndexMap::new();
    let mut seen: HashSet<String> = HashSet::new();
    for mut variant in variants.drain(..) {
        variant.tags.retain(|tag| !seen.contains(tag));
        seen.extend(variant.tags.iter().cloned());
        match joined.entry(aliases.resolved(&variant.ty)) {
            Entry::Occupied(mut earlier) => earlier.get_mut().tags.append(&mut variant.tags),
            Entry::Vacant(free) if !variant.tags.is_empty() => {
                free.insert(variant);
            }
            Entry::Vacant(_) => {}
        }
    }
    variants.extend(joined.into_values());
}

fn sort_by_specificity(
    variants: &mut [UnionVariant],
    aliases: &Aliases,
    specificity: &HashMap<String, Specificity>,
) {
    for variant in variants.iter_mut() {
        let ty = aliases.resolved(&variant.ty);
        variant.is_object = matches!(&ty, Type::Model(name)
            if specificity.get(name).is_some_and(|specificity| specificity.is_object));
    }
    variants.sort_by_cached_key(|variant| match aliases.resolved(&variant.ty) {
        Type::Boolean => (0, 0),
        Type::Int32 => (1, 0),
        Type::Int64 | Type::UInt64 => (1, 1),
        Type::Double => (2, 0),
        Type::DateTime | Type::Date => (3, 0),
        Type::Model(name) => specificity.get(&name).map_or((5, 0), Specificity::rank),
        Type::Array(_) => (6, 0),
        Type::Custom(_) => (7, 0),
        Type::String | Type::Binary | Type::File => (8, 0),
        Type::Map(_) => (9, 0),
        Type::Nullable(_) | Type::Any => (10, 0),
    });
}

/// How much a model asks of a value.
struct Specificity {
    is_object: bool,
    is_enum: bool,
    required: usize,
    fields: usize,
}

impl Specificity {
    fn of_model(model: &Model) -> Self {
        let (required, fields) = match &model.kind {
            ModelKind::Object(object) => {
                (object.fields_that_are(Presence::Required).len(), object.fields.len())
            }
            _ => (0, 0),
        };
        Self {
            is_object: matches!(model.kind, ModelKind::Object(_)),
            is_enum: matches!(model.kind, ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_)),
            required,
            fields,
        }
    }

    fn rank(&self) -> (usize, isize) {
        let weight = -((self.required * 1_000 + self.fields) as isize);
        if self.is_enum { (4, 0) } else { (5, weight) }
    }
}

/// `readOnly` properties are required of the server only, `writeOnly` ones of the client
/// only (OpenAPI 3.0.3, section 4.7.24.2): a model that goes both ways has them optional.
fn respect_directions(sdk: &mut Sdk) {
    let sent = reached(sdk, &mut sent_types(sdk));
    let received = reached(sdk, &mut received_types(sdk));
    for model in &mut sdk.models {
        let (is_sent, is_received) = (sent.contains(&model.name), received.contains(&model.name));
        let ModelKind::Object(object) = &mut model.kind else { continue };
        for field in &mut object.fields {
            let may_be_absent = (field.read_only && is_sent) || (field.write_only && is_received);
            if field.presence == Presence::Required && may_be_absent {
                field.in_answers = !field.write_only && is_received;
                field.presence = match &field.ty {
                    Type::Nullable(inner) => {
                        field.ty = (**inner).clone();
                        Presence::Nullable
                    }
                    _ => Presence::Optional,
                };
            }
        }
    }
}

fn sent_types(sdk: &Sdk) -> Vec<String> {
    let mut names = Vec::new();
    for operation in sdk.apis.iter().flat_map(|api| &api.operations) {
        if let Some(body) = &operation.body {
            body.ty.visit_models(&mut |name| names.push(name.to_owned()));
        }
    }
    names
}

/// The models that answers name.
pub(super) fn received_types(sdk: &Sdk) -> Vec<String> {
    let mut names = Vec::new();
    for operation in sdk.apis.iter().flat_map(|api| &api.operations) {
        for ty in operation.responses.iter().filter_map(|response| response.ty.as_ref()) {
            ty.visit_models(&mut |name| names.push(name.to_owned()));
        }
    }
    names
}

/// The names of all models that the given ones lead to, themselves included.
pub(super) fn reached(sdk: &Sdk, waiting: &mut Vec<String>) -> HashSet<String> {
    let models: HashMap<&str, &Model> =
        sdk.models.iter().map(|model| (model.name.as_str(), model)).collect();
    let mut found = HashSet::new();
    while let Some(name) = waiting.pop() {
        if let Some(model) = models.get(name.as_str())
            && found.insert(name)
        {
            visit_parts(model, &mut |part| waiting.push(part.to_owned()));
        }
    }
    found
}

/// Calls `visit` with every model that a model names.
pub(super) fn visit_parts<'a>(model: &'a Model, visit: &mut impl FnMut(&'a str)) {
    match &model.kind {
        ModelKind::Object(object) => {
            object.fields.iter().for_each(|field| field.ty.visit_models(visit));
            object.additional.ty.visit_models(visit);
        }
        ModelKind::TaggedUnion(union) => {
            union.variants.iter().for_each(|variant| variant.ty.visit_models(visit));
            union.unknown.visit_models(visit);
        }
        ModelKind::UntaggedUnion(union) => {
            union.variants.iter().for_each(|variant| variant.ty.visit_models(visit));
        }
        ModelKind::Alias(ty) => ty.visit_models(visit),
        ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_) => {}
    }
}

/// A struct that holds itself needs a `Box` on the way.
fn box_recursion(sdk: &mut Sdk) {
    let aliases = aliases(sdk);
    let circles = circles(sdk, |model| held_in_place(model, &aliases));
    for model in &mut sdk.models {
        let own = circles[&model.name];
        let ModelKind::Object(object) = &mut model.kind else { continue };
        for field in &mut object.fields {
            if let Some(inner) = aliases.in_place(&field.ty) {
                field.boxed = circles.get(inner) == Some(&own);
            }
        }
    }
}

/// The circle that each model is in, by its name: those that lead to each other are in the same one.
fn circles<'a>(
    sdk: &'a Sdk,
    leads_to: impl Fn(&'a Model) -> Vec<&'a str>,
) -> HashMap<String, usize> {
    let circles = Graph::new(&sdk.models, leads_to).circles();
    sdk.models.iter().map(|model| model.name.clone()).zip(circles).collect()
}

fn held_in_place<'a>(model: &'a Model, aliases: &'a Aliases) -> Vec<&'a str> {
    match &model.kind {
        ModelKind::Object(object) => {
            object.fields.iter().filter_map(|field| aliases.in_place(&field.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// What requires itself has no value that ends: one of the properties on the way has to be optional, so
/// that something can stand in for what a server leaves out.
fn end_required_circles(sdk: &mut Sdk) {
    let aliases = aliases(sdk);
    let circles = circles(sdk, |model| required_by(model, &aliases));
    for model in &mut sdk.models {
        let own = circles[&model.name];
        let ModelKind::Object(object) = &mut model.kind else { continue };
        for field in &mut object.fields {
            let leads_back = aliases.in_place(&field.ty).and_then(|inner| circles.get(inner));
            if is_needed(field) && leads_back == Some(&own) {
                field.presence = Presence::Optional;
            }
        }
    }
}

/// Whether there is no value without one of the field: it is neither absent nor null.
fn is_needed(field: &Field) -> bool {
    field.presence == Presence::Required && !matches!(field.ty, Type::Nullable(_))
}

/// The models without which there is none of this one.
fn required_by<'a>(model: &'a Model, aliases: &'a Aliases) -> Vec<&'a str> {
    match &model.kind {
        ModelKind::Object(object) => object
            .fields
            .iter()
            .filter(|field| is_needed(field))
            .filter_map(|field| aliases.in_place(&field.ty))
            .collect(),
        ModelKind::TaggedUnion(union) => aliases.in_place(&union.unknown).into_iter().collect(),
        _ => Vec::new(),
    }
}

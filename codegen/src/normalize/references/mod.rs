//! Makes every reference one that leads to a component.
//!
//! What is referred to elsewhere, such as `#/components/schemas/User/properties/address`, moves to the components and
//! leaves a reference in its old place, so that it stays one type. Path items and callbacks are copied to where
//! they are referred to: [`openapiv3`] has no reference there.

#[cfg(test)]
mod tests;

use std::{cmp::Reverse, collections::HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::{
    diagnostics::Diagnostics,
    document::{
        pointer,
        references::{Reference, follow, references},
        structure::Object,
    },
    load::{
        SourceId, Sources, bundle::insert_component, identifiers::Identifiers,
        names::ComponentNames,
    },
};

use super::{inline, naming};

/// How alike a name must be to be suggested, from 0 to 1.
const LEAST_LIKENESS: f64 = 0.6;

/// How long a name is at most for others to be compared with it, in bytes: that takes time in the square of it.
const LONGEST_LIKENED: usize = 200;

/// How many suggestions are looked for: that takes time, and nobody reads more.
const MOST_SUGGESTIONS: usize = 100;

/// Checks all references of a document, and changes those that openapiv3 or the lowering could not follow.
pub fn resolve(root: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let mut plan = Plan::default();
    let any_copied;
    {
        let found = references(root, Object::OpenApi, "");
        any_copied = found.iter().any(|reference| inline::is_copied(root, reference));
        let mut resolver = Resolver {
            root,
            names: None,
            identifiers: None,
            suggestions_left: MOST_SUGGESTIONS,
            plan: &mut plan,
            diagnostics,
        };
        for reference in &found {
            resolver.reference(reference);
        }
    }
    report_circles(root, diagnostics);
    plan.apply(root, sources);
    if any_copied {
        inline::inline(root, sources, diagnostics);
    }
    inline::drop_originals(root);
}

/// A place that becomes a component.
struct Home {
    object: Object,
    name: String,
}

/// What has to change in a document.
#[derive(Default)]
struct Plan {
    /// What to write at the pointer of a reference.
    rewrites: Vec<(String, String)>,
    /// What to move, by its pointer.
    homes: IndexMap<String, Home>,
}

impl Plan {
    fn apply(mut self, root: &mut Value, sources: &mut Sources) {
        for (at, target) in self.rewrites {
            let Some(parent) = pointer::parent(&at) else {
                continue;
            };
            let Some(Value::Object(map)) = pointer::get_mut(root, parent) else {
                continue;
            };
            if at.ends_with("/$dynamicRef") {
                map.shift_remove("$dynamicRef");
                map.insert("$ref".to_owned(), Value::String(target));
            } else if let Some(key) = pointer::tokens(&at).last() {
                map.insert(key.into_owned(), Value::String(target));
            }
        }
        // The innermost first, so that what moves later takes the reference to it along.
        self.homes.sort_by_cached_key(|at, _| Reverse(pointer::tokens(at).count()));
        for (at, Home { object, name }) in self.homes {
            let Some(section) = object.section() else {
                continue;
            };
            let Some(place) = pointer::get_mut(root, &at) else {
                continue;
            };
            let moved = std::mem::replace(place, json!({"$ref": component(section, &name)}));
            sources.moved(
                pointer::child(&format!("/components/{section}"), &name),
                SourceId::ROOT,
                at,
            );
            insert_component(root, section, name, moved);
        }
    }
}

/// The reference to a component. Its name is not escaped: names have no character that would need it.
fn component(section: &str, name: &str) -> String {
    format!("#/components/{section}/{name}")
}

/// Decides what to do about each reference.
struct Resolver<'a> {
    root: &'a Value,
    names: Option<ComponentNames>,
    identifiers: Option<Identifiers>,
    suggestions_left: usize,
    plan: &'a mut Plan,
    diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn reference(&mut self, reference: &Reference<'_>) {
        if self.is_plain(reference) {
            return;
        }
        let Some(at) = self.target(reference) else {
            self.report_dangling(reference);
            return;
        };
        if matches!(reference.object, Object::PathItem | Object::Callback | Object::MediaType) {
            self.rewrite(reference, format!("#{at}"));
            return;
        }
        let Some(section) = reference.object.section() else {
            return;
        };
        if let Some((found, name)) = component_of(&at) {
            if found == section {
                self.rewrite(reference, component(section, &name));
            } else {
                let message = format!(
                    "{} is wanted here, and `{}` is one of the {found}",
                    reference.object.name(),
                    reference.target
                );
                self.diagnostics.error("wrong-reference", reference.pointer.clone(), message);
            }
            return;
        }
        match pointer::get(self.root, &at) {
            Some(Value::Object(_) | Value::Bool(_)) => {
                let name = self.home(at, reference.object, section);
                self.rewrite(reference, component(section, &name));
            }
            _ => {
                let message = format!(
                    "{} is wanted here, and `{}` is none",
                    reference.object.name(),
                    reference.target
                );
                self.diagnostics.error("wrong-reference", reference.pointer.clone(), message);
            }
        }
    }

    /// Whether a reference is one to a component of the right section already, the usual case.
    fn is_plain(&self, reference: &Reference<'_>) -> bool {
        let target = reference.target;
        let (Some(rest), Some(section)) =
            (target.strip_prefix("#/components/"), reference.object.section())
        else {
            return false;
        };
        let Some((found, name)) = rest.split_once('/') else {
            return false;
        };
        found == section
            && !name.contains(['/', '~', '%'])
            && !reference.pointer.ends_with("/$dynamicRef")
            && self.component(section, name).is_some()
    }

    fn component(&self, section: &str, name: &str) -> Option<&Value> {
        self.root.get("components")?.get(section)?.get(name)
    }

    /// The pointer to what a reference leads to, with no reference on the way to it.
    fn target(&mut self, reference: &Reference<'_>) -> Option<String> {
        let target = reference.target;
        if reference.mapping && self.component("schemas", target).is_some() {
            return Some(pointer::child("/components/schemas", target));
        }
        let (id, fragment) = target.split_once('#').unwrap_or((target, ""));
        let resource = if id.is_empty() {
            self.resource(&reference.pointer)
        } else {
            self.identifiers().id(id)?.to_owned()
        };
        match pointer::from_fragment(fragment) {
            // Many a document has an `$id` and counts from its own root all the same.
            Some(at) => follow(self.root, &format!("{resource}{at}"))
                .or_else(|| follow(self.root, &at).filter(|_| id.is_empty())),
            None => self.identifiers().anchor(fragment).map(str::to_owned),
        }
    }

    /// The pointer to what a fragment alone is relative to: the schema around it that has an `$id` (JSON Schema
    /// 2020-12, section 8.2.1), or else the document.
    fn resource(&self, at: &str) -> String {
        let mut around = pointer::parent(at);
        while let Some(place) = around {
            let has_id = |node: &Value| node.get("$id").is_some_and(Value::is_string);
            if place.starts_with("/components/schemas/")
                && pointer::get(self.root, place).is_some_and(has_id)
            {
                return place.to_owned();
            }
            around = pointer::parent(place);
        }
        String::new()
    }

    fn identifiers(&mut self) -> &Identifiers {
        let root = self.root;
        self.identifiers.get_or_insert_with(|| Identifiers::of(root))
    }

    fn rewrite(&mut self, reference: &Reference<'_>, target: String) {
        if target != reference.target || reference.pointer.ends_with("/$dynamicRef") {
            self.plan.rewrites.push((reference.pointer.clone(), target));
        }
    }

    /// The name under which the node at a pointer becomes a component.
    fn home(&mut self, at: String, object: Object, section: &'static str) -> String {
        if let Some(home) = self.plan.homes.get(&at) {
            return home.name.clone();
        }
        let names = self.names.get_or_insert_with(|| ComponentNames::of(self.root));
        let candidates = naming::candidates(self.root, &at);
        let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
        let name = names.take(section, &candidates);
        self.plan.homes.insert(at, Home { object, name: name.clone() });
        name
    }

    fn report_dangling(&mut self, reference: &Reference<'_>) {
        let message = format!("`{}` leads nowhere", reference.target);
        let help = self.suggestion(reference);
        let help = help.unwrap_or_else(|| "correct it, or add what it names".to_owned());
        self.diagnostics.error("dangling-reference", reference.pointer.clone(), message).help(help);
    }

    /// What may have been meant by a reference that leads nowhere.
    fn suggestion(&mut self, reference: &Reference<'_>) -> Option<String> {
        self.suggestions_left = self.suggestions_left.checked_sub(1)?;
        let section = reference.object.section()?;
        let name = reference.target.rsplit('/').next()?;
        let components = self.root.get("components")?.as_object()?;
        let in_section = components.get(section).and_then(Value::as_object);
        let nearest = in_section
            .into_iter()
            .flat_map(Map::keys)
            .filter(|candidate| candidate.len().max(name.len()) <= LONGEST_LIKENED)
            .map(|candidate| (strsim::normalized_damerau_levenshtein(candidate, name), candidate))
            .filter(|(likeness, _)| *likeness > LEAST_LIKENESS)
            .max_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((_, candidate)) = nearest {
            return Some(format!("did you mean `{}`?", component(section, candidate)));
        }
        let (other, _) = components.iter().find(|(_, it)| it.get(name).is_some())?;
        Some(format!(
            "there is a `{}`, which is not {}",
            component(other, name),
            reference.object.name()
        ))
    }
}

/// The section and the name, where a pointer is one to a component as a whole.
fn component_of(at: &str) -> Option<(String, String)> {
    let mut tokens = pointer::tokens(at.strip_prefix("/components")?);
    let (section, name) = (tokens.next()?, tokens.next()?);
    tokens.next().is_none().then(|| (section.into_owned(), name.into_owned()))
}

/// Reports components that are nothing but references to each other.
fn report_circles(root: &Value, diagnostics: &mut Diagnostics) {
    let Some(Value::Object(components)) = root.get("components") else {
        return;
    };
    for (section, map) in components {
        let Value::Object(map) = map else { continue };
        let next = |name: &str| -> Option<&str> {
            map.get(name)?
                .get("$ref")?
                .as_str()?
                .strip_prefix("#/components/")?
                .strip_prefix(section.as_str())?
                .strip_prefix('/')
        };
        // Names that were passed before: on a way that ended, or in a circle that was reported.
        let mut passed = HashSet::new();
        for name in map.keys() {
            let mut way = HashSet::new();
            let mut current = Some(name.as_str());
            while let Some(step) = current.filter(|step| !passed.contains(step)) {
                if !way.insert(step) {
                    let at = pointer::child(&pointer::child("/components", section), step);
                    diagnostics
                        .error(
                            "circular-reference",
                            pointer::child(&at, "$ref"),
                            format!("`{step}` is a reference that leads back to itself"),
                        )
                        .help("give one of the components in the circle a definition of its own");
                    break;
                }
                current = next(step);
            }
            passed.extend(way);
        }
    }
}

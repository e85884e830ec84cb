//! Collects what operations consist of and refer to, as far as the document does not have it.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value, json};

use super::choices::Choices;
use super::compare::difference;
use super::components::{self, Component, Link, Names, Target};
use super::schemes;
use crate::catalog::Entry;
use crate::diagnostics::Diagnostics;
use crate::document::{pointer, structure::Object};
use crate::load::Document;

/// What is to be added to a document, and what is not.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// A part of a document: what is to be added.
    pub(super) additions: Map<String, Value>,
    /// What that is, one line each.
    pub(super) added: Vec<String>,
    /// How much the document has already.
    pub(super) same: usize,
    /// What the document has another one of, which stays.
    pub(super) kept: Vec<String>,
    /// What the document has another one of, in whose place upstream's is put.
    pub(super) replaced: Vec<String>,
    /// Where that is, as JSON pointers.
    pub(super) replaced_at: HashSet<String>,
}

/// Collects `entries`, which are operations of `upstream`, for `document`. A conflict that `choices` does
/// not settle is an error.
pub(super) fn gather(
    entries: &[Entry],
    upstream: &Document,
    document: &Document,
    choices: &Choices,
    diagnostics: &mut Diagnostics,
) -> Gathered {
    let mut gathering = Gathering {
        upstream,
        document,
        choices,
        diagnostics,
        aliases: aliases(&upstream.root, choices),
        names: Names::new(),
        items: IndexMap::new(),
        components: IndexMap::new(),
        seen: HashSet::new(),
        waiting: Vec::new(),
        tags: IndexSet::new(),
        schemes: IndexMap::new(),
        gathered: Gathered::default(),
    };
    for entry in entries {
        gathering.operation(entry);
        gathering.follow_all();
    }
    gathering.security_schemes();
    gathering.finish()
}

/// The names that upstream's components have in the document where they were renamed before, with
/// those that they have upstream.
fn aliases(upstream: &Value, choices: &Choices) -> Names {
    let renamed = Component::all(upstream).into_iter().filter_map(|component| {
        let new = choices.new_name(&component.name)?;
        Some((component.named(new), component.name))
    });
    renamed.collect()
}

pub(super) struct Gathering<'a> {
    pub(super) upstream: &'a Document,
    pub(super) document: &'a Document,
    pub(super) choices: &'a Choices,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) aliases: Names,
    /// The components that are added by another name.
    names: Names,
    /// The parts of path items to add, by path.
    pub(super) items: IndexMap<String, Value>,
    /// The components to add, by the name that they get.
    components: IndexMap<Component, Value>,
    seen: HashSet<Component>,
    pub(super) waiting: Vec<Link>,
    pub(super) tags: IndexSet<String>,
    /// The security schemes that are asked for, with the scopes.
    pub(super) schemes: IndexMap<String, IndexSet<String>>,
    pub(super) gathered: Gathered,
}

impl<'a> Gathering<'a> {
    fn follow_all(&mut self) {
        while let Some(link) = self.waiting.pop() {
            match &link.target {
                Target::Component(component, _) => self.component(component, &link),
                Target::Elsewhere => {
                    let message =
                        format!("`{}` leads to no component, and cannot be imported", link.written);
                    let place = self.upstream.sources.locate(&link.pointer);
                    self.diagnostics
                        .error("not-importable", None, message)
                        .at(place)
                        .help("make what it leads to a component of the upstream document");
                }
            }
        }
    }

    fn component(&mut self, component: &Component, link: &Link) {
        if !self.seen.insert(component.clone()) {
            return;
        }
        let Some(theirs) = pointer::get(&self.upstream.root, &component.pointer()) else {
            let place = self.upstream.sources.locate(&link.pointer);
            self.diagnostics
                .error("dangling-reference", None, format!("`{}` leads nowhere", link.written))
                .at(place);
            return;
        };
        let Some(ours) = pointer::get(&self.document.root, &component.pointer()) else {
            self.add(component, component.clone(), theirs);
            return;
        };
        match self.difference(ours, theirs, component.object) {
            None => self.gathered.same += 1,
            Some(_) if self.choices.keeps(&component.name) => {
                self.gathered.kept.push(component.to_string());
            }
            Some(_) if self.choices.replaces(&component.name) => {
                self.replace(component.to_string(), component.pointer());
                self.take(component, component.clone(), theirs);
            }
            Some(within) => match self.choices.new_name(&component.name) {
                Some(name) => self.add_renamed(component, name, theirs),
                None => self.component_conflict(component, component, &within),
            },
        }
    }

    /// Adds a component by another name, unless the document has it by that name.
    fn add_renamed(&mut self, component: &Component, name: String, theirs: &'a Value) {
        let renamed = component.named(name.clone());
        let within = match pointer::get(&self.document.root, &renamed.pointer()) {
            Some(ours) => self.difference(ours, theirs, component.object),
            None if pointer::get(&self.upstream.root, &renamed.pointer()).is_some() => {
                Some(String::new())
            }
            None => {
                self.names.insert(component.clone(), name);
                self.add(component, renamed, theirs);
                return;
            }
        };
        match within {
            Some(within) => self.component_conflict(&renamed, component, &within),
            None => {
                self.names.insert(component.clone(), name);
                self.gathered.same += 1;
            }
        }
    }

    fn component_conflict(&mut self, ours: &Component, theirs: &Component, within: &str) {
        let name = &theirs.name;
        let help = format!(
            "`--keep {name}` uses the one that is here, `--replace {name}` puts upstream's in its place, `--rename {name}=NewName` imports that by a new name"
        );
        let places = [ours, theirs].map(|it| format!("{}{within}", it.pointer()));
        self.conflict(&ours.to_string(), &places[0], &places[1], &help);
    }

    fn add(&mut self, component: &Component, as_component: Component, value: &Value) {
        self.gathered.added.push(as_component.to_string());
        self.take(component, as_component, value);
    }

    /// Notes that upstream's takes the place of what is at a pointer.
    pub(super) fn replace(&mut self, what: String, at: String) {
        self.gathered.replaced.push(what);
        self.gathered.replaced_at.insert(at);
    }

    /// Takes a component of upstream, and follows what it refers to.
    fn take(&mut self, component: &Component, as_component: Component, value: &Value) {
        self.waiting.extend(components::links(value, component.object, &component.pointer()));
        self.components.insert(as_component, value.clone());
        let implicit = value.get("discriminator").is_some_and(|it| it.get("mapping").is_none());
        if component.object == Object::Schema && implicit {
            self.follow_subtypes(component);
        }
    }

    /// Follows to the schemas that inherit from a base, which it names by its discriminator only.
    fn follow_subtypes(&mut self, base: &Component) {
        let wanted = format!("#{}", base.pointer());
        for subtype in Component::all(&self.upstream.root) {
            let schema = pointer::get(&self.upstream.root, &subtype.pointer());
            let parents = schema.and_then(|schema| schema.get("allOf")).and_then(Value::as_array);
            let mut parents = parents.into_iter().flatten().filter_map(|it| it.get("$ref"));
            if subtype.object == Object::Schema && parents.any(|parent| *parent == wanted) {
                self.waiting.push(Link {
                    pointer: base.pointer(),
                    written: subtype.to_string(),
                    target: Target::Component(subtype, String::new()),
                });
            }
        }
    }

    /// The first difference in meaning, references to what was renamed before taken for what they were.
    pub(super) fn difference(
        &self,
        ours: &Value,
        theirs: &Value,
        object: Object,
    ) -> Option<String> {
        let mut ours = ours.clone();
        components::rename(&mut ours, object, &self.aliases);
        difference(&ours, theirs, object)
    }

    /// Reports that something is not the same here and upstream.
    pub(super) fn conflict(&mut self, what: &str, ours: &str, theirs: &str, help: &str) {
        let upstream = self.upstream.sources.locate(theirs).map_or_else(String::new, |place| {
            format!(
                "upstream it is at {}:{}:{}: {}\n",
                place.file,
                place.line,
                place.column,
                place.excerpt.trim()
            )
        });
        self.diagnostics
            .error("import-conflict", None, format!("{what} is another one here than upstream"))
            .at(self.document.sources.locate(ours))
            .help(format!("{upstream}{help}"));
    }

    fn security_schemes(&mut self) {
        for (name, scopes) in std::mem::take(&mut self.schemes) {
            schemes::scheme(self, &name, &scopes);
        }
    }

    /// Adds a part of a document.
    pub(super) fn add_at(&mut self, path: &[&str], value: Value) {
        let whole = path.iter().rev().fold(value, |inner, key| json!({ *key: inner }));
        if let Value::Object(whole) = whole {
            merge(&mut self.gathered.additions, whole);
        }
    }

    fn finish(mut self) -> Gathered {
        self.add_tags();
        for (path, mut item) in std::mem::take(&mut self.items) {
            components::rename(&mut item, Object::PathItem, &self.names);
            self.add_at(&["paths", &path], item);
        }
        for (component, mut value) in std::mem::take(&mut self.components) {
            components::rename(&mut value, component.object, &self.names);
            self.add_at(&["components", component.section(), &component.name], value);
        }
        self.gathered
    }

    fn add_tags(&mut self) {
        let named = |tag: &Value, name: &str| tag.get("name").is_some_and(|it| it == name);
        let list = |document: &'a Value| {
            document.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
        };
        let (ours, theirs) = (list(&self.document.root), list(&self.upstream.root));
        for name in std::mem::take(&mut self.tags) {
            let declared = theirs.iter().find(|tag| named(tag, &name));
            if let Some(tag) = declared.filter(|_| !ours.iter().any(|tag| named(tag, &name))) {
                self.add_at(&["tags"], json!([tag]));
                self.gathered.added.push(format!("tag {name}"));
            }
        }
    }
}

/// Adds the entries of `more` to a mapping; lists get longer.
pub(super) fn merge(map: &mut Map<String, Value>, more: Map<String, Value>) {
    for (key, value) in more {
        match (map.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(more)) => merge(inner, more),
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more),
            (_, value) => {
                map.insert(key, value);
            }
        }
    }
}

//! Puts a document that is split over files together.
//!
//! What another file is referred to for becomes a component of the document, under the name that it has there. Every
//! piece moves once, however often it is referred to, so circles over files are no problem.

mod copies;
mod files;
#[cfg(test)]
mod tests;

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet, VecDeque},
    path::PathBuf,
};

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::{
    SourceId, Sources,
    access::{self, Access},
    identifiers::Identifiers,
    names::{ComponentNames, camel_case},
};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::{
    pointer,
    references::{follow, misplaced, references},
    structure::Object,
};
use copies::Copies;

/// Moves everything that `root` refers to in other files into it. Files are read as they are needed, those that
/// `access` holds.
pub fn bundle(
    root: &mut Value,
    access: &Access,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    if !refers_to_files(root) && misplaced(root, Object::OpenApi, "").is_empty() {
        return;
    }
    let Some(source) = sources.source(SourceId::ROOT) else {
        return;
    };
    let path = access::real(&source.path);
    let first =
        File { source: SourceId::ROOT, path: path.clone(), value: root.take(), identifiers: None };
    let mut bundler = Bundler {
        files: vec![first],
        by_path: HashMap::from([(path, Some(0))]),
        names: ComponentNames::default(),
        homes: IndexMap::new(),
        rewrites: Vec::new(),
        waiting: VecDeque::new(),
        seen: HashSet::new(),
        copies: Copies::default(),
        access,
        sources,
        diagnostics,
    };
    let document = Piece { file: 0, at: String::new() };
    bundler.copy_misplaced(&document, Object::OpenApi);
    bundler.names = ComponentNames::of(&bundler.files[0].value);
    bundler.scan(&document, Object::OpenApi);
    while let Some((piece, object)) = bundler.waiting.pop_front() {
        bundler.copy_misplaced(&piece, object);
        bundler.scan(&piece, object);
    }
    bundler.report_copies();
    *root = bundler.finish();
}

/// Whether a reference may have more than a fragment. Looks at whatever is called like one, without its place, which
/// takes a fraction of the time of [`references`].
fn refers_to_files(node: &Value) -> bool {
    let leaves = |target: &Value| target.as_str().is_some_and(|target| !target.starts_with('#'));
    match node {
        Value::Object(map) => map.iter().any(|(key, value)| match key.as_str() {
            "$ref" | "$dynamicRef" if value.is_string() => leaves(value),
            "mapping" => {
                refers_to_files(value)
                    || value.as_object().is_some_and(|mapping| {
                        mapping
                            .values()
                            .filter(|it| !it.as_str().is_some_and(is_bare_name))
                            .any(leaves)
                    })
            }
            _ => refers_to_files(value),
        }),
        Value::Array(list) => list.iter().any(refers_to_files),
        _ => false,
    }
}

/// Whether an entry of a discriminator's mapping is the name of a schema, and no reference.
fn is_bare_name(target: &str) -> bool {
    !target.contains(['#', '/', '.'])
}

/// The part of a reference that names a file, percent-decoded, where it has one.
fn file_part(target: &str, mapping: bool) -> Option<String> {
    let file = target.split('#').next().unwrap_or_default();
    if file.is_empty() || (mapping && is_bare_name(target)) {
        return None;
    }
    Some(percent_decode_str(file).decode_utf8_lossy().into_owned())
}

/// A node of a file.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Piece {
    file: usize,
    at: String,
}

struct File {
    source: SourceId,
    path: PathBuf,
    value: Value,
    identifiers: Option<Identifiers>,
}

struct Home {
    section: &'static str,
    name: String,
}

struct Bundler<'a> {
    files: Vec<File>,
    /// The files that were asked for; `None` for one that cannot be read.
    by_path: HashMap<PathBuf, Option<usize>>,
    names: ComponentNames,
    /// What becomes a component.
    homes: IndexMap<Piece, Home>,
    /// The strings that refer, each with what it has to become.
    rewrites: Vec<(Piece, String)>,
    waiting: VecDeque<(Piece, Object)>,
    seen: HashSet<Piece>,
    copies: Copies,
    access: &'a Access,
    sources: &'a mut Sources,
    diagnostics: &'a mut Diagnostics,
}

/// A reference without a borrow of the file that it is in.
struct Found {
    place: Piece,
    target: String,
    file: Option<String>,
    object: Object,
    mapping: bool,
}

impl Bundler<'_> {
    /// Looks at the references in a piece.
    fn scan(&mut self, piece: &Piece, object: Object) {
        let Some(value) = pointer::get(&self.files[piece.file].value, &piece.at) else {
            return;
        };
        let mut found: Vec<Found> = references(value, object, &piece.at)
            .iter()
            .map(|reference| Found {
                place: Piece { file: piece.file, at: reference.pointer.clone() },
                target: reference.target.to_owned(),
                file: file_part(reference.target, reference.mapping),
                object: reference.object,
                mapping: reference.mapping,
            })
            .filter(|found| self.seen.insert(found.place.clone()))
            .collect();
        // A component that only refers to a file gives its name to what is there, so these come first.
        found.sort_by_key(|found| adopting(&self.files[0].value, found).is_none());
        for found in found {
            self.reference(&found);
        }
    }

    fn reference(&mut self, found: &Found) {
        let Some(section) = found.object.section() else {
            return;
        };
        let own_file = self.origin(&found.place).file;
        let file = match &found.file {
            None if own_file == 0 => return,
            None if found.mapping && !found.target.starts_with('#') => {
                self.bare_name(found);
                return;
            }
            None => own_file,
            Some(name) if self.is_own_name(name) => 0,
            // The `$id` of a schema in this file, which normalizing resolves.
            Some(_) if own_file == 0 && self.is_identifier(&found.target) => return,
            Some(name) => match self.file(name, &found.place, &found.target) {
                Some(file) => file,
                None => return,
            },
        };
        let fragment = found.target.split_once('#').map_or("", |(_, fragment)| fragment);
        let Some(at) = pointer::from_fragment(fragment)
            .map(|at| at.into_owned())
            .or_else(|| self.identifiers(file).anchor(fragment).map(str::to_owned))
        else {
            self.dangling(&found.place, &found.target);
            return;
        };
        if file == 0 {
            self.rewrites.push((found.place.clone(), format!("#{at}")));
            return;
        }
        let Some(at) = follow(&self.files[file].value, &at) else {
            self.dangling(&found.place, &found.target);
            return;
        };
        let piece = Piece { file, at };
        if let Some(at) = self.copies.in_document(&piece) {
            self.rewrites.push((found.place.clone(), format!("#{at}")));
            return;
        }
        if !self.homes.contains_key(&piece) {
            let name = self.name(&piece, section, found);
            self.homes.insert(piece.clone(), Home { section, name });
            self.waiting.push_back((piece.clone(), found.object));
        }
        let home = &self.homes[&piece];
        if home.section != section {
            let message = format!(
                "{} is wanted here, and `{}` is one of the {}",
                found.object.name(),
                found.target,
                home.section
            );
            self.error(&found.place, "wrong-reference", message);
            return;
        }
        if adopting(&self.files[0].value, found).is_none_or(|name| *name != home.name) {
            let target = format!("#/components/{section}/{}", home.name);
            self.rewrites.push((found.place.clone(), target));
        }
    }

    /// Whether a URI is what the document calls itself (`$self`, OpenAPI 3.2.0, section 4.1.1).
    fn is_own_name(&self, name: &str) -> bool {
        let own = self.files[0].value.get("$self").and_then(Value::as_str);
        own.is_some_and(|own| own.trim_end_matches('#') == name)
    }

    /// Whether a reference starts with the `$id` of a schema of the document.
    fn is_identifier(&mut self, target: &str) -> bool {
        let id = target.split('#').next().unwrap_or_default();
        self.identifiers(0).id(id).is_some()
    }

    /// The names that the schemas of a file give themselves.
    fn identifiers(&mut self, file: usize) -> &Identifiers {
        let File { value, identifiers, .. } = &mut self.files[file];
        identifiers.get_or_insert_with(|| Identifiers::of(value))
    }

    /// The bare name of a schema in a mapping: one of the same file, or else one of the document.
    fn bare_name(&mut self, found: &Found) {
        let at = pointer::child("/components/schemas", &found.target);
        let file = self.origin(&found.place).file;
        if pointer::get(&self.files[file].value, &at).is_some() {
            let target = format!("#{at}");
            self.reference(&Found {
                place: found.place.clone(),
                target,
                file: None,
                object: found.object,
                mapping: true,
            });
        }
    }

    /// The name of a piece as a component.
    fn name(&mut self, piece: &Piece, section: &'static str, found: &Found) -> String {
        if let Some(name) = adopting(&self.files[0].value, found) {
            return name.to_owned();
        }
        let path = &self.files[piece.file].path;
        let stem =
            path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let last = pointer::tokens(&piece.at).last().map(|token| token.into_owned());
        match last {
            None => self.names.take(section, &[&stem]),
            Some(last) => {
                let longer = camel_case(&stem) + &camel_case(&last);
                // The index of a list is no name.
                if last.parse::<usize>().is_ok() {
                    return self.names.take(section, &[&longer]);
                }
                self.names.take(section, &[&last, &longer])
            }
        }
    }

    fn dangling(&mut self, place: &Piece, target: &str) {
        self.error(place, "dangling-reference", format!("`{target}` leads nowhere"))
            .help("the file is there, but has nothing at this place");
    }

    /// Reports an error at a place, or where that was copied from.
    fn error(&mut self, place: &Piece, code: &'static str, message: String) -> &mut Diagnostic {
        let Piece { file, at } = self.origin(place);
        self.diagnostics.error(code, at, message).in_source(self.files[file].source)
    }

    /// Rewrites the references, moves the pieces and gives the document.
    fn finish(mut self) -> Value {
        for (place, target) in std::mem::take(&mut self.rewrites) {
            if let Some(text) = pointer::get_mut(&mut self.files[place.file].value, &place.at) {
                *text = Value::String(target);
            }
        }
        let homes = std::mem::take(&mut self.homes).into_iter().enumerate();
        let mut homes: Vec<(usize, (Piece, Home))> = homes.collect();
        // The innermost first, so that what moves later takes the reference to it along.
        homes.sort_by_cached_key(|(_, (piece, _))| Reverse(pointer::tokens(&piece.at).count()));
        let mut moved: Vec<(usize, Home, Value)> = Vec::with_capacity(homes.len());
        for (order, (piece, home)) in homes {
            let file = &mut self.files[piece.file];
            let Some(place) = pointer::get_mut(&mut file.value, &piece.at) else {
                continue;
            };
            let target = format!("#/components/{}/{}", home.section, home.name);
            let value = std::mem::replace(place, json!({"$ref": target}));
            let to = pointer::child(&format!("/components/{}", home.section), &home.name);
            self.sources.moved(to, file.source, piece.at);
            moved.push((order, home, value));
        }
        // Components in the order in which they were referred to.
        moved.sort_by_key(|(order, ..)| *order);
        let mut root = self.files.swap_remove(0).value;
        for (_, home, value) in moved {
            insert_component(&mut root, home.section, home.name, value);
        }
        self.diagnostics.attach(self.sources.clone());
        root
    }
}

/// The name of the component of the document that is nothing but this reference.
fn adopting<'a>(root: &Value, found: &'a Found) -> Option<&'a str> {
    if found.place.file != 0 || found.file.is_none() {
        return None;
    }
    let rest = found.place.at.strip_prefix("/components/")?.strip_suffix("/$ref")?;
    let (section, name) = rest.split_once('/')?;
    if Some(section) != found.object.section() || name.contains(['/', '~']) {
        return None;
    }
    let alone = root.get("components")?.get(section)?.get(name)?.as_object()?.len() == 1;
    alone.then_some(name)
}

/// Adds a component to a document.
pub fn insert_component(root: &mut Value, section: &str, name: String, value: Value) {
    let Value::Object(root) = root else { return };
    let components = root.entry("components").or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(components) = components else {
        return;
    };
    let section = components.entry(section).or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(section) = section else {
        return;
    };
    section.insert(name, value);
}

//! Replaces the references that stand where OpenAPI has none, such as one in the place of an operation or of all
//! schemas. Documents that are split over files have them, since most tools that put such files together follow every
//! `$ref`.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::{Bundler, Piece, file_part};
use crate::document::{
    pointer,
    references::{follow, misplaced},
    structure::{Object, Shape},
};
use crate::load::measure::{DEEPEST, measure};

/// How often copies are made in copies.
const MOST_ROUNDS: usize = 16;

/// How many nodes may be copied; beyond that, copies of copies of copies are an attack.
const MOST_NODES: usize = 2_000_000;

/// What was copied to where.
#[derive(Default)]
pub struct Copies {
    /// The places that hold a copy, each with what it is a copy of.
    origins: HashMap<Piece, Piece>,
    /// What was copied into the components of the document, each with its pointer there.
    components: HashMap<Piece, String>,
    /// The references that cannot be followed, which was reported.
    failed: HashSet<Piece>,
    /// What contains itself, which was reported.
    circles: HashSet<String>,
    /// Whether there are so many copies that no more are made, which was reported.
    exhausted: bool,
    /// The first reference of each kind, by what it stands in place of, and how many there are.
    kinds: IndexMap<&'static str, (Piece, usize)>,
    nodes: usize,
}

impl Copies {
    /// The pointer into the document to what a piece of another file was copied to, where that is a component.
    pub fn in_document(&self, piece: &Piece) -> Option<String> {
        let mut around = Some(piece.at.as_str());
        while let Some(at) = around.filter(|_| !self.components.is_empty()) {
            let whole = Piece { file: piece.file, at: at.to_owned() };
            if let Some(to) = self.components.get(&whole) {
                return Some(format!("{to}{}", &piece.at[at.len()..]));
            }
            around = pointer::parent(at);
        }
        None
    }
}

/// A reference that stands where OpenAPI has none.
struct Misplaced {
    /// The object with the `$ref`.
    place: Piece,
    target: String,
    shape: Shape,
}

impl Bundler<'_> {
    /// Puts copies in place of the misplaced references in a piece.
    pub(super) fn copy_misplaced(&mut self, piece: &Piece, object: Object) {
        for round in 0..=MOST_ROUNDS {
            let Some(value) = pointer::get(&self.files[piece.file].value, &piece.at) else {
                return;
            };
            let found: Vec<Misplaced> = misplaced(value, object, &piece.at)
                .into_iter()
                .map(|misplaced| Misplaced {
                    place: Piece { file: piece.file, at: misplaced.pointer },
                    target: misplaced.target.to_owned(),
                    shape: misplaced.shape,
                })
                .filter(|misplaced| !self.copies.failed.contains(&misplaced.place))
                .collect();
            if found.is_empty() || self.copies.exhausted {
                return;
            }
            for misplaced in found {
                let done = if round < MOST_ROUNDS {
                    self.copy(&misplaced)
                } else {
                    self.circle(&misplaced)
                };
                if done.is_none() {
                    self.copies.failed.insert(misplaced.place);
                }
            }
        }
    }

    /// Warns once about each kind of misplaced reference.
    pub(super) fn report_copies(&mut self) {
        for (kind, (Piece { file, at }, count)) in std::mem::take(&mut self.copies.kinds) {
            let message = match count {
                1 => format!("OpenAPI has no reference in place of {kind}"),
                _ => format!("OpenAPI has no reference in place of {kind}; there are {count}"),
            };
            self.diagnostics
                .warning("misplaced-reference", at, message)
                .in_source(self.files[file].source)
                .help("it is read as a copy of what it leads to; other tools may refuse it");
        }
    }

    /// Where a place was read: in its own file, unless it is in a copy.
    pub(super) fn origin(&self, place: &Piece) -> Piece {
        let mut origin = place.clone();
        for _ in 0..=MOST_ROUNDS {
            let Some(earlier) = self.step(&origin) else {
                break;
            };
            origin = earlier;
        }
        origin
    }

    fn step(&self, place: &Piece) -> Option<Piece> {
        let mut around = Some(place.at.as_str()).filter(|_| !self.copies.origins.is_empty());
        while let Some(at) = around {
            let whole = Piece { file: place.file, at: at.to_owned() };
            if let Some(from) = self.copies.origins.get(&whole) {
                let at = format!("{}{}", from.at, &place.at[at.len()..]);
                return Some(Piece { file: from.file, at });
            }
            around = pointer::parent(at);
        }
        None
    }

    /// Puts a copy in place of a reference; `None` after an error.
    fn copy(&mut self, misplaced: &Misplaced) -> Option<()> {
        let Misplaced { place, target, shape } = misplaced;
        let text = Piece { file: place.file, at: pointer::child(&place.at, "$ref") };
        let file = match file_part(target, false) {
            Some(name) => self.file(&name, &text, target)?,
            None => self.origin(&text).file,
        };
        let fragment = target.split_once('#').map_or("", |(_, fragment)| fragment);
        let at =
            pointer::from_fragment(fragment).and_then(|at| follow(&self.files[file].value, &at));
        let Some(at) = at else {
            self.dangling(&text, target);
            return None;
        };
        let origin = self.origin(&text);
        // A copy of what it is in would be made in itself again, and that twice where there are two.
        if origin.file == file && is_within(&origin.at, &at) {
            return self.circle(misplaced);
        }
        let mut copy = pointer::get(&self.files[file].value, &at)?.clone();
        let (nodes, depth) = measure(&copy);
        if depth + pointer::tokens(&place.at).count() > DEEPEST {
            return self.circle(misplaced);
        }
        self.copies.nodes += nodes;
        if self.copies.exhausted {
            return None;
        }
        if self.copies.nodes > MOST_NODES {
            self.copies.exhausted = true;
            self.error(&text, "too-many-copies", format!("`{target}` is copied too often"))
                .help("refer to it, and to what it refers to, from fewer places");
            return None;
        }
        self.copies.kinds.entry(shape.name()).or_insert((origin, 0)).1 += 1;
        let hole = pointer::get_mut(&mut self.files[place.file].value, &place.at)?;
        // What stands beside the reference counts more.
        if let (Value::Object(copy), Value::Object(beside)) = (&mut copy, hole.take()) {
            copy.extend(beside.into_iter().filter(|(key, _)| key != "$ref"));
        }
        *hole = copy;
        let from = Piece { file, at };
        if place.file == 0 {
            let source = self.files[file].source;
            self.sources.moved(place.at.clone(), source, from.at.clone());
            if file != 0 && place.at.starts_with("/components") {
                self.copies.components.entry(from.clone()).or_insert_with(|| place.at.clone());
            }
        }
        self.copies.origins.insert(place.clone(), from);
        Some(())
    }

    /// Reports what contains itself, once however many references lead to it.
    fn circle(&mut self, misplaced: &Misplaced) -> Option<()> {
        let Misplaced { place, target, .. } = misplaced;
        if !self.copies.circles.insert(target.clone()) {
            return None;
        }
        let text = Piece { file: place.file, at: pointer::child(&place.at, "$ref") };
        let message = format!("`{target}` contains itself, or is nested too deeply");
        self.error(&text, "circular-reference", message)
            .help("refer to something inside it instead");
        None
    }
}

/// Whether the node at a JSON pointer is another one, or is inside it.
fn is_within(pointer: &str, outer: &str) -> bool {
    pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

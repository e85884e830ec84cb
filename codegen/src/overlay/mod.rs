//! Changes a document as an OpenAPI Overlay says, of version 1.0 or 1.1 (<https://spec.openapis.org/overlay/>).
//!
//! The changes are made in memory, before anything else looks at the document. What an overlay adds is
//! found in the overlay's file when there is something to report about it. Places behind an element that was
//! removed from a list are those of the element that had the number before.

mod action;
mod functions;
mod merge;
mod paths;

use std::path::Path;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::pointer;
use crate::load::{Document, read};
use crate::source::SourceId;
use action::{Action, Change};
use merge::Origin;

/// Applies the overlay in a file, YAML or JSON, to a document. What is wrong with it, or does not fit the
/// document, is an error in `diagnostics`; an action whose target is not there is a warning.
pub fn apply(path: &Path, document: &mut Document, diagnostics: &mut Diagnostics) {
    let Some(file) = read::read(path, diagnostics, |_| {}) else {
        return;
    };
    read::report(file.findings, &file.source, diagnostics);
    let source = document.sources.add(file.source);
    diagnostics.attach(document.sources.clone());
    let mut overlay = Overlay { source, document, diagnostics };
    for action in action::actions(&file.value, source, overlay.diagnostics) {
        overlay.act(&action);
    }
    overlay.diagnostics.attach(overlay.document.sources.clone());
}

struct Overlay<'a> {
    source: SourceId,
    document: &'a mut Document,
    diagnostics: &'a mut Diagnostics,
}

impl Overlay<'_> {
    fn act(&mut self, action: &Action) {
        let at = pointer::child(&action.pointer, "target");
        let Some(targets) = self.select(&action.target, &at) else {
            return;
        };
        if targets.is_empty() {
            let message = format!("`{}` selects nothing, so this changes nothing", action.target);
            self.diagnostics
                .warning("overlay-without-effect", at, message)
                .in_source(self.source)
                .help("the overlay may be meant for another version of the document");
            return;
        }
        match &action.change {
            Change::Remove => self.remove(targets, &at),
            Change::Update(value) => {
                let origin = Origin {
                    source: self.source,
                    pointer: pointer::child(&action.pointer, "update"),
                };
                self.update(&targets, value, &origin, &origin.pointer);
            }
            Change::Copy(path) => {
                self.copy(&targets, path, &pointer::child(&action.pointer, "copy"))
            }
        }
    }

    /// The pointers to the nodes that a JSONPath (RFC 9535) selects, in the order of the document.
    fn select(&mut self, path: &str, at: &str) -> Option<Vec<String>> {
        let parsed = JsonPath::parse(path).or_else(|error| {
            // The standard's own example writes the names of extensions without brackets.
            JsonPath::parse(&paths::with_brackets(path)).map_err(|_| error)
        });
        match parsed {
            Ok(path) => {
                let nodes = path.query_located(&self.document.root).dedup();
                Some(nodes.locations().map(|location| location.to_json_pointer()).collect())
            }
            Err(error) => {
                let message = format!("`{path}` is no JSONPath: {error}");
                self.error("invalid-overlay", at, message).help(
                    "RFC 9535 says how one is written; names with `/`, `{` or `-` need `['name']`",
                );
                None
            }
        }
    }

    fn remove(&mut self, targets: Vec<String>, at: &str) {
        // From the end, so that the numbers of what is still to be removed stay true.
        for target in targets.into_iter().rev() {
            let Some(parent) = pointer::parent(&target) else {
                self.error(
                    "invalid-overlay",
                    at,
                    "the whole document cannot be removed".to_owned(),
                );
                return;
            };
            let key = pointer::tokens(&target).last().unwrap_or_default().into_owned();
            match pointer::get_mut(&mut self.document.root, parent) {
                Some(Value::Object(map)) => {
                    map.shift_remove(&key);
                }
                Some(Value::Array(list)) => {
                    if let Some(index) = key.parse().ok().filter(|index| *index < list.len()) {
                        list.remove(index);
                    }
                }
                _ => {}
            }
        }
    }

    /// Merges a value, which `at` in the overlay names, into nodes of the document.
    fn update(&mut self, targets: &[String], value: &Value, origin: &Origin, at: &str) {
        for target in targets {
            let sources = &mut self.document.sources;
            let Some(node) = pointer::get_mut(&mut self.document.root, target) else {
                continue;
            };
            let result = merge::update(node, value, target, origin, &mut |to, from| {
                sources.moved(to, from.source, from.pointer);
            });
            if let Err(mismatch) = result {
                let message = format!(
                    "{} cannot be merged into {}, at `{}` of the document",
                    mismatch.update, mismatch.target, mismatch.at
                );
                self.error("overlay-mismatch", at, message)
                    .help("remove what is there by an action before, or give a value of its kind");
                return;
            }
        }
    }

    fn copy(&mut self, targets: &[String], path: &str, at: &str) {
        let Some(selected) = self.select(path, at) else {
            return;
        };
        let [from] = selected.as_slice() else {
            let message =
                format!("`{path}` selects {} nodes, and only one can be copied", selected.len());
            self.error("invalid-overlay", at, message);
            return;
        };
        let Some(value) = pointer::get(&self.document.root, from).cloned() else {
            return;
        };
        let (source, pointer) = self.document.sources.origin(from);
        self.update(targets, &value, &Origin { source, pointer }, at);
    }

    fn error(&mut self, code: &'static str, at: &str, message: String) -> &mut Diagnostic {
        self.diagnostics.error(code, at.to_owned(), message).in_source(self.source)
    }
}

//! Brings operations of another document, and all that they refer to, into a document.
//!
//! The other document is called upstream. What the document has already stays: it is edited as text, so
//! that comments and formatting remain byte for byte, and nothing is overwritten unasked. Where both have
//! something by the same name that does not mean the same, that is a conflict, which [`Choices`]
//! settle. A component that the document has stays with everything that it refers to.

mod choices;
mod compare;
mod components;
mod gather;
mod graft;
mod operations;
mod outline;
mod schemes;
mod yaml;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub use choices::{Choices, Renaming};

use crate::catalog;
use crate::config::Select;
use crate::diagnostics::Diagnostics;
use crate::document::pointer;
use crate::load::{self, Document, Notation, SourceId};
use crate::suggest::did_you_mean;
use components::Component;
use gather::Gathered;

/// What to import.
#[derive(Clone, Debug)]
pub struct Request {
    /// The document with the operations.
    pub from: PathBuf,
    /// The document that gets them.
    pub into: PathBuf,
    /// Which operations; all of them where nothing is selected.
    pub select: Select,
    /// Of these only those that the document has already.
    pub only_present: bool,
    /// What to do about conflicts.
    pub choices: Choices,
    /// Folders whose files the documents may refer to, besides their own.
    pub allow_files: Vec<PathBuf>,
}

/// A document with what was imported.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The new text of the document.
    pub text: String,
    /// What was added, such as `GET /users (listUsers)` or `components.schemas.User`.
    pub added: Vec<String>,
    /// How many operations and components the document had already, and which mean the same.
    pub same: usize,
    /// What the document has another one of than upstream, and keeps.
    pub kept: Vec<String>,
    /// What the document had another one of than upstream, whose is in its place now.
    pub replaced: Vec<String>,
    /// The operations that the document has and upstream has not; told where only those that are present were asked for.
    pub not_upstream: Vec<String>,
}

/// Imports operations. Nothing is written: the new text is for the caller to put in the place of the old.
///
/// All problems go to `diagnostics`; there is no new text where one of them is an error. A conflict is
/// one, reported with both places.
pub fn import(request: &Request, diagnostics: &mut Diagnostics) -> Option<Imported> {
    let upstream = load_apart(request, diagnostics);
    let document = load::load_with(&request.into, &request.allow_files, diagnostics);
    let (upstream, document) = (upstream?, document?);
    check_versions(&upstream, &document, diagnostics);
    check_choices(&upstream.root, &request.choices, diagnostics);
    let entries = catalog::entries(&upstream.root);
    let mut entries = catalog::select(entries, &request.select, diagnostics);
    let mut not_upstream = Vec::new();
    if request.only_present {
        let ours = catalog::entries(&document.root);
        not_upstream = operations::titles(operations::without(&ours, &entries));
        entries.retain(|entry| operations::is_in(entry, &ours));
    }
    let gathered = gather::gather(&entries, &upstream, &document, &request.choices, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let text = text_with(&document, &gathered, &request.allow_files, diagnostics)?;
    let Gathered { added, same, kept, replaced, .. } = gathered;
    Some(Imported { text, added, same, kept, replaced, not_upstream })
}

/// Loads upstream, whose problems are to be reported beside those of the document.
fn load_apart(request: &Request, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut own = Diagnostics::new();
    let document = load::load_with(&request.from, &request.allow_files, &mut own);
    for problem in &own {
        let location = own.locate(problem);
        let copy = match problem.severity {
            crate::diagnostics::Severity::Error => {
                diagnostics.error(problem.code, None, problem.message.clone())
            }
            crate::diagnostics::Severity::Warning => {
                diagnostics.warning(problem.code, None, problem.message.clone())
            }
        };
        copy.at(location).help = problem.help.clone();
    }
    document
}

/// Reports that the documents are of different versions, in which the same text means other things.
fn check_versions(upstream: &Document, document: &Document, diagnostics: &mut Diagnostics) {
    let version = |document: &Document| {
        let version = document.root.get("openapi").and_then(Value::as_str).unwrap_or_default();
        version.split('.').take(2).collect::<Vec<_>>().join(".")
    };
    let (theirs, ours) = (version(upstream), version(document));
    if theirs != ours {
        let message = format!("upstream is OpenAPI {theirs} and this document OpenAPI {ours}");
        diagnostics
            .error("different-version", "/openapi".to_owned(), message)
            .help("the versions write schemas in different ways: convert one of the documents");
    }
}

/// Reports choices about names that upstream does not have.
fn check_choices(upstream: &Value, choices: &Choices, diagnostics: &mut Diagnostics) {
    let mut names: Vec<String> = Component::all(upstream).into_iter().map(|it| it.name).collect();
    names.extend(catalog::entries(upstream).into_iter().filter_map(|it| it.operation_id));
    for chosen in choices.names().filter(|chosen| !names.iter().any(|name| name == chosen)) {
        let help = did_you_mean(
            chosen,
            names.iter().map(String::as_str),
            "give the name of a component or an operationId of upstream",
        );
        let message = format!("upstream has nothing that is called `{chosen}`");
        diagnostics.error("unused-choice", None, message).help(help);
    }
}

/// The text of a document with what was gathered, read back to be sure of it.
fn text_with(
    document: &Document,
    gathered: &Gathered,
    allowed: &[PathBuf],
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let (additions, replaced) = (&gathered.additions, &gathered.replaced_at);
    let source = document.sources.source(SourceId::ROOT)?;
    if additions.is_empty() {
        return Some(source.text.clone());
    }
    let mut expected = document.root.clone();
    for at in replaced {
        // What is added at this place is not merged with what is there.
        *pointer::get_mut(&mut expected, at)? = Value::Null;
    }
    gather::merge(expected.as_object_mut()?, additions.clone());
    let text = match source.notation {
        Notation::Json => format!("{expected:#}\n"),
        Notation::Yaml => match graft::graft(&source.text, additions, replaced) {
            Ok(text) => text,
            Err(obstacle) => {
                diagnostics
                    .error("not-editable", obstacle.pointer, obstacle.message)
                    .help("write it in block style: each key on a line of its own, without braces");
                return None;
            }
        },
    };
    match reads_as(&source.path, &text, expected, allowed) {
        Ok(true) => Some(text),
        Ok(false) => {
            diagnostics
                .error("not-editable", None, "the document cannot be added to without changing it")
                .help(
                    "bring the document to a plain form: no anchors, tabs or trailing blank lines",
                );
            None
        }
        Err(error) => {
            let message = format!("cannot read the new document back: {error}");
            diagnostics.error("not-editable", None, message);
            None
        }
    }
}

/// Whether a text, in a file beside that of the document, is read as `expected`, the order of the tags
/// apart.
fn reads_as(
    path: &Path,
    text: &str,
    expected: Value,
    allowed: &[PathBuf],
) -> std::io::Result<bool> {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let real = load::access::real(path);
    let file = tempfile::Builder::new()
        .prefix(".import-")
        .suffix(&format!(".{extension}"))
        .tempfile_in(real.parent().unwrap_or(Path::new(".")))?;
    fs::write(file.path(), text)?;
    let read = load::load_with(file.path(), allowed, &mut Diagnostics::new());
    Ok(read.is_some_and(|document| with_sorted_tags(document.root) == with_sorted_tags(expected)))
}

fn with_sorted_tags(mut document: Value) -> Value {
    if let Some(tags) = document.get_mut("tags").and_then(Value::as_array_mut) {
        tags.sort_by_cached_key(|tag| tag.get("name").map(Value::to_string));
    }
    document
}

//! From a file to a value, with an error that names the place where it cannot be read.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use serde_json::Value;
use texts::nesting;
use texts::value::{self, Finding};

use super::pointer_lengths;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::document::pointer;
use crate::source::{Notation, Source};

/// A byte order mark, which UTF-8 text may start with.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file and the value that it holds.
pub struct ReadFile {
    /// The text and its name.
    pub source: Source,
    /// What it says.
    pub value: Value,
    /// What there is to report about it besides.
    pub findings: Vec<Finding>,
}

/// Reads a file; `None` after an error has been reported.
///
/// `complain` places an error that has no line: at the reference that names the file, where there is one.
pub fn read(
    path: &Path,
    diagnostics: &mut Diagnostics,
    complain: impl Fn(&mut Diagnostic),
) -> Option<ReadFile> {
    read_as(path, path, diagnostics, complain)
}

/// Reads the file at `place`, whose name in reports is `path`, as [`read`] does.
pub fn read_as(
    place: &Path,
    path: &Path,
    diagnostics: &mut Diagnostics,
    complain: impl Fn(&mut Diagnostic),
) -> Option<ReadFile> {
    let file = parsed(place, path, diagnostics, complain)?;
    pointer_lengths::check(&file.value, &file.source, diagnostics)?;
    Some(file)
}

fn parsed(
    place: &Path,
    path: &Path,
    diagnostics: &mut Diagnostics,
    complain: impl Fn(&mut Diagnostic),
) -> Option<ReadFile> {
    let bytes = match fs::read(place) {
        Ok(bytes) => bytes,
        Err(error) => {
            unreadable(path, &error, diagnostics, complain);
            return None;
        }
    };
    let text = text(path, bytes, diagnostics)?;
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
        let value = Value::String(text.clone());
        let source = Source::new(path, text, Notation::Yaml);
        return Some(ReadFile { source, value, findings: Vec::new() });
    }
    let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let notation = if json { Notation::Json } else { Notation::Yaml };
    let mut source = Source::new(path, text, notation);
    // JSON is often in files of other names; a YAML document may start with a brace, too.
    if json || source.text.trim_start().starts_with('{') {
        match value::json(&source.text) {
            Ok((value, findings)) => {
                source.notation = Notation::Json;
                return Some(ReadFile { source, value, findings });
            }
            Err(error) if json => {
                report_json(&error, &source, diagnostics);
                return None;
            }
            Err(_) => {}
        }
    }
    if let Err(error) = nesting::check(&source.text) {
        let location = source.at_line(error.marker().line(), error.marker().col() + 1);
        diagnostics
            .error("invalid-yaml", None, format!("this cannot be read: {}", error.info()))
            .at(Some(location));
        return None;
    }
    match value::yaml(&source.text) {
        Ok((value, findings)) => Some(ReadFile { source, value, findings }),
        Err(error) => {
            report_yaml(&error, &source, diagnostics);
            None
        }
    }
}

/// Reports that a file cannot be read.
pub fn unreadable(
    path: &Path,
    error: &io::Error,
    diagnostics: &mut Diagnostics,
    complain: impl Fn(&mut Diagnostic),
) {
    let message = format!("cannot read `{}`: {error}", path.display());
    let diagnostic = diagnostics.error("unreadable-file", None, message);
    complain(diagnostic.help(match error.kind() {
        ErrorKind::NotFound => "check the path",
        _ => "check that the path names a file that may be read",
    }));
}

fn report_json(error: &serde_json::Error, source: &Source, diagnostics: &mut Diagnostics) {
    let message = error.to_string();
    let message = message.rfind(" at line ").map_or(message.as_str(), |end| &message[..end]);
    // serde_json counts the columns in bytes.
    let line = source.text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.as_bytes().iter().take(error.column().saturating_sub(1));
    let column = 1 + before.filter(|byte| !(0x80..0xc0).contains(*byte)).count();
    let location = source.at_line(error.line(), column);
    diagnostics
        .error("invalid-json", None, format!("this is not JSON: {message}"))
        .at(Some(location));
}

fn report_yaml(error: &serde_yaml::Error, source: &Source, diagnostics: &mut Diagnostics) {
    let message = error.to_string();
    // Such as "did not find expected ',' or ']' at line 3 column 1, while parsing a flow sequence at line 2 column 7".
    let (problem, context) = match message.split_once(", while ") {
        Some((problem, context)) => (problem, Some(context)),
        None => (message.as_str(), None),
    };
    let problem = problem.rfind(" at line ").map_or(problem, |end| &problem[..end]);
    let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
    let diagnostic = diagnostics
        .error("invalid-yaml", None, format!("this is not YAML: {problem}"))
        .at(Some(source.at_line(line, column)));
    if let Some(context) = context {
        diagnostic.help(format!("this was met while {context}"));
    } else if problem.contains(value::ALIASES_ADD) {
        diagnostic.help("refer to what is repeated by `$ref` instead of an alias");
    }
}

/// Reports what was noticed while a file was read.
pub fn report(findings: Vec<Finding>, source: &Source, diagnostics: &mut Diagnostics) {
    for finding in findings {
        match finding {
            Finding::DuplicateKey(pointer) => {
                let key = pointer::tokens(&pointer).last().unwrap_or_default().into_owned();
                let location = source.at_duplicate_key(&pointer);
                diagnostics
                    .error("duplicate-key", pointer, format!("the key `{key}` is here twice"))
                    .at(Some(location))
                    .help("keep one of the two; a reader would take one and lose the other");
            }
            Finding::NotFinite(pointer) => {
                let location = source.at_pointer(&pointer);
                diagnostics
                    .warning("number-not-finite", pointer, "JSON has no such number")
                    .at(Some(location))
                    .help("it is read as null; quote it if a string is meant");
            }
            Finding::BadMerge(pointer) => {
                let location = source.at_pointer(&pointer);
                diagnostics
                    .error(
                        "bad-merge-key",
                        pointer,
                        "only a mapping, or a list of them, can be merged",
                    )
                    .at(Some(location))
                    .help("give `<<` an alias of a mapping");
            }
        }
    }
}

/// Reads bytes as text, without a byte order mark; `None` after an error has been reported.
fn text(path: &Path, bytes: Vec<u8>, diagnostics: &mut Diagnostics) -> Option<String> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let location = Source::new(path, text, Notation::Yaml).at_span(at..at);
            diagnostics
                .error("not-utf-8", None, "this is not UTF-8 text")
                .at(Some(location))
                .help("save the file as UTF-8");
            return None;
        }
    };
    let text = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.trim().is_empty() {
        let location = Source::new(path, String::new(), Notation::Yaml).at_span(0..0);
        diagnostics
            .error("empty-file", None, "this file is empty")
            .at(Some(location))
            .help("an OpenAPI document starts with `openapi: 3.0.3` or `openapi: 3.1.0`");
        return None;
    }
    Some(text)
}

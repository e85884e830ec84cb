//! From a file to a value, with an error that names the place where it cannot be read.

use std::{fs, io::ErrorKind, path::Path};

use serde_json::Value;

use super::{
    pointer,
    source::{Notation, Source},
    value::{Finding, Reading},
};
use crate::diagnostics::{Diagnostic, Diagnostics};

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
    let text = match text(path) {
        Ok(text) => text,
        Err(Unreadable {
            code,
            message,
            help,
        }) => {
            let diagnostic = diagnostics.error(code, None, message);
            complain(diagnostic.help(help));
            return None;
        }
    };
    let json_name = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let notation = if json_name {
        Notation::Json
    } else {
        Notation::Yaml
    };
    let mut source = Source::new(path, text, notation);
    if source.text.trim_start().starts_with('{') || json_name {
        let mut reading = Reading::new(source.text.len(), false);
        let mut deserializer = serde_json::Deserializer::from_str(&source.text);
        let value = reading.read(&mut deserializer);
        match value.and_then(|value| deserializer.end().map(|()| value)) {
            Ok(value) => {
                source.notation = Notation::Json;
                return Some(ReadFile {
                    source,
                    value,
                    findings: reading.into_findings(),
                });
            }
            // A YAML document may start with a brace, too.
            Err(error) if json_name => {
                let location = source.at_line(error.line(), error.column().max(1));
                let message = format!("this is not JSON: {}", without_place(&error.to_string()));
                diagnostics
                    .error("invalid-json", None, message)
                    .at(location);
                return None;
            }
            Err(_) => {}
        }
    }
    let mut reading = Reading::new(source.text.len(), true);
    match reading.read(serde_yaml::Deserializer::from_str(&source.text)) {
        Ok(value) => Some(ReadFile {
            source,
            value,
            findings: reading.into_findings(),
        }),
        Err(error) => {
            let place = error
                .location()
                .map_or((1, 1), |at| (at.line(), at.column()));
            let message = format!("this is not YAML: {}", without_place(&error.to_string()));
            let location = source.at_line(place.0, place.1.max(1));
            diagnostics
                .error("invalid-yaml", None, message)
                .at(location);
            None
        }
    }
}

/// Reports what was noticed while a file was read.
pub fn report(findings: Vec<Finding>, source: &Source, diagnostics: &mut Diagnostics) {
    for finding in findings {
        match finding {
            Finding::DuplicateKey(pointer) => {
                let key = pointer::tokens(&pointer)
                    .last()
                    .unwrap_or_default()
                    .into_owned();
                let location = source.at_duplicate_key(&pointer);
                diagnostics
                    .error(
                        "duplicate-key",
                        pointer,
                        format!("the key `{key}` is here twice"),
                    )
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

/// Why a file has no text.
struct Unreadable {
    code: &'static str,
    message: String,
    help: &'static str,
}

fn text(path: &Path) -> Result<String, Unreadable> {
    let name = path.display();
    let bytes = fs::read(path).map_err(|error| Unreadable {
        code: "unreadable-file",
        message: format!("cannot read `{name}`: {error}"),
        help: match error.kind() {
            ErrorKind::NotFound => "check the path; it is relative to the current directory, or to the file that refers to it",
            _ => "check that the path names a file that may be read",
        },
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count();
        Unreadable {
            code: "not-utf-8",
            message: format!(
                "`{name}` is not UTF-8 text: bad byte at line {line}, column {column}"
            ),
            help: "save the file as UTF-8",
        }
    })?;
    let text = text
        .strip_prefix(BYTE_ORDER_MARK)
        .map(str::to_owned)
        .unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Unreadable {
            code: "empty-file",
            message: format!("`{name}` is empty"),
            help: "an OpenAPI document starts with `openapi: 3.0.3` or `openapi: 3.1.0`",
        });
    }
    Ok(text)
}

/// A parser's message without the place at its end, which the report shows anyway.
fn without_place(message: &str) -> &str {
    message
        .rfind(" at line ")
        .map_or(message, |end| &message[..end])
}

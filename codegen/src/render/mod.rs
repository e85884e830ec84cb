//! From the intermediate representation to the files of a crate, in memory.
//!
//! The templates in `templates/` say how the files look. What comes from the document
//! enters Rust only as a literal or a doc comment, and a manifest only through a TOML
//! serializer, so that no text of a document becomes code.

mod api;
mod cli;
mod constraints;
mod contract_tests;
mod crate_root;
pub mod example;
mod faults;
mod forms;
#[cfg(test)]
mod keyword_tests;
mod layout;
mod manifest;
pub mod markdown;
mod models;
mod multipart;
pub mod opaque_types;
mod operation_docs;
mod part_encodings;
mod parts;
pub mod reference;
mod runtime;
pub mod rust;
mod settings;
pub mod shared_fields;

pub use contract_tests::{calls, samples};
pub use faults::Fault;
pub(crate) use manifest::known_dependencies as dependencies;

use std::path::Path;
use std::thread;

use crate::ir::Sdk;
use crate::output::{self, Files};

/// What can go wrong in rendering: never the document's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template gave something that is not Rust, or a manifest that is not TOML.
    #[error("{0}")]
    Syntax(Box<Fault>),
    /// A template failed.
    #[error("a template failed: {0}")]
    Template(#[from] askama::Error),
    /// The manifest cannot be written.
    #[error("the manifest cannot be written: {0}")]
    Manifest(#[from] toml::ser::Error),
    /// A thread of the renderer ended before its work was done.
    #[error("rendering was cut short")]
    Interrupted,
}

/// Renders every file of the crate; its own tests only where `tests` says so.
///
/// Each is checked to be Rust, but for those that the folder `written` holds as they are: they were checked before they
/// got there.
///
/// # Errors
///
/// [`Error`], where a template is wrong.
pub fn render(sdk: &Sdk, tests: bool, written: Option<&Path>) -> Result<Files, Error> {
    let mut files: Files = runtime::files(sdk);
    let rendered = thread::scope(|scope| {
        let running = [
            scope.spawn(|| checked(models::files(sdk)?, written)),
            scope.spawn(|| checked(api::files(sdk)?, written)),
            scope.spawn(|| Ok(reference::files(sdk)?)),
            scope.spawn(|| checked(crate_root::files(sdk, tests)?, written)),
            scope.spawn(|| checked(cli::files(sdk)?, written)),
            scope.spawn(|| match tests {
                true => checked(contract_tests::files(sdk)?, written),
                false => Ok(Vec::new()),
            }),
        ];
        running.map(|thread| thread.join().unwrap_or(Err(Error::Interrupted)))
    });
    for part in rendered {
        files.extend(part?);
    }
    Ok(files)
}

/// The same files, if all that are to be Rust or TOML are, or are in the folder `written` already.
fn checked(
    files: Vec<(String, String)>,
    written: Option<&Path>,
) -> Result<Vec<(String, String)>, Error> {
    for (path, text) in &files {
        let is_written = written.is_some_and(|folder| output::is_in(folder, path, text));
        if path.ends_with(".rs") && !is_written {
            rust::check(path, text)?;
        } else if path.ends_with("Cargo.toml") && !is_written {
            manifest::check(path, text)?;
        }
    }
    Ok(files)
}

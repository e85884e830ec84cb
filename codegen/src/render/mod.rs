//! From the intermediate representation to the files of a crate, in memory.
//!
//! The templates in `templates/` say how the files look. What comes from the document
//! enters Rust only as a literal or a doc comment, and a manifest only through a TOML
//! serializer, so that no text of a document becomes code.

mod api;
mod contract_tests;
mod crate_root;
pub mod example;
mod layout;
mod manifest;
pub mod markdown;
mod models;
mod multipart;
pub mod opaque_types;
mod operation_docs;
pub mod reference;
mod runtime;
pub mod rust;
mod settings;

pub use contract_tests::{calls, samples};
pub(crate) use manifest::known_dependencies as dependencies;

use std::thread;

use crate::config::Config;
use crate::ir::Sdk;
use crate::output::Files;

/// What can go wrong in rendering: never the document's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template gave something that is not Rust.
    #[error("the template for `{path}` gave no valid Rust at line {line}: {message}\n  {text}")]
    Syntax {
        /// The file that was to be.
        path: String,
        /// What the parser says.
        message: String,
        /// The line within the file, counted from one.
        line: usize,
        /// That line.
        text: String,
    },
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
/// # Errors
///
/// [`Error`], where a template is wrong.
pub fn render(sdk: &Sdk, config: &Config, tests: bool) -> Result<Files, Error> {
    let mut files: Files = runtime::files();
    let rendered = thread::scope(|scope| {
        let running = [
            scope.spawn(|| models::files(sdk)),
            scope.spawn(|| api::files(sdk)),
            scope.spawn(|| Ok(reference::files(sdk)?)),
            scope.spawn(|| crate_root::files(sdk, config, tests)),
            scope.spawn(|| if tests { contract_tests::files(sdk) } else { Ok(Vec::new()) }),
        ];
        running.map(|thread| thread.join().unwrap_or(Err(Error::Interrupted)))
    });
    for part in rendered {
        files.extend(part?);
    }
    Ok(files)
}

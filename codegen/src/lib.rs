//! Reads an OpenAPI document and renders a typed Rust SDK crate from it.
//!
//! The data flows one way: [`load`] reads the document, [`normalize`] brings it to one
//! form, [`lower`] makes the intermediate representation ([`ir`]) of it, [`render`]
//! prints that as files in memory, and [`output`] compares them with a folder or writes
//! them. [`generate`] runs all but the last.

pub mod catalog;
pub mod config;
pub mod diagnostics;
pub mod import;
pub mod ir;
pub mod load;
pub mod lower;
pub mod normalize;
pub mod output;
pub mod render;
mod suggest;

use std::path::PathBuf;

use config::Config;
use diagnostics::Diagnostics;
use output::Files;

/// What to generate.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The OpenAPI document, in YAML or JSON.
    pub spec: PathBuf,
    /// The `sdk.toml`; without one, every key has its default.
    pub config: Option<PathBuf>,
    /// The crate's name, in place of that of the `sdk.toml`.
    pub name: Option<String>,
    /// Whether to make the tests of the crate, too.
    pub tests: bool,
}

/// A crate in memory.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files of the crate.
    pub files: Files,
    /// How many operations it has.
    pub operations: usize,
    /// How many models it has.
    pub models: usize,
}

/// Generates a crate in memory. All problems of the document go to `diagnostics`; there
/// is no crate where any of them is an error.
pub fn generate(options: &Options, diagnostics: &mut Diagnostics) -> Option<Generated> {
    let config = match &options.config {
        Some(path) => Config::load(path, diagnostics),
        None => Some(Config::default()),
    };
    let document = load::load(&options.spec, diagnostics);
    let normalized = normalize::normalize(document?, diagnostics)?;
    let mut config = config?;
    if let Some(name) = &options.name {
        config.package.name = Some(name.clone());
    }
    let sdk = lower::lower(&normalized, &config, diagnostics)?;
    match render::render(&sdk, &config, options.tests) {
        Ok(files) => {
            Some(Generated { files, operations: sdk.operation_count(), models: sdk.models.len() })
        }
        Err(error) => {
            diagnostics.error("not-rendered", None, error.to_string());
            None
        }
    }
}

//! Reads an OpenAPI document and renders a typed Rust SDK crate from it.
//!
//! The data flows one way, over [`document`], which knows what OpenAPI is made of: [`load`] reads the document, [`normalize`] brings it to one
//! form, [`lower`] makes the intermediate representation ([`ir`]) of it, [`render`]
//! prints that as files in memory, and [`output`] compares them with a folder or writes
//! them. [`generate`] runs all but the last.

pub mod catalog;
pub mod characters;
mod checks;
pub mod config;
pub mod diagnostics;
pub mod document;
pub mod import;
pub mod ir;
pub mod load;
pub mod lower;
pub mod names;
pub mod normalize;
pub mod output;
pub mod overlay;
pub mod render;
pub mod source;
pub mod suggest;

use std::path::PathBuf;

use config::Config;
use diagnostics::Diagnostics;
use ir::Sdk;
use load::Document;
use output::Files;

/// What to generate.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The OpenAPI document, in YAML or JSON.
    pub spec: PathBuf,
    /// The `sdk.toml`; without one, every key has its default.
    pub config: Option<PathBuf>,
    /// Overlays to apply to the document, after those of the `sdk.toml`.
    pub overlays: Vec<PathBuf>,
    /// Folders whose files the document may refer to, besides its own and those of the `sdk.toml`.
    pub allow_files: Vec<PathBuf>,
    /// The crate's name, in place of that of the `sdk.toml`.
    pub name: Option<String>,
    /// Whether to make the tests of the crate, too.
    pub tests: bool,
    /// The folder that the crate was written to before: what it holds as it is now rendered was checked then, and is
    /// not checked again.
    pub written: Option<PathBuf>,
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
    let (document, config) = read(options, diagnostics)?;
    let sdk = lowered(document, config, options, diagnostics)?;
    match render::render(&sdk, options.tests, options.written.as_deref()) {
        Ok(files) => {
            Some(Generated { files, operations: sdk.operation_count(), models: sdk.models.len() })
        }
        Err(error) => {
            let diagnostic = diagnostics.error("not-rendered", None, error.to_string());
            if let render::Error::Syntax(fault) = error {
                let around = fault.around.trim_end();
                diagnostic.help(format!("correct the template; it gave\n{around}"));
            }
            None
        }
    }
}

/// The document with its overlays applied, and the configuration. Where the configuration has
/// errors there is none of it, and the document's own problems can still be found.
pub fn read(
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<(Document, Option<Config>)> {
    let config = configuration(options, diagnostics);
    let allowed = config.iter().flat_map(|config| &config.allow_files);
    let allowed: Vec<PathBuf> = allowed.chain(&options.allow_files).cloned().collect();
    let mut document = load::load_with(&options.spec, &allowed, diagnostics)?;
    let overlays = config.iter().flat_map(|config| &config.overlays);
    for path in overlays.chain(&options.overlays) {
        overlay::apply(path, &mut document, diagnostics);
    }
    Some((document, config))
}

/// The SDK that a document becomes by a configuration.
pub fn lowered(
    document: Document,
    config: Option<Config>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Sdk> {
    let normalized = normalize::normalize(document, diagnostics)?;
    let config = config?;
    checks::check(&config, options.config.as_deref(), &normalized, diagnostics);
    lower::lower(&normalized, &config, diagnostics)
}

/// The configuration, with the name that the options give.
fn configuration(options: &Options, diagnostics: &mut Diagnostics) -> Option<Config> {
    let mut config = match &options.config {
        Some(path) => Config::load(path, diagnostics)?,
        None => Config::default(),
    };
    let file = options.config.as_deref().filter(|_| options.name.is_none());
    if let Some(name) = &options.name {
        config.package.name = Some(name.clone());
    }
    if let Some(name) = &config.package.name {
        config::package_name::check(name, file, diagnostics);
    }
    Some(config)
}

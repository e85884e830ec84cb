//! `cargo xtask list`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codegen::catalog;
use codegen::config::Select;
use codegen::diagnostics::Diagnostics;
use codegen::load;

use crate::allowed_files::AllowedFiles;
use crate::console::Console;
use crate::{Exit, Problem, checked_in};

const EXAMPLES: &str = "\
Example:
  cargo xtask list --spec vendor.yaml --tag User";

/// Show the operations of an OpenAPI document: tags, method, path, operationId and summary.
#[derive(Args, Clone)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON, a file or a URL [default: that of the first crate that is checked in]
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    #[command(flatten)]
    files: AllowedFiles,
    /// Only the operations with this tag; may be given more than once
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One line for each operation, in columns
    Table,
    /// A JSON array with an object for each operation
    Json,
}

/// Lists the operations on the standard output.
///
/// # Errors
///
/// The list of crates cannot be read, or the output not written.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => checked_in::first()?.options.spec,
    };
    let mut diagnostics = Diagnostics::new();
    let document = load::load_with(&spec, &arguments.files.allow_files, &mut diagnostics);
    let entries = document.map(|document| {
        let wanted = Select { tags: arguments.tags.clone(), ..Select::default() };
        catalog::select(catalog::entries(&document.root), &wanted, &mut diagnostics)
    });
    console.report(&diagnostics)?;
    let Some(entries) = entries.filter(|_| !diagnostics.has_errors()) else {
        return Ok(Exit::Failure);
    };
    match arguments.format {
        Format::Table => write!(console.output, "{}", catalog::table(&entries))?,
        Format::Json => console.json(&entries)?,
    }
    Ok(Exit::Success)
}

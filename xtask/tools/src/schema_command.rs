//! `cargo xtask schema`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::schema;

const EXAMPLES: &str = "\
Examples:
  cargo xtask schema
  cargo xtask schema --out docs/sdk.schema.json";

/// Print the JSON Schema of sdk.toml, by which editors complete and check it.
///
/// A first line `#:schema PATH` in an sdk.toml tells an editor with taplo where the schema is.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Write it to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Prints the schema, or writes it.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let schema = schema::schema()
        .map_err(|problem| Problem(format!("the schema cannot be made: {problem}")))?;
    match &arguments.out {
        Some(file) => fs::write(file, schema)
            .map_err(|error| Problem(format!("{} cannot be written: {error}", file.display())))?,
        None => write!(console.output, "{schema}")?,
    }
    Ok(Exit::Success)
}

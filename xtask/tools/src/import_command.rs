//! `cargo xtask import` and `cargo xtask list` of a document from a URL.

use std::path::Path;

use xtask::console::Console;
use xtask::{Exit, ImportArguments, ListArguments, Problem};

use crate::documents;

/// Fetches the document and imports from it. What was read is written down beside the document that it goes into.
pub(crate) fn import(
    arguments: &ImportArguments,
    console: &mut Console<'_>,
) -> Result<Exit, Problem> {
    let mut arguments = arguments.clone();
    let into = arguments.target()?;
    let folder = into.parent().unwrap_or(Path::new(""));
    let Some(fetched) = documents::fetch(&arguments.from, Some(folder), console)? else {
        return xtask::import(&arguments, console);
    };
    arguments.from.clone_from(&fetched.file);
    let exit = xtask::import(&arguments, console)?;
    if exit == Exit::Success && !arguments.dry_run {
        fetched.write_down(folder)?;
    }
    Ok(exit)
}

/// Fetches the document and lists its operations. Nothing is written down.
pub(crate) fn list(arguments: &ListArguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let mut arguments = arguments.clone();
    let fetched = match &arguments.spec {
        Some(spec) => documents::fetch(spec, None, console)?,
        None => None,
    };
    if let Some(fetched) = &fetched {
        arguments.spec = Some(fetched.file.clone());
    }
    xtask::list(&arguments, console)
}

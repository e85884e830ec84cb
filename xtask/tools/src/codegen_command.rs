//! `cargo xtask codegen` where it needs more than generating: a document from a URL, or other templates.

use xtask::console::Console;
use xtask::{CodegenArguments, Exit, Problem};

use crate::{documents, templates};

/// Fetches the document and builds the generator with the templates, as the arguments ask, and generates.
pub(crate) fn run(
    arguments: &CodegenArguments,
    console: &mut Console<'_>,
) -> Result<Exit, Problem> {
    let mut arguments = arguments.clone();
    let out = arguments.out.clone();
    let fetched = match &arguments.spec {
        Some(spec) => documents::fetch(spec, out.as_deref(), console)?,
        None => None,
    };
    if arguments.deny_warnings && fetched.as_ref().is_some_and(|it| it.is_changed) {
        return Ok(Exit::Failure);
    }
    arguments.fetched = fetched.as_ref().map(|fetched| fetched.file.clone());
    let exit = match arguments.templates.take() {
        Some(templates) => templates::codegen(&templates, &arguments, console)?,
        None => xtask::codegen(&arguments, console)?,
    };
    match (fetched, out) {
        (Some(fetched), Some(out)) if exit == Exit::Success && !arguments.check => {
            fetched.write_down(&out)?;
        }
        _ => {}
    }
    Ok(exit)
}

//! `cargo xtask conformance`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::conformance::{self, Prepared, Report};
use clap::Args;
use codegen::diagnostics::Diagnostics;

use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::document_arguments::DocumentArguments;
use crate::{driver, write_json};

/// Read every example of a document into its generated type, write it back, and show what was lost.
///
/// It fails if a valid example does not come back as it was, if a schema is typed as a raw JSON value
/// although it says more, or if the value of a subtype does not come out as that subtype's variant.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: DocumentArguments,
    /// Where the crate and the program that asks it are written to [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show every example with its outcome, as JSON
    #[arg(long)]
    json: bool,
}

/// Generates, builds and asks the crate, and prints the report.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let mut diagnostics = Diagnostics::new();
    let prepared = conformance::prepare(&arguments.document.options(), &mut diagnostics);
    let Some(prepared) = prepared.filter(|_| !diagnostics.has_errors()) else {
        console.report(&diagnostics)?;
        return Ok(Exit::Failure);
    };
    let temporary = tempfile::tempdir()?;
    let folder = arguments.out.as_deref().unwrap_or(temporary.path());
    let report = report(&prepared, folder)?;
    if arguments.json {
        write_json(&report, console)?;
    } else {
        tell(&report, console)?;
    }
    Ok(if report.is_good() { Exit::Success } else { Exit::Failure })
}

/// Writes the crate and the driver, and runs the driver.
fn report(prepared: &Prepared, folder: &Path) -> Result<Report, Problem> {
    let driver = driver::write(&prepared.sdk, &prepared.driver, folder)?;
    let questions = driver::data(&driver, "questions.json", prepared.questions.as_bytes())?;
    let questions = fs::canonicalize(questions)?;
    let answers = driver::run(&driver, questions)?;
    prepared.report(&answers).map_err(|error| {
        Problem(format!("the program in {} gave no answers: {error}", driver.display()))
    })
}

fn tell(report: &Report, console: &mut Console<'_>) -> Result<(), Problem> {
    write!(console.output, "{}\n{}\n{}", report.problems(), report.table(), report.types_table())?;
    Ok(())
}

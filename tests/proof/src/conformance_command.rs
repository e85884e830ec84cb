//! `cargo xtask conformance`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::conformance::{self, Prepared, Report};
use crate::drift;
use clap::Args;
use codegen::diagnostics::Diagnostics;
use codegen::output::Files;

use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::document_arguments::DocumentArguments;
use crate::{driver, write_json};

/// Read every example of a document into its generated type, write it back, and show what was lost.
///
/// It fails if a valid example does not come back as it was, if a schema is typed as a raw JSON value
/// although it says more, or if the value of a subtype does not come out as that subtype's variant.
///
/// With `--drift` each valid example is changed once in each of seven ways, served by a local server, and
/// decoded by the client: it fails if an answer does not come back whole, or if a change of a type or of
/// what has to be there is not told.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: DocumentArguments,
    /// Where the crate and the program that asks it are written to [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Serve changed examples to the client instead, as by a server that does not follow its document
    #[arg(long)]
    drift: bool,
    /// The same changes come of the same number
    #[arg(long, value_name = "N", default_value_t = 0, requires = "drift")]
    seed: u64,
    /// Show every example with its outcome, as JSON
    #[arg(long)]
    json: bool,
}

/// Generates, builds and asks the crate, and prints the report.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    if arguments.drift {
        return run_drift(arguments, console);
    }
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

/// As [`run`], for changed examples.
fn run_drift(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let mut diagnostics = Diagnostics::new();
    let options = arguments.document.options();
    let prepared = drift::prepare(&options, arguments.seed, &mut diagnostics);
    let Some(prepared) = prepared.filter(|_| !diagnostics.has_errors()) else {
        console.report(&diagnostics)?;
        return Ok(Exit::Failure);
    };
    let temporary = tempfile::tempdir()?;
    let folder = arguments.out.as_deref().unwrap_or(temporary.path());
    let answers = ask(&prepared.sdk, &prepared.driver, &prepared.questions, folder)?;
    let report = prepared.report(&answers).map_err(no_answers)?;
    if arguments.json {
        write_json(&report, console)?;
    } else {
        write!(console.output, "{}\n{}", report.problems(), report.table())?;
    }
    Ok(if report.is_good() { Exit::Success } else { Exit::Failure })
}

/// Writes the crate and the driver, and runs the driver.
fn report(prepared: &Prepared, folder: &Path) -> Result<Report, Problem> {
    let answers = ask(&prepared.sdk, &prepared.driver, &prepared.questions, folder)?;
    prepared.report(&answers).map_err(no_answers)
}

/// Writes a crate and its driver below a folder, and gives the driver's answers to the questions.
fn ask(sdk: &Files, driver: &Files, questions: &str, folder: &Path) -> Result<Vec<u8>, Problem> {
    let driver = driver::write(sdk, driver, folder)?;
    let questions = driver::data(&driver, "questions.json", questions.as_bytes())?;
    driver::run(&driver, fs::canonicalize(questions)?)
}

fn no_answers(error: serde_json::Error) -> Problem {
    Problem(format!("the program beside the crate gave no answers: {error}"))
}

fn tell(report: &Report, console: &mut Console<'_>) -> Result<(), Problem> {
    write!(console.output, "{}\n{}\n{}", report.problems(), report.table(), report.types_table())?;
    Ok(())
}

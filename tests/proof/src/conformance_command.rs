//! `cargo xtask conformance`.

use std::fs;
use std::path::PathBuf;

use crate::conformance::{self, Program};
use crate::drift;
use clap::Args;
use codegen::diagnostics::Diagnostics;
use serde::Serialize;

use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::document_arguments::DocumentArguments;
use crate::driver;
use crate::progress::Progress;

const EXAMPLES: &str = "\
Examples:
  cargo xtask conformance spec/openapi.yaml
  cargo xtask conformance spec/openapi.yaml --drift";

/// Read every example of a document into its generated type, write it back, and show what was lost.
///
/// It fails if a valid example does not come back as it was, if a schema is typed as a raw JSON value
/// although it says more, or if the value of a subtype does not come out as that subtype's variant.
///
/// With `--drift` each valid example is changed once in each of seven ways, served by a local server, and
/// decoded by the client: it fails if an answer does not come back whole, or if a change of a type or of
/// what has to be there is not told.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
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
    let options = arguments.document.options();
    let mut diagnostics = Diagnostics::new();
    if arguments.drift {
        let prepared = drift::prepare(&options, arguments.seed, &mut diagnostics);
        let Some(prepared) = sound(prepared, &diagnostics, console)? else {
            return Ok(Exit::Failure);
        };
        let answers = ask(&prepared.program, arguments)?;
        let report = prepared.report(&answers).map_err(no_answers)?;
        let text = || format!("{}\n{}", report.problems(), report.table());
        return tell(&report, text, report.is_good(), arguments, console);
    }
    let prepared = conformance::prepare(&options, &mut diagnostics);
    let Some(prepared) = sound(prepared, &diagnostics, console)? else {
        return Ok(Exit::Failure);
    };
    let answers = ask(&prepared.program, arguments)?;
    let report = prepared.report(&answers).map_err(no_answers)?;
    let text = || format!("{}\n{}\n{}", report.problems(), report.table(), report.types_table());
    tell(&report, text, report.is_good(), arguments, console)
}

/// What was prepared, if the document has no error; else the errors are reported.
fn sound<P>(
    prepared: Option<P>,
    diagnostics: &Diagnostics,
    console: &mut Console<'_>,
) -> Result<Option<P>, Problem> {
    let sound = prepared.filter(|_| !diagnostics.has_errors());
    if sound.is_none() {
        console.report(diagnostics)?;
    }
    Ok(sound)
}

/// Writes a crate and its driver, and gives the driver's answers to the questions.
fn ask(program: &Program, arguments: &Arguments) -> Result<Vec<u8>, Problem> {
    let temporary = tempfile::tempdir()?;
    let folder = arguments.out.as_deref().unwrap_or(temporary.path());
    let driver = driver::write(&program.sdk, &program.driver, folder)?;
    let questions = driver::data(&driver, "questions.json", program.questions.as_bytes())?;
    let questions = fs::canonicalize(questions)?;
    Progress::during("compiling the crate, and asking it", || driver::run(&driver, questions))
}

/// Prints a report as JSON or as a text, and gives what it comes to.
fn tell(
    report: &impl Serialize,
    text: impl FnOnce() -> String,
    is_good: bool,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<Exit, Problem> {
    if arguments.json {
        console.json(report)?;
    } else {
        write!(console.output, "{}", text())?;
    }
    Ok(if is_good { Exit::Success } else { Exit::Failure })
}

fn no_answers(error: serde_json::Error) -> Problem {
    Problem(format!("the program beside the crate gave no answers: {error}"))
}

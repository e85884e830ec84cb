//! `cargo xtask judge`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::judge::{self, Answer, Prepared, Record, Report, Request};
use clap::{Args, ValueEnum};
use codegen::diagnostics::Diagnostics;

use crate::prism;
use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::document_arguments::DocumentArguments;
use crate::driver;
use crate::progress::Progress;

const EXAMPLES: &str = "\
Example:
  cargo xtask judge spec/openapi.yaml --config spec/sdk.toml";

/// How long curl waits for an answer, in seconds.
const PATIENCE: &str = "30";

/// Call every operation of a document's SDK against Prism, which knows the document, and show what
/// it says.
///
/// It fails if a request is not as the document says, or if an answer that is as the document says
/// is not decoded. It needs Prism (`npm install @stoplight/prism-cli@5.14.2`) and curl.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: DocumentArguments,
    /// Prism's program [default: the environment variable PRISM, or `prism` as the shell finds it]
    #[arg(long, value_name = "PATH")]
    prism: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Where the crate, the program that calls it and Prism's document are written to, to be
    /// looked at [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

/// How the report is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
enum Format {
    /// The operations that did not pass, and a table
    #[default]
    Human,
    /// Every operation with its verdict
    Json,
}

/// Generates and builds the crate, has it judged, and prints the report.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let mut diagnostics = Diagnostics::new();
    let prepared = judge::prepare(&arguments.document.options(), &mut diagnostics);
    let Some(mut prepared) = prepared.filter(|_| !diagnostics.has_errors()) else {
        console.report(&diagnostics)?;
        return Ok(Exit::Failure);
    };
    let temporary = tempfile::tempdir()?;
    let folder = arguments.keep.as_deref().unwrap_or(temporary.path());
    let program = arguments.prism.clone().or_else(|| env::var_os("PRISM").map(PathBuf::from));
    let program = program.unwrap_or_else(|| "prism".into());
    let report = report(&mut prepared, folder, &program)?;
    match arguments.format {
        Format::Human => write!(console.output, "{}\n{}", report.problems(), report.table())?,
        Format::Json => {
            console.json(&report)?;
        }
    }
    Ok(if report.is_good() { Exit::Success } else { Exit::Failure })
}

/// Writes the crate, the driver and the document, starts Prism and runs the driver against it.
fn report(prepared: &mut Prepared, folder: &Path, program: &Path) -> Result<Report, Problem> {
    let driver = driver::write(&prepared.sdk, &prepared.driver, folder)?;
    let document = folder.join("document.json");
    fs::write(&document, prepared.document.to_string())?;
    // Without a server there is nothing to compile for.
    let prism = prism::start(program, &document)?;
    let records = records(&driver, prism.url())?;
    Ok(prepared.report(&records, &mut |request| ask(request, prism.url())))
}

/// Builds and runs the driver.
fn records(driver: &Path, url: &str) -> Result<Vec<Record>, Problem> {
    let what = "compiling the crate, and calling each operation";
    let records = Progress::during(what, || driver::run(driver, url))?;
    driver::data(driver, "records.json", &records)?;
    serde_json::from_slice(&records).map_err(|error| {
        Problem(format!("the program in {} gave no records: {error}", driver.display()))
    })
}

/// Puts a request to the server by curl.
fn ask(request: &Request, url: &str) -> Result<Answer, String> {
    let mut command = Command::new("curl");
    command.args(["--max-time", PATIENCE]).args(request.curl(url));
    let ran = command.output().map_err(|error| format!("curl cannot be started: {error}"))?;
    if !ran.status.success() {
        return Err(format!("curl: {}", ran.status));
    }
    Answer::parse(&String::from_utf8_lossy(&ran.stdout))
        .ok_or_else(|| "curl got no answer of HTTP".to_owned())
}

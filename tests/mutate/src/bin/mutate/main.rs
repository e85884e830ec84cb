//! Changes documents by their structure, many times, and judges what the generator makes of each.
//!
//! Every document ends in an error or in files that parse; of a sample of the latter, cargo checks the crate. The work is
//! done by processes of this program, so that one that is aborted or hangs is a result, too.

mod documents;
mod failures;
mod mutation;
mod sample;
mod supervisor;
mod table;
mod worker;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use documents::Documents;
use failures::Failures;
use table::Table;

/// Change OpenAPI documents by their structure, and judge what the generator makes of them.
#[derive(Clone, Debug, Parser)]
struct Arguments {
    /// OpenAPI documents, and folders with documents; large ones are taken less often
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How many changed documents to try
    #[arg(long, default_value_t = 1_000)]
    count: u64,
    /// What decides the changes; the same seed and paths give the same documents
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The number of the first document; with `--count 1`, one failure is shown again
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Of how many documents that are generated the crate is checked by cargo
    #[arg(long, default_value_t = 0)]
    sample: usize,
    /// How many documents are tried at once
    #[arg(long, default_value_t = 2)]
    processes: u64,
    /// After how many seconds a document counts as one that hangs
    #[arg(long, default_value_t = 60)]
    limit: u64,
    /// Where failures are kept
    #[arg(long, value_name = "DIR", default_value = "target/mutate")]
    out: PathBuf,
    /// Be one of the processes: try every document of those that this one is for, and write a line about each
    #[arg(long, hide = true, value_name = "DIR")]
    worker: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all went well.
fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let documents = Arc::new(Documents::find(&arguments.paths)?);
    if let Some(folder) = &arguments.worker {
        worker::work(arguments, &documents, folder)?;
        return Ok(true);
    }
    let mut failures = Failures::new(arguments)?;
    let mut table = Table::new(&documents);
    for tried in supervisor::start(arguments, &documents) {
        table.add(&tried);
        failures.add(&tried, &documents)?;
    }
    println!("{table}");
    let (sample, compiled) =
        sample::check(arguments, &documents, table.into_generated(), &mut failures)?;
    println!("sample compiled: {compiled}/{sample}");
    print!("{failures}");
    Ok(failures.is_empty())
}

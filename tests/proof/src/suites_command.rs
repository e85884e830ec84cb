//! `cargo xtask suites`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::suites::{self, Report};

const EXAMPLES: &str = "\
Example:
  cargo xtask suites ../suites --suite json-schema";

/// Run suites of tests that others wrote, and show how many pass and why the others do not.
///
/// Each suite is a folder of its name below FOLDER, with its version in a file VERSION; docs/suites.md says where each
/// comes from.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder that holds the suites
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Run these suites only
    #[arg(long = "suite", value_name = "NAME")]
    suites: Vec<String>,
    /// Write the report to a file, in Markdown
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the suites, and prints the table.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let reports = suites::run(&arguments.folder, &arguments.suites)?;
    let table = table(&reports);
    write!(console.output, "{table}")?;
    let details: Vec<String> = reports.iter().map(Report::details).collect();
    match &arguments.out {
        Some(file) => fs::write(file, page(&table, &details))?,
        None => write!(console.output, "\n{}", details.join("\n"))?,
    }
    Ok(Exit::Success)
}

fn table(reports: &[Report]) -> String {
    let head = "| suite | from | version | judges | cases | passed | left aside |\n\
                | --- | --- | --- | --- | ---: | ---: | ---: |\n";
    let lines: Vec<String> = reports.iter().map(Report::line).collect();
    format!("{head}{}", lines.concat())
}

/// The report as a page.
fn page(table: &str, details: &[String]) -> String {
    format!(
        "# Suites\n\nWhat tests say that others wrote. None of them is part of this repository: each is a folder below one of\n\
         your own, such as `suites/json-schema`, with its version in a file `VERSION`. This page is written by\n\n\
         ```sh\ncargo xtask suites FOLDER --out docs/suites.md\n```\n\nA suite's instances and documents are tried as they \
         are; what is left aside is about nothing that an\nSDK does. Not among them: the specifications of \
         `@typespec/http-specs` with their server, and the large documents\nof Stripe, Cloudflare and Microsoft Graph.\n\n{table}\n{}",
        details.join("\n")
    )
}

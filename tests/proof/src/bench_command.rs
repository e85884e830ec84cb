//! `cargo xtask bench`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::bench::{self, Settings};
use crate::progress::Progress;

const EXAMPLES: &str = "\
Example:
  cargo xtask bench --without-rivals --runs 3";

/// Measure generation, compilation and calls beside other generators and code written by hand.
///
/// The others are installed from their registry into a folder below FOLDER the first time, which takes minutes. Read the
/// ratios: both sides of one are measured in the same run, in turn.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Further documents to measure
    #[arg(value_name = "SPEC")]
    documents: Vec<PathBuf>,
    /// Where the run puts what it makes
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    folder: PathBuf,
    /// How often each command is run, for medians
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// Measure this generator alone
    #[arg(long)]
    without_rivals: bool,
    /// Leave out the compilation of the crates, which takes most of the time
    #[arg(long)]
    without_compilation: bool,
    /// A page in Markdown, whose part between the marks of this command is replaced
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Measures, and prints the tables.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let settings = Settings {
        folder: arguments.folder.clone(),
        documents: arguments.documents.clone(),
        runs: usize::from(arguments.runs),
        with_rivals: !arguments.without_rivals,
        with_compilation: !arguments.without_compilation,
    };
    let progress = Progress::on_terminal();
    let report = bench::run(&settings, |what| progress.say(what))?;
    progress.end();
    let text = report.markdown();
    write!(console.output, "{text}")?;
    if let Some(file) = &arguments.out {
        let page = fs::read_to_string(file)?;
        let changed = bench::insert(&page, &text)
            .ok_or_else(|| Problem(format!("{} has no marks of this command", file.display())))?;
        fs::write(file, changed)?;
    }
    Ok(Exit::Success)
}

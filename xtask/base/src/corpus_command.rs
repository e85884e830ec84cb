//! `cargo xtask corpus`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use codegen::diagnostics::{Diagnostics, Severity};
use codegen::{Generated, Options, characters, output};

use crate::allowed_files::AllowedFiles;
use crate::console::Console;
use crate::corpus::crates::{self, Failure, FeatureSets, Level};
use crate::corpus::documents::{self, Document};
use crate::corpus::table::{HEAD, Row};
use crate::{Exit, Problem, counted};

const EXAMPLES: &str = "\
Example:
  cargo xtask corpus spec --check";

/// Keeps cargo from looking for a workspace above the folder of a crate, such as the generator's own.
const NO_WORKSPACE: &str = "\n[workspace]\n";

/// Generate a crate from every OpenAPI document below a folder, and show how it went as a table.
///
/// A document NAME.yaml is generated with the configuration NAME.sdk.toml, where that is beside it.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder with the documents: files with the extension yaml, yml or json and an `openapi` key
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Where the crates are written to [default: nowhere, or with --check to a temporary folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Let cargo check the crates, too: `--check` compiles them, and `--check=doc` does it all
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true, default_missing_value = "compile")]
    check: Option<Level>,
    /// With which features cargo checks them
    #[arg(long, value_name = "SETS", requires = "check", default_value = "all")]
    features: FeatureSets,
    #[command(flatten)]
    files: AllowedFiles,
}

/// Prints a line for each document, as soon as it is done.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let unreadable =
        |error| Problem(format!("cannot read {}: {error}", arguments.folder.display()));
    let documents =
        documents::find(&arguments.folder, &arguments.files.allow_files).map_err(unreadable)?;
    if documents.is_empty() {
        let folder = arguments.folder.display();
        return Err(Problem(format!("there is no file with an `openapi` key below {folder}")));
    }
    let temporary = match (&arguments.out, arguments.check) {
        (None, Some(_)) => Some(tempfile::tempdir()?),
        _ => None,
    };
    let out = arguments.out.as_deref().or(temporary.as_ref().map(|folder| folder.path()));
    writeln!(console.output, "{HEAD}")?;
    let mut exit = Exit::Success;
    for document in &documents {
        let (row, good) = row(document, out, arguments, console)?;
        writeln!(console.output, "{row}")?;
        if !good {
            exit = Exit::Failure;
        }
    }
    Ok(exit)
}

/// Generates the crate of a document, and tells whether all is well with it.
fn row(
    document: &Document,
    out: Option<&Path>,
    arguments: &Arguments,
    console: &mut Console<'_>,
) -> Result<(Row, bool), Problem> {
    let options = Options {
        spec: document.path.clone(),
        config: document.configuration(),
        allow_files: arguments.files.allow_files.clone(),
        name: Some(document.crate_name()),
        ..Options::default()
    };
    let mut diagnostics = Diagnostics::new();
    let start = Instant::now();
    let generated = codegen::generate(&options, &mut diagnostics);
    let mut row = Row {
        name: document.name.clone(),
        version: document.version.clone(),
        time: start.elapsed(),
        warnings: diagnostics.warnings(),
        ..Row::default()
    };
    let Some(mut generated) = generated.filter(|_| !diagnostics.has_errors()) else {
        row.verdict = counted(diagnostics.errors(), "error");
        tell_errors(&diagnostics, console)?;
        return Ok((row, false));
    };
    row.size = Some([generated.operations, generated.models, lines(&generated)]);
    row.verdict = "generated".to_owned();
    let Some(out) = out else {
        return Ok((row, true));
    };
    let folder = out.join(document.crate_name());
    if let Some(manifest) = generated.files.get_mut("Cargo.toml") {
        manifest.push_str(NO_WORKSPACE);
    }
    output::update(&generated.files, &folder)?;
    let Some(level) = arguments.check else {
        return Ok((row, true));
    };
    match check(&folder, level, arguments.features)? {
        Ok(verdict) => row.verdict = verdict,
        Err(failure) => {
            write!(console.errors, "{}", failure.report)?;
            let errors = counted(failure.errors(), "error");
            row.verdict = format!("{errors} of cargo {}", failure.command);
            return Ok((row, false));
        }
    }
    Ok((row, true))
}

/// What cargo says about the crate in a folder.
fn check(
    folder: &Path,
    level: Level,
    features: FeatureSets,
) -> Result<Result<String, Failure>, Problem> {
    let unable = |error| Problem(format!("cannot run cargo: {error}"));
    let verdict = crates::check(folder, level).map_err(unable)?;
    match (verdict, features) {
        (Ok(verdict), FeatureSets::Each) => {
            let each = crates::check_each_feature(folder).map_err(unable)?;
            Ok(each.map(|each| format!("{verdict}, {each}")))
        }
        (verdict, _) => Ok(verdict),
    }
}

/// The lines of Rust in `src/`.
fn lines(generated: &Generated) -> usize {
    let sources = generated.files.iter().filter(|(path, _)| path.starts_with("src/"));
    sources.map(|(_, text)| text.lines().count()).sum()
}

/// Writes a line for each error.
fn tell_errors(diagnostics: &Diagnostics, console: &mut Console<'_>) -> Result<(), Problem> {
    for error in diagnostics.iter().filter(|problem| problem.severity == Severity::Error) {
        if let Some(place) = diagnostics.locate(error) {
            let file = characters::shown(&place.file);
            write!(console.errors, "{file}:{}:{}: ", place.line, place.column)?;
        }
        writeln!(console.errors, "error[{}]: {}", error.code, characters::shown(&error.message))?;
    }
    Ok(())
}

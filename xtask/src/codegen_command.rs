//! `cargo xtask codegen`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use codegen::diagnostics::{self, Diagnostics};
use codegen::output::{self, Change, Update};
use codegen::{Generated, Options};

use crate::allowed_files::AllowedFiles;
use crate::console::Console;
use crate::{Exit, Problem, counted, workspace};

/// Generate the SDK crate from an OpenAPI document.
///
/// Without options: the crate in generated/, from the document in spec/ and spec/sdk.toml.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    check: bool,
    /// The OpenAPI 3.0 or 3.1 document, YAML or JSON [default: the one in spec/]
    ///
    /// With this option, the workspace's own spec/sdk.toml is not read.
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// The folder of the crate, which belongs to the generator as a whole [default: generated/]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the crate [default: from the configuration, else sdk]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Which SDK to make of the document [default: spec/sdk.toml for the document in spec/]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to the document before anything else; may be given more than once
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    #[command(flatten)]
    files: AllowedFiles,
    /// Take warnings for errors: write nothing where there are any
    #[arg(long)]
    deny_warnings: bool,
    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Leave the contract tests out of the crate
    #[arg(long)]
    no_tests: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A report for a person, on the standard error output
    Human,
    /// One JSON object for a tool, on the standard output; all else is on the standard error output
    Json,
}

/// Generates the crate, and writes it or, for `--check`, shows what differs.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let start = Instant::now();
    let options = arguments.options()?;
    let out = arguments.out.clone().unwrap_or_else(workspace::generated);
    let Some(generated) = arguments.generate(&options, console)? else {
        return Ok(Exit::Failure);
    };
    let update = if arguments.check {
        Update { changes: output::compare(&generated.files, &out)?, ..Update::default() }
    } else {
        output::update(&generated.files, &out)?
    };
    let summary = summary(&generated, &update.changes, start.elapsed());
    arguments.tell(&update, &format!("{}: {summary}", out.display()), console)?;
    if arguments.check && !update.changes.is_empty() {
        writeln!(
            console.errors,
            "error: {} is not what {} gives. Make it so with\n\n    {}\n",
            out.display(),
            options.spec.display(),
            arguments.mending_command()?
        )?;
        return Ok(Exit::Failure);
    }
    Ok(Exit::Success)
}

impl Arguments {
    /// The arguments with defaults for what was not given.
    fn options(&self) -> Result<Options, Problem> {
        let (spec, default_config) = match &self.spec {
            Some(spec) => (spec.clone(), None),
            None => (workspace::document()?, workspace::configuration()),
        };
        Ok(Options {
            spec,
            config: self.config.clone().or(default_config),
            overlays: self.overlays.clone(),
            allow_files: self.files.allow_files.clone(),
            name: self.name.clone(),
            tests: !self.no_tests,
        })
    }

    /// Renders the crate in memory and reports what is wrong with the document; none if that
    /// forbids to write it.
    fn generate(
        &self,
        options: &Options,
        console: &mut Console<'_>,
    ) -> Result<Option<Generated>, Problem> {
        let mut diagnostics = Diagnostics::new();
        let generated = codegen::generate(options, &mut diagnostics);
        if self.deny_warnings {
            diagnostics.deny_warnings();
        }
        match self.format {
            Format::Human => console.report(&diagnostics)?,
            Format::Json => write!(console.output, "{}", diagnostics::json(&diagnostics))?,
        }
        Ok(generated.filter(|_| !diagnostics.has_errors()))
    }

    /// Tells what was changed or, for `--check`, shows what would be.
    fn tell(
        &self,
        update: &Update,
        summary: &str,
        console: &mut Console<'_>,
    ) -> Result<(), Problem> {
        let told = match self.format {
            Format::Human => &mut console.output,
            Format::Json => &mut console.errors,
        };
        for leftover in &update.leftovers {
            writeln!(
                told,
                "removed {leftover}/, which an interrupted run left; its work is mended"
            )?;
        }
        for change in &update.changes {
            writeln!(told, "{change}")?;
        }
        if self.check {
            write!(told, "{}", output::diff(&update.changes))?;
        }
        writeln!(told, "{summary}")?;
        Ok(())
    }

    /// The command line that writes what `--check` misses.
    fn mending_command(&self) -> Result<String, Problem> {
        let mut words = vec!["cargo".to_owned(), "xtask".to_owned(), "codegen".to_owned()];
        let mut option = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                words.extend([name.to_owned(), value]);
            }
        };
        option("--spec", self.spec.as_deref().map(text));
        option("--out", self.out.as_deref().map(text));
        option("--name", self.name.clone());
        option("--config", self.config.as_deref().map(text));
        for overlay in &self.overlays {
            option("--overlay", Some(text(overlay)));
        }
        for folder in &self.files.allow_files {
            option("--allow-files", Some(text(folder)));
        }
        let flags = [("--deny-warnings", self.deny_warnings), ("--no-tests", self.no_tests)];
        let given = flags.iter().filter(|(_, given)| *given);
        words.extend(given.map(|&(name, _)| name.to_owned()));
        shlex::try_join(words.iter().map(String::as_str))
            .map_err(|error| Problem(format!("an argument cannot be shown: {error}")))
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// One line: what there is, what was changed, and how long it took.
fn summary(generated: &Generated, changes: &[Change], time: Duration) -> String {
    let count = |kind: fn(&Change) -> bool| changes.iter().filter(|change| kind(change)).count();
    let lines = generated.files.values().map(|text| text.lines().count()).sum();
    format!(
        "{}, {}, {}, {}; {} added, {} changed, {} removed; {:.2} s",
        counted(generated.files.len(), "file"),
        counted(lines, "line"),
        counted(generated.operations, "operation"),
        counted(generated.models, "model"),
        count(|change| matches!(change, Change::Added { .. })),
        count(|change| matches!(change, Change::Modified { .. })),
        count(|change| matches!(change, Change::Removed { .. })),
        time.as_secs_f64()
    )
}

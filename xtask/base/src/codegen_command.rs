//! `cargo xtask codegen`.

#[cfg(test)]
mod tests;

use std::panic;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use codegen::diagnostics::{self, Diagnostics};
use codegen::output::{self, Change, Update};
use codegen::{Generated, Options};

use crate::allowed_files::AllowedFiles;
use crate::checked_in::{self, Target};
use crate::console::Console;
use crate::watch::Watched;
use crate::{Exit, Problem, counted, is_url, program, workspace};

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen
  cargo xtask codegen --check
  cargo xtask codegen --watch
  cargo xtask codegen --spec pets.yaml --out ../pet-sdk --name pet-sdk";

/// Generate SDK crates from OpenAPI documents.
///
/// Without options: every crate that is checked in, as `[[workspace.metadata.codegen]]` in Cargo.toml
/// lists them. An option that describes a crate makes one: of the document that it names, or else the
/// first one of that list.
#[derive(Args, Clone)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    pub check: bool,
    /// Stay, and make the crates again whenever a file is saved that they are made of
    ///
    /// Ctrl-C ends it. Templates are part of the program: after a change of one, start again.
    #[arg(long, conflicts_with_all = ["check", "templates"])]
    watch: bool,
    /// The OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON, a file or a URL [default: that of the first crate]
    ///
    /// With this option, nothing is taken from the list of crates.
    #[arg(long, value_name = "FILE", requires = "out")]
    pub spec: Option<PathBuf>,
    /// Where a document is that `spec` names by its URL.
    #[arg(skip)]
    pub fetched: Option<PathBuf>,
    /// The folder of the crate, which belongs to the generator as a whole [default: that of the first crate]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The name of the crate [default: from the configuration, else sdk]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Which SDK to make of the document [default: for the document of the first crate, what the list says]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to the document before anything else; may be given more than once
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    #[command(flatten)]
    files: AllowedFiles,
    /// Take warnings for errors: write nothing where there are any
    #[arg(long)]
    pub deny_warnings: bool,
    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Leave the contract tests out of the crate
    #[arg(long)]
    no_tests: bool,
    /// A folder with changed templates, laid out as templates/: those that it lacks stay as they are
    ///
    /// The generator is built with them, which takes a minute or two the first time and seconds after a change.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub templates: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A report for a person, on the standard error output
    Human,
    /// One JSON object for a tool, on the standard output; all else is on the standard error output
    Json,
}

/// Generates the crates, and writes them or, for `--check`, shows what differs.
///
/// # Errors
///
/// The list of crates cannot be read, or a crate not be rendered or written.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    if arguments.watch && arguments.fetched.is_some() {
        return Err(Problem("a document behind a URL cannot be watched: name a file".to_owned()));
    }
    if arguments.watch {
        return watch(arguments, console);
    }
    make_all(arguments, &arguments.targets()?, console)
}

/// Makes the crates, and again whenever something has changed that they are made of.
fn watch(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let list = arguments.spec.is_none().then(workspace::manifest);
    let mut watched = Watched::of(&arguments.targets()?, list.clone());
    loop {
        let targets = arguments.targets();
        if let Ok(targets) = &targets {
            watched = Watched::of(targets, list.clone());
        }
        // What is saved from here on is seen, whatever is done with it.
        let look = watched.look();
        if let Err(problem) = targets.and_then(|targets| make_all(arguments, &targets, console)) {
            writeln!(console.errors, "error: {problem}")?;
        }
        writeln!(console.errors, "watching {}; Ctrl-C ends it", counted(look.len(), "file"))?;
        let changed = watched.wait(look);
        let names: Vec<String> = changed.iter().map(|file| file.display().to_string()).collect();
        writeln!(console.errors, "\nchanged: {}", names.join(", "))?;
    }
}

/// Makes the crates side by side, tells of each in their order, and at the end which ones `--check` found to be others.
fn make_all(
    arguments: &Arguments,
    targets: &[Target],
    console: &mut Console<'_>,
) -> Result<Exit, Problem> {
    let has_several = targets.len() > 1;
    let mut diagnostics = Vec::with_capacity(targets.len());
    let mut stale = Vec::new();
    let mut exit = Exit::Success;
    thread::scope(|scope| {
        let mut running = Vec::with_capacity(targets.len());
        for target in targets {
            let mut waiting = console.waiting();
            running.push(scope.spawn(move || {
                let mut run =
                    Run { arguments, target, has_several, diagnostics: Diagnostics::new() };
                let made = run.make(&mut waiting.console());
                (made, run.diagnostics, waiting)
            }));
        }
        for (target, thread) in targets.iter().zip(running) {
            let (made, found, waiting) =
                thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
            diagnostics.push(found);
            console.append(&waiting)?;
            // What is wrong with one crate says nothing about the next.
            match made {
                Ok(Made::Current) => continue,
                Ok(Made::Stale) => stale.push(target),
                Ok(Made::Nothing) => {}
                Err(problem) => writeln!(console.errors, "error: {problem}")?,
            }
            exit = Exit::Failure;
        }
        Ok::<(), Problem>(())
    })?;
    if let Format::Json = arguments.format {
        write!(console.output, "{}", diagnostics::json(&diagnostics))?;
    }
    if !stale.is_empty() {
        let stale: Vec<String> = stale
            .iter()
            .map(|Target { options, out }| {
                let spec = arguments.spec.as_ref().unwrap_or(&options.spec);
                format!("{} is not what {} gives", out.display(), spec.display())
            })
            .collect();
        writeln!(
            console.errors,
            "error: {}. Make it so with\n\n    {}\n",
            stale.join(",\n       "),
            arguments.mending_command()?
        )?;
    }
    Ok(exit)
}

/// What became of a crate.
enum Made {
    /// It is what its document gives.
    Current,
    /// It is not, and `--check` forbids to make it so.
    Stale,
    /// Its document forbids to write it.
    Nothing,
}

/// The making of one crate, which may be one of several.
struct Run<'a> {
    arguments: &'a Arguments,
    target: &'a Target,
    has_several: bool,
    /// What was found in the document.
    diagnostics: Diagnostics,
}

impl Run<'_> {
    /// Makes the crate, and tells what was done.
    fn make(&mut self, console: &mut Console<'_>) -> Result<Made, Problem> {
        let start = Instant::now();
        let Some(generated) = self.generate(console)? else {
            return Ok(Made::Nothing);
        };
        let is_check = self.arguments.check;
        let out = &self.target.out;
        let update = if is_check {
            Update { changes: output::compare(&generated.files, out)?, ..Update::default() }
        } else {
            output::update(&generated.files, out)?
        };
        let summary = summary(&generated, &update.changes, start.elapsed());
        self.tell(&update, &summary, console)?;
        let is_stale = is_check && !update.changes.is_empty();
        Ok(if is_stale { Made::Stale } else { Made::Current })
    }

    /// Renders the crate in memory and reports what is wrong with the document; none if that
    /// forbids to write it.
    fn generate(&mut self, console: &mut Console<'_>) -> Result<Option<Generated>, Problem> {
        let generated = codegen::generate(&self.target.options, &mut self.diagnostics);
        if self.arguments.deny_warnings {
            self.diagnostics.deny_warnings();
        }
        if let Format::Human = self.arguments.format {
            console.report(&self.diagnostics)?;
        }
        Ok(generated.filter(|_| !self.diagnostics.has_errors()))
    }

    /// Tells what was changed or, for `--check`, shows what would be. Paths are relative to the
    /// crate's folder, which the last line names, and the first one where there are several.
    fn tell(
        &self,
        update: &Update,
        summary: &str,
        console: &mut Console<'_>,
    ) -> Result<(), Problem> {
        let told = match self.arguments.format {
            Format::Human => &mut console.output,
            Format::Json => &mut console.errors,
        };
        let Target { options, out } = self.target;
        let out = out.display();
        let is_quiet = update.changes.is_empty() && update.leftovers.is_empty();
        if self.has_several && !is_quiet {
            writeln!(told, "{out}, from {}:", options.spec.display())?;
        }
        for leftover in &update.leftovers {
            writeln!(
                told,
                "removed {leftover}/, which an interrupted run left; its work is mended"
            )?;
        }
        for change in &update.changes {
            writeln!(told, "{change}")?;
        }
        if self.arguments.check {
            write!(told, "{}", output::diff(&update.changes))?;
        }
        writeln!(told, "{out}: {summary}")?;
        Ok(())
    }
}

impl Arguments {
    /// Whether the package `tools` is needed: to read a URL, or to build the generator with other templates.
    pub(crate) fn needs_tools(&self) -> bool {
        self.templates.is_some() || self.spec.as_ref().is_some_and(is_url)
    }

    /// The crates to generate: all that are checked in, unless an option describes one.
    fn targets(&self) -> Result<Vec<Target>, Problem> {
        let describes_one = self.spec.is_some()
            || self.out.is_some()
            || self.name.is_some()
            || self.config.is_some()
            || !self.overlays.is_empty();
        let mut targets = match &self.spec {
            Some(spec) => {
                let spec = self.fetched.as_ref().unwrap_or(spec).clone();
                let options = Options { spec, tests: true, ..Options::default() };
                // The folder is there: the option requires it.
                vec![Target { options, out: PathBuf::new() }]
            }
            None if describes_one => vec![checked_in::first()?],
            None => checked_in::all()?,
        };
        for Target { options, out } in &mut targets {
            if let Some(folder) = &self.out {
                out.clone_from(folder);
            }
            options.name = self.name.clone().or(options.name.take());
            options.config = self.config.clone().or(options.config.take());
            options.overlays.extend_from_slice(&self.overlays);
            options.allow_files.extend_from_slice(&self.files.allow_files);
            options.tests &= !self.no_tests;
            options.written = Some(out.clone());
        }
        Ok(targets)
    }

    /// What another generator is given to do the same, in the words of a command line, without `--templates`.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.options(self.fetched.as_deref().or(self.spec.as_deref()));
        if self.check {
            words.push("--check".to_owned());
        }
        if let Format::Json = self.format {
            words.extend(["--format".to_owned(), "json".to_owned()]);
        }
        words
    }

    /// The command line that writes what `--check` misses.
    fn mending_command(&self) -> Result<String, Problem> {
        let mut words: Vec<String> = program::name().split(' ').map(str::to_owned).collect();
        words.push("codegen".to_owned());
        words.extend(self.options(self.spec.as_deref()));
        shlex::try_join(words.iter().map(String::as_str))
            .map_err(|error| Problem(format!("an argument cannot be shown: {error}")))
    }

    /// What says which crate is made of a document, and how.
    fn options(&self, spec: Option<&Path>) -> Vec<String> {
        let mut words = Vec::new();
        let mut option = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                words.extend([name.to_owned(), value]);
            }
        };
        option("--spec", spec.map(text));
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
        words
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// One line: what there is, what was changed, and how long it took.
fn summary(generated: &Generated, changes: &[Change], time: Duration) -> String {
    let count = |kind: fn(&Change) -> bool| changes.iter().filter(|change| kind(change)).count();
    // Each file ends with its last line.
    let lines = generated.files.values().map(|text| text.matches('\n').count()).sum();
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

//! The command line over the library `codegen`, as a library, so that tests can call it.
//!
//! What a subcommand does is in a module of its name. Here are the parsing of arguments, the exit
//! code, and nothing else.

mod address;
mod allowed_files;
mod checked_in;
mod codegen_command;
pub mod console;
mod corpus;
mod corpus_command;
mod delegated;
mod docs_command;
mod explain_command;
mod import_command;
mod list_command;
pub mod program;
mod watch;
mod workspace;

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use delegated::Package::{Proof, Tools};

pub use address::is_url;
pub use allowed_files::AllowedFiles;
pub use codegen_command::{Arguments as CodegenArguments, run as codegen};
pub use corpus::crates;
pub use import_command::{Arguments as ImportArguments, run as import};
pub use list_command::{Arguments as ListArguments, run as list};
pub use workspace::{home, manifest as workspace_manifest, path as workspace_path};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Exit code 0: all is as it was asked to be.
    Success,
    /// Exit code 1: an error, or a difference that `--check` found.
    Failure,
    /// Exit code 2: arguments that make no sense.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Success => Self::SUCCESS,
            Exit::Failure => Self::FAILURE,
            Exit::Usage => Self::from(2),
        }
    }
}

/// Where a run writes to. Of what others wrote, nothing that a terminal acts on gets there.
pub struct Console<'a> {
    /// Takes results.
    pub output: &'a mut dyn Write,
    /// Takes diagnostics and error messages.
    pub errors: &'a mut dyn Write,
    /// Whether `errors` shows ANSI colours.
    pub colored: bool,
    /// Whether `output` does.
    pub colored_output: bool,
}

impl Console<'_> {
    /// Runs a program on the streams of its process.
    pub fn with_streams(program: impl FnOnce(&mut Console<'_>) -> Exit) -> Exit {
        let wants_colors = wants_colors(env::var_os("NO_COLOR").as_deref());
        program(&mut Console {
            output: &mut io::stdout(),
            errors: &mut io::stderr(),
            colored: wants_colors && io::stderr().is_terminal(),
            colored_output: wants_colors && io::stdout().is_terminal(),
        })
    }
}

/// Whether the user lets a terminal be coloured, by the variable `NO_COLOR`: where it is set and not empty, nothing is
/// (<https://no-color.org>).
fn wants_colors(no_color: Option<&OsStr>) -> bool {
    no_color.is_none_or(OsStr::is_empty)
}

/// What follows the list of subcommands.
const EXIT_CODES: &str = "\
Exit codes:
  0  all is as it was asked to be
  1  an error, or a difference that a check found
  2  arguments that make no sense

`cargo xtask COMMAND --help` shows the options of a command, with an example.
docs/commands.md tells of all of them.";

/// The tasks of this workspace: an SDK of an OpenAPI document, and what goes with it.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = EXIT_CODES
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure generation, compilation and calls beside other generators and code written by hand
    #[command(disable_help_flag = true)]
    Bench(delegated::Arguments),
    Codegen(codegen_command::Arguments),
    /// Print what completes `cargo xtask` in a shell
    #[command(disable_help_flag = true)]
    Completions(delegated::Arguments),
    /// Read every example of a document into its generated type, write it back, and show what was lost
    #[command(disable_help_flag = true)]
    Conformance(delegated::Arguments),
    Corpus(corpus_command::Arguments),
    /// Show what the users of an SDK see of a change of its document, and which version comes next
    #[command(disable_help_flag = true)]
    Diff(delegated::Arguments),
    Docs(docs_command::Arguments),
    Explain(explain_command::Arguments),
    Import(import_command::Arguments),
    /// Call every operation of a document's SDK against Prism, which knows the document, and show what
    /// it says
    #[command(disable_help_flag = true)]
    Judge(delegated::Arguments),
    List(list_command::Arguments),
    /// Lay out a repository like this one for another API
    #[command(disable_help_flag = true)]
    New(delegated::Arguments),
    /// Print the JSON Schema of sdk.toml, by which editors complete and check it
    #[command(disable_help_flag = true)]
    Schema(delegated::Arguments),
    /// Run suites of tests that others wrote, and show how many pass and why the others do not
    #[command(disable_help_flag = true)]
    Suites(delegated::Arguments),
}

/// Runs the command line `arguments`, whose first is the name of the program.
///
/// Relative paths in the arguments are relative to the working directory; defaults are found from
/// any directory.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    console: &mut Console<'_>,
) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let given = arguments.get(2..).unwrap_or_default().to_vec();
    let given = delegated::Arguments::of(given);
    run_command(arguments, console, |command_line: &CommandLine, console| {
        match &command_line.command {
            Command::Bench(arguments) => delegated::run(Proof, "bench", arguments),
            Command::Codegen(arguments) if arguments.needs_tools() => {
                delegated::run(Tools, "codegen", &given)
            }
            Command::Codegen(arguments) => codegen_command::run(arguments, console),
            Command::Completions(arguments) => delegated::run(Tools, "completions", arguments),
            Command::Conformance(arguments) => delegated::run(Proof, "conformance", arguments),
            Command::Corpus(arguments) => corpus_command::run(arguments, console),
            Command::Diff(arguments) => delegated::run(Tools, "diff", arguments),
            Command::Docs(arguments) => docs_command::run(arguments),
            Command::Explain(arguments) => explain_command::run(arguments, console),
            Command::Import(arguments) if is_url(&arguments.from) => {
                delegated::run(Tools, "import", &given)
            }
            Command::Import(arguments) => import_command::run(arguments, console),
            Command::Judge(arguments) => delegated::run(Proof, "judge", arguments),
            Command::List(arguments) if arguments.spec.as_ref().is_some_and(is_url) => {
                delegated::run(Tools, "list", &given)
            }
            Command::List(arguments) => list_command::run(arguments, console),
            Command::New(arguments) => delegated::run(Tools, "new", arguments),
            Command::Schema(arguments) => delegated::run(Tools, "schema", arguments),
            Command::Suites(arguments) => delegated::run(Proof, "suites", arguments),
        }
    })
}

/// Parses `arguments`, whose first is the name of the program, and has `act` do what they say.
pub fn run_command<CommandLine: Parser>(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    console: &mut Console<'_>,
    act: impl FnOnce(&CommandLine, &mut console::Console<'_>) -> Result<Exit, Problem>,
) -> Exit {
    let console = &mut console::Console::of(console);
    let mut command = program::named(CommandLine::command());
    let parsed = command.try_get_matches_from_mut(arguments);
    let parsed = parsed.and_then(|matches| CommandLine::from_arg_matches(&matches));
    let command_line = match parsed.map_err(|error| error.format(&mut command)) {
        Ok(command_line) => command_line,
        Err(error) => return explain(&error, console),
    };
    act(&command_line, console).unwrap_or_else(|error| {
        // Where the message cannot be written either, the exit code is all that is left to say it.
        let _ = writeln!(console.errors, "error: {error}");
        Exit::Failure
    })
}

/// The command line, with those subcommands whose packages are not built.
pub fn command_line() -> clap::Command {
    program::named(CommandLine::command())
}

/// Shows the help that was asked for, be it by no argument at all, or what is wrong with the arguments.
fn explain(error: &clap::Error, console: &mut console::Console<'_>) -> Exit {
    let asks = [
        ErrorKind::DisplayHelp,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
        ErrorKind::DisplayVersion,
    ];
    let (exit, written) = if asks.contains(&error.kind()) {
        (Exit::Success, console.help(&error.render()))
    } else {
        // It quotes the arguments, so it is shown without colours as others' texts are.
        (Exit::Usage, write!(console.errors, "{}", error.render()))
    };
    match written {
        Ok(()) => exit,
        Err(_) => Exit::Failure,
    }
}

/// What ends a subcommand early: a message for the reader.
#[derive(Debug)]
pub struct Problem(pub String);

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self(format!("cannot write the result: {error}"))
    }
}

impl From<codegen::output::Error> for Problem {
    fn from(error: codegen::output::Error) -> Self {
        Self(error.to_string())
    }
}

/// `1 file`, `2 files`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command_line().debug_assert();
    }

    #[test]
    fn a_variable_that_is_not_empty_forbids_colours() {
        assert!(wants_colors(None));
        assert!(wants_colors(Some(OsStr::new(""))));
        assert!(!wants_colors(Some(OsStr::new("1"))));
        assert!(!wants_colors(Some(OsStr::new("0"))));
    }
}

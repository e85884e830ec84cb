//! The command line over the library `codegen`, as a library, so that tests can call it.
//!
//! What a subcommand does is in a module of its name. Here are the parsing of arguments, the exit
//! code, and nothing else.

mod allowed_files;
mod checked_in;
mod codegen_command;
pub mod console;
mod corpus;
mod corpus_command;
mod import_command;
mod list_command;
mod proof;
mod workspace;

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use allowed_files::AllowedFiles;
pub use corpus::crates;
pub use workspace::manifest as workspace_manifest;

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
}

impl Console<'_> {
    /// Runs a program on the streams of its process.
    pub fn with_streams(program: impl FnOnce(&mut Console<'_>) -> Exit) -> Exit {
        program(&mut Console {
            output: &mut io::stdout(),
            errors: &mut io::stderr(),
            colored: io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none(),
        })
    }
}

/// The tasks of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure generation, compilation and calls beside other generators and code written by hand
    #[command(disable_help_flag = true)]
    Bench(proof::Arguments),
    Codegen(codegen_command::Arguments),
    /// Read every example of a document into its generated type, write it back, and show what was lost
    #[command(disable_help_flag = true)]
    Conformance(proof::Arguments),
    Corpus(corpus_command::Arguments),
    Import(import_command::Arguments),
    /// Call every operation of a document's SDK against Prism, which knows the document, and show what
    /// it says
    #[command(disable_help_flag = true)]
    Judge(proof::Arguments),
    List(list_command::Arguments),
    /// Run suites of tests that others wrote, and show how many pass and why the others do not
    #[command(disable_help_flag = true)]
    Suites(proof::Arguments),
}

/// Runs the command line `arguments`, whose first is the name of the program.
///
/// Relative paths in the arguments are relative to the working directory; defaults are found from
/// any directory.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    console: &mut Console<'_>,
) -> Exit {
    run_command(arguments, console, |command_line: &CommandLine, console| {
        match &command_line.command {
            Command::Bench(arguments) => proof::run("bench", arguments),
            Command::Codegen(arguments) => codegen_command::run(arguments, console),
            Command::Conformance(arguments) => proof::run("conformance", arguments),
            Command::Corpus(arguments) => corpus_command::run(arguments, console),
            Command::Import(arguments) => import_command::run(arguments, console),
            Command::Judge(arguments) => proof::run("judge", arguments),
            Command::List(arguments) => list_command::run(arguments, console),
            Command::Suites(arguments) => proof::run("suites", arguments),
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
    let command_line = match CommandLine::try_parse_from(arguments) {
        Ok(command_line) => command_line,
        Err(error) => return explain(&error, console),
    };
    act(&command_line, console).unwrap_or_else(|error| {
        // Where the message cannot be written either, the exit code is all that is left to say it.
        let _ = writeln!(console.errors, "error: {error}");
        Exit::Failure
    })
}

/// Shows the help that was asked for, or what is wrong with the arguments.
fn explain(error: &clap::Error, console: &mut console::Console<'_>) -> Exit {
    let (exit, written) = if error.use_stderr() {
        (Exit::Usage, write!(console.errors, "{}", error.render()))
    } else {
        (Exit::Success, write!(console.output, "{}", error.render()))
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

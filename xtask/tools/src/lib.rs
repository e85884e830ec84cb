//! What is done with documents, and with the command line itself, besides generating.
//!
//! `cargo xtask` starts this package through cargo, so that whoever only generates does not compile it.

mod codegen_command;
mod completions_command;
pub mod diff;
mod diff_command;
mod documents;
mod generator;
mod import_command;
pub mod new;
mod new_command;
pub mod schema;
mod schema_command;
mod templates;

use std::ffi::OsString;

use clap::{CommandFactory, Parser, Subcommand};
use xtask::{CodegenArguments, Console, Exit, ImportArguments, ListArguments, program};

/// Further tasks of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Codegen(CodegenArguments),
    Completions(completions_command::Arguments),
    Diff(diff_command::Arguments),
    Import(ImportArguments),
    List(ListArguments),
    New(new_command::Arguments),
    Schema(schema_command::Arguments),
}

/// Runs the command line `arguments`, whose first is the name of the program.
///
/// Relative paths in the arguments are relative to the working directory.
pub fn run(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    console: &mut Console<'_>,
) -> Exit {
    xtask::run_command::<CommandLine>(arguments, console, |command_line, console| {
        match &command_line.command {
            Command::Codegen(arguments) => codegen_command::run(arguments, console),
            Command::Completions(arguments) => completions_command::run(arguments, console),
            Command::Diff(arguments) => diff_command::run(arguments, console),
            Command::Import(arguments) => import_command::import(arguments, console),
            Command::List(arguments) => import_command::list(arguments, console),
            Command::New(arguments) => new_command::run(arguments, console),
            Command::Schema(arguments) => schema_command::run(arguments, console),
        }
    })
}

/// Runs the command line of the installed program, whose first argument is its name: the commands of this package, and
/// those of `cargo xtask` that need none.
pub fn run_installed(arguments: Vec<OsString>, console: &mut Console<'_>) -> Exit {
    program::set_installed();
    let command = CommandLine::command();
    let is_here = arguments.get(1).is_some_and(|name| command.find_subcommand(name).is_some());
    match is_here {
        true => run(arguments, console),
        false => xtask::run(arguments, console),
    }
}

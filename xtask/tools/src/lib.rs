//! What is done with documents, and with the command line itself, besides generating.
//!
//! `cargo xtask` starts this package through cargo, so that whoever only generates does not compile it.

mod completions_command;
pub mod diff;
mod diff_command;
pub mod new;
mod new_command;
pub mod schema;
mod schema_command;

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use xtask::{Console, Exit};

/// Further tasks of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Completions(completions_command::Arguments),
    Diff(diff_command::Arguments),
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
            Command::Completions(arguments) => completions_command::run(arguments, console),
            Command::Diff(arguments) => diff_command::run(arguments, console),
            Command::New(arguments) => new_command::run(arguments, console),
            Command::Schema(arguments) => schema_command::run(arguments, console),
        }
    })
}

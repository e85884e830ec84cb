//! Proves what the generator promises, by programs that know nothing of it.
//!
//! [`conformance`] reads every example of a document into its type and writes it back; [`drift`] lets a
//! server answer with changed ones; [`judge`] calls every operation against a server that knows the
//! document; [`suites`] runs tests that others wrote; `bench` measures. Each makes a crate of the document, and a program beside it that tries the crate.
//!
//! `cargo xtask` starts this package through cargo, so that whoever only generates never compiles
//! the validator of JSON Schemas.

mod bench;
mod bench_command;
pub mod conformance;
mod conformance_command;
mod document_arguments;
pub mod drift;
mod driver;
pub mod judge;
mod judge_command;
mod prism;
pub mod progress;
mod server;
pub mod suites;
mod suites_command;
mod validity;

use std::ffi::OsString;

use clap::{Parser, Subcommand};
use xtask::{Console, Exit};

/// The proofs of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Bench(bench_command::Arguments),
    Conformance(conformance_command::Arguments),
    Judge(judge_command::Arguments),
    Suites(suites_command::Arguments),
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
            Command::Bench(arguments) => bench_command::run(arguments, console),
            Command::Conformance(arguments) => conformance_command::run(arguments, console),
            Command::Judge(arguments) => judge_command::run(arguments, console),
            Command::Suites(arguments) => suites_command::run(arguments, console),
        }
    })
}

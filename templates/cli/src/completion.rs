//! Completions for shells.

use clap::{Arg, ArgMatches, value_parser};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::{arguments, program};

/// The command that prints them.
pub const NAME: &str = "completion";

/// The command that prints them.
pub fn command() -> clap::Command {
    let shell = Arg::new("shell").required(true).value_parser(value_parser!(Shell));
    clap::Command::new(NAME)
        .about("Prints completions for a shell, to be stored where the shell looks for them")
        .arg(shell.help("The shell"))
}

/// Prints the completions of all commands.
pub fn print(matches: &ArgMatches) -> Result<(), Failure> {
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let mut script = Vec::new();
        let mut program = arguments::program(|_, _| true);
        clap_complete::generate(*shell, &mut program, program::NAME, &mut script);
        crate::output::to_standard_output(&script)?;
    }
    Ok(())
}

//! `cargo xtask completions`.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use xtask::console::Console;
use xtask::{Exit, Problem, program};

use crate::CommandLine;

const EXAMPLES: &str = "\
Examples:
  source <(cargo xtask completions bash)
  cargo xtask completions fish >~/.config/fish/conf.d/xtask.fish";

/// Print what completes `cargo xtask` in a shell.
///
/// Completions of `cargo` belong to cargo, so the shell gets a function `xtask` that runs `cargo xtask`, and the
/// completions of that one: `xtask codegen --ch<Tab>`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

/// Prints the function and the completions.
pub(crate) fn run(arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Problem> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut command_line(), name(), &mut script);
    let script = String::from_utf8(script)
        .map_err(|error| Problem(format!("the completions are no text: {error}")))?;
    // The first line of a script for zsh says what it completes.
    writeln!(console.output, "{script}\n{}", function(arguments.shell)?)?;
    Ok(Exit::Success)
}

/// What the shell knows the program by: `xtask`, or `sdk` where it is installed.
fn name() -> &'static str {
    let whole = program::name();
    whole.rsplit(' ').next().unwrap_or(whole)
}

/// The whole command line: `cargo xtask` itself, with the options of the subcommands that are here.
fn command_line() -> clap::Command {
    let here = CommandLine::command();
    let all = xtask::command_line().name(name()).bin_name(name());
    here.get_subcommands().fold(all, |all, subcommand| {
        all.mut_subcommand(subcommand.get_name(), |_| subcommand.clone())
    })
}

/// The function that runs the program.
fn function(shell: Shell) -> Result<String, Problem> {
    let (name, program) = (name(), program::name());
    match shell {
        Shell::Bash | Shell::Zsh => Ok(format!("{name}() {{ {program} \"$@\"; }}")),
        Shell::Fish => Ok(format!("function {name}; {program} $argv; end")),
        Shell::PowerShell => Ok(format!("function {name} {{ {program} @args }}")),
        Shell::Elvish => Ok(format!("fn {name} {{|@arguments| {program} $@arguments }}")),
        _ => Err(Problem(format!("how {shell} writes a function is not known"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_of_all_subcommands_here_are_known() {
        let all = command_line();
        all.clone().debug_assert();
        let completions = all.find_subcommand("completions").unwrap();
        assert!(completions.get_arguments().any(|it| it.get_id() == "shell"));
        assert!(all.find_subcommand("codegen").is_some(), "those of xtask itself are there, too");
    }
}

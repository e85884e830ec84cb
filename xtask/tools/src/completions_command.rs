//! `cargo xtask completions`.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use xtask::console::Console;
use xtask::{Exit, Problem};

use crate::CommandLine;

const EXAMPLES: &str = "\
Examples:
  source <(cargo xtask completions bash)
  cargo xtask completions fish >~/.config/fish/conf.d/xtask.fish";

/// What the shell knows `cargo xtask` by.
const NAME: &str = "xtask";

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
    generate(arguments.shell, &mut command_line(), NAME, &mut script);
    let script = String::from_utf8(script)
        .map_err(|error| Problem(format!("the completions are no text: {error}")))?;
    // The first line of a script for zsh says what it completes.
    writeln!(console.output, "{script}\n{}", function(arguments.shell)?)?;
    Ok(Exit::Success)
}

/// The whole command line: `cargo xtask` itself, with the options of the subcommands that are here.
fn command_line() -> clap::Command {
    let here = CommandLine::command();
    let all = xtask::command_line().name(NAME).bin_name(NAME);
    here.get_subcommands().fold(all, |all, subcommand| {
        all.mut_subcommand(subcommand.get_name(), |_| subcommand.clone())
    })
}

/// The function that runs `cargo xtask`.
fn function(shell: Shell) -> Result<&'static str, Problem> {
    match shell {
        Shell::Bash | Shell::Zsh => Ok("xtask() { cargo xtask \"$@\"; }"),
        Shell::Fish => Ok("function xtask; cargo xtask $argv; end"),
        Shell::PowerShell => Ok("function xtask { cargo xtask @args }"),
        Shell::Elvish => Ok("fn xtask {|@arguments| cargo xtask $@arguments }"),
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

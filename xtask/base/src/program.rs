//! Which program runs the commands: `cargo xtask`, which belongs to its repository, or one that is installed.

use std::env;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::builder::StyledStr;

use crate::Problem;

/// What this program is called in a repository.
const OF_REPOSITORY: &str = "cargo xtask";

/// What it is called where it is installed.
const INSTALLED: &str = "cargo sdk";

/// The subcommands that build packages of the repository, which an installed program does not carry.
const OF_REPOSITORY_ALONE: [&str; 5] = ["bench", "conformance", "docs", "judge", "suites"];

/// The environment variable by which the installed program, which builds another generator for a user's templates, tells that
/// one what the user called.
pub const CALLER: &str = "SDK_CALLER";

/// A fact of the process, which its `main` states before anything else.
static IS_INSTALLED: AtomicBool = AtomicBool::new(false);

/// Says that this is the installed program. It finds the crates of the folder that it is run in, and nothing of the
/// repository that it was built in.
pub fn set_installed() {
    IS_INSTALLED.store(true, Ordering::Relaxed);
}

/// Whether this is the installed program.
pub fn is_installed() -> bool {
    IS_INSTALLED.load(Ordering::Relaxed)
}

/// Refuses a subcommand that the installed program does not carry.
pub(crate) fn needs_repository(subcommand: &str) -> Result<(), Problem> {
    if !is_installed() {
        return Ok(());
    }
    let message = format!(
        "`{subcommand}` is not part of the installed program: run `cargo xtask {subcommand}` in the generator's repository"
    );
    Err(Problem(message))
}

/// What the user calls this program.
pub fn name() -> &'static str {
    let is_called_by_it = || env::var_os(CALLER).is_some_and(|caller| caller == INSTALLED);
    if is_installed() || is_called_by_it() { INSTALLED } else { OF_REPOSITORY }
}

/// A command line as the user of this program meets it: its help calls the program by its name, and shows what it can do.
pub(crate) fn named(command: clap::Command) -> clap::Command {
    if !is_installed() {
        return command;
    }
    let command = OF_REPOSITORY_ALONE.into_iter().fold(command, |command, name| {
        match command.find_subcommand(name) {
            Some(_) => command.mut_subcommand(name, |subcommand| subcommand.hide(true)),
            None => command,
        }
    });
    renamed(command).name(INSTALLED).bin_name(INSTALLED)
}

/// The command with its subcommands, in whose texts the program has its name.
fn renamed(mut command: clap::Command) -> clap::Command {
    let text = |text: &StyledStr| text.to_string().replace(OF_REPOSITORY, INSTALLED);
    let texts = [command.get_about(), command.get_long_about(), command.get_after_help()];
    let [about, long_about, after_help] = texts.map(|it| it.map(text));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    if let Some(help) = after_help {
        command = command.after_help(help);
    }
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, renamed))
}

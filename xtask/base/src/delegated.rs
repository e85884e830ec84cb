//! The subcommands of other packages, which are built when they are asked for: whoever only generates compiles nothing
//! of them.

use std::ffi::{OsStr, OsString};

use clap::Args;

use crate::{Exit, Problem, crates, is_url, program, workspace};

/// A package of this workspace that has subcommands of `cargo xtask`.
#[derive(Clone, Copy)]
pub(crate) enum Package {
    /// What proves what the generator promises.
    Proof,
    /// What is done with documents besides generating.
    Tools,
}

impl Package {
    fn name(self) -> &'static str {
        match self {
            Self::Proof => "proof",
            Self::Tools => "tools",
        }
    }
}

/// What the subcommand is given as it is.
#[derive(Args)]
pub(crate) struct Arguments {
    /// See `--help`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

impl Arguments {
    /// Those of a subcommand that this package has, too.
    pub(crate) fn of(arguments: Vec<OsString>) -> Self {
        Self { arguments }
    }
}

/// Builds a package and runs a subcommand of it on the streams of this process.
pub(crate) fn run(
    package: Package,
    subcommand: &str,
    arguments: &Arguments,
) -> Result<Exit, Problem> {
    if program::is_installed() {
        let message = format!(
            "`{subcommand}` is not part of the installed program: run `cargo xtask {subcommand}` in the generator's repository"
        );
        return Err(Problem(message));
    }
    let mut command = crates::cargo_itself();
    command.args(["run", "--quiet", "--profile", "tool", "--package", package.name()]);
    // The client for HTTP is a part of the build that only a URL needs.
    if arguments.arguments.iter().any(|argument| holds_url(argument)) {
        command.args(["--features", "http"]);
    }
    let status = command
        .arg("--manifest-path")
        .arg(workspace::manifest())
        .args(["--", subcommand])
        .args(&arguments.arguments)
        .status()
        .map_err(|error| Problem(format!("cargo cannot be started: {error}")))?;
    Ok(match status.code() {
        Some(0) => Exit::Success,
        Some(2) => Exit::Usage,
        _ => Exit::Failure,
    })
}

/// Whether an argument is a URL, or an option with one: `--spec=URL`.
fn holds_url(argument: &OsStr) -> bool {
    let value = argument.to_str().and_then(|text| text.split_once('='));
    is_url(argument) || value.is_some_and(|(_, value)| is_url(value))
}

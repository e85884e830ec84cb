//! `cargo xtask conformance` and `cargo xtask judge`: the package `proof`, built when it is asked for.

use std::ffi::OsString;

use clap::Args;

use crate::{Exit, Problem, crates, workspace};

/// What the proof is given as it is.
#[derive(Args)]
pub(crate) struct Arguments {
    /// See `--help`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

/// Builds and runs a subcommand of the proof on the streams of this process.
pub(crate) fn run(subcommand: &str, arguments: &Arguments) -> Result<Exit, Problem> {
    let status = crates::cargo_itself()
        .args(["run", "--quiet", "--profile", "tool", "--package", "proof", "--manifest-path"])
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

//! The subcommands of other packages, which are built when they are asked for: whoever only generates compiles nothing
//! of them.

use std::ffi::OsString;

use clap::Args;

use crate::{Exit, Problem, crates, workspace};

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

/// Builds a package and runs a subcommand of it on the streams of this process.
pub(crate) fn run(
    package: Package,
    subcommand: &str,
    arguments: &Arguments,
) -> Result<Exit, Problem> {
    let status = crates::cargo_itself()
        .args(["run", "--quiet", "--profile", "tool", "--package", package.name()])
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

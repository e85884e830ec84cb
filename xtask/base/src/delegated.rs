//! The subcommands of other packages, which are built when they are asked for: whoever only generates compiles nothing
//! of them.

use std::env;
use std::ffi::{OsStr, OsString};

use clap::Args;

use crate::{Exit, Problem, crates, is_url, program, workspace};

/// A package of this workspace that has subcommands of `cargo xtask`.
#[derive(Clone, Copy)]
pub(crate) enum Package {
    /// What proves what the generator promises.
    Proof,
    /// What builds the site of the pages.
    Site,
    /// What is done with documents besides generating.
    Tools,
}

impl Package {
    fn name(self) -> &'static str {
        match self {
            Self::Proof => "proof",
            Self::Site => "site",
            Self::Tools => "tools",
        }
    }

    /// How it is built. A site takes a second or two without optimization, and mdBook a minute longer to build with it.
    fn profile(self) -> &'static str {
        match self {
            Self::Site => "dev",
            Self::Proof | Self::Tools => "tool",
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
    program::needs_repository(subcommand)?;
    let subcommand = [OsString::from(subcommand)];
    start(package, &[&subcommand, arguments.arguments.as_slice()].concat())
}

/// Builds a package and runs its program on the streams of this process.
pub(crate) fn start(package: Package, arguments: &[OsString]) -> Result<Exit, Problem> {
    if !is_built(package) {
        eprintln!("building the package `{}`, once; it may take a minute or two", package.name());
    }
    let mut command = crates::cargo_itself();
    command.args(["run", "--quiet", "--profile", package.profile(), "--package", package.name()]);
    match package {
        // The client for HTTP is a part of the build that only a document's URL needs.
        Package::Tools if arguments.iter().any(|argument| holds_url(argument)) => {
            command.args(["--features", "http"]);
        }
        Package::Site => {
            command.args(["--features", "mdbook"]);
        }
        Package::Proof | Package::Tools => {}
    }
    let status = command
        .arg("--manifest-path")
        .arg(workspace::manifest())
        .arg("--")
        .args(arguments)
        .status()
        .map_err(|error| Problem(format!("cargo cannot be started: {error}")))?;
    Ok(match status.code() {
        Some(0) => Exit::Success,
        Some(2) => Exit::Usage,
        _ => Exit::Failure,
    })
}

/// Whether a package has been built beside this program. cargo says nothing of it, as its words would stand before each answer.
fn is_built(package: Package) -> bool {
    let profile = match package.profile() {
        "dev" => "debug",
        profile => profile,
    };
    let built = env::current_exe().ok().and_then(|program| {
        let target = program.parent()?.parent()?;
        Some(target.join(profile).join(format!("{}{}", package.name(), env::consts::EXE_SUFFIX)))
    });
    built.is_some_and(|built| built.exists())
}

/// Whether an argument is a URL, or an option with one: `--spec=URL`.
fn holds_url(argument: &OsStr) -> bool {
    let value = argument.to_str().and_then(|text| text.split_once('='));
    is_url(argument) || value.is_some_and(|(_, value)| is_url(value))
}

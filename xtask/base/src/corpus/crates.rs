//! What cargo says about a crate that was generated.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::ValueEnum;
use serde::Deserialize;

use crate::{counted, workspace};

/// How much cargo has to find good. Each level includes those before it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, ValueEnum)]
pub(crate) enum Level {
    /// `cargo check` with all features
    Compile,
    /// `cargo clippy`, warnings denied
    Lint,
    /// `cargo doc`, warnings denied
    Doc,
}

impl Level {
    const ALL: [Self; 3] = [Self::Compile, Self::Lint, Self::Doc];

    /// The arguments for cargo.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Compile => &["check", "--quiet", "--all-features"],
            Self::Lint => &["clippy", "--quiet", "--all-features", "--", "-D", "warnings"],
            Self::Doc => &["doc", "--quiet", "--all-features", "--no-deps"],
        }
    }

    /// What a crate that passes does.
    fn verdict(self) -> &'static str {
        match self {
            Self::Compile => "compiles",
            Self::Lint => "passes clippy",
            Self::Doc => "passes rustdoc",
        }
    }
}

/// Runs cargo on the crate in `folder`, up to a level. Gives the verdict, or the level that failed with
/// what cargo wrote.
pub(crate) fn check(folder: &Path, highest: Level) -> io::Result<Result<String, Failure>> {
    for level in Level::ALL.into_iter().filter(|level| *level <= highest) {
        let output = cargo(folder, level)?;
        if !output.status.success() {
            let report = String::from_utf8_lossy(&output.stderr).into_owned();
            let command = level.arguments()[0].to_owned();
            return Ok(Err(Failure { command, report }));
        }
    }
    let passed = Level::ALL.into_iter().filter(|level| *level <= highest);
    Ok(Ok(passed.map(Level::verdict).collect::<Vec<_>>().join(", ")))
}

/// With which features cargo checks a crate.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum FeatureSets {
    /// All at once
    #[default]
    All,
    /// All at once, and then each by itself, those without a client with it, too, with `cargo check`, warnings denied
    Each,
}

/// Runs `cargo check` on the crate in `folder` with each of its features by itself, which for a tag gives the
/// models alone, and such a one with the client, too. Gives the verdict, or the first feature that failed.
pub(crate) fn check_each_feature(folder: &Path) -> io::Result<Result<String, Failure>> {
    let features = features(folder)?;
    let has_client = |name: &str, implied: &[String]| {
        name == "client" || implied.iter().any(|implied| implied == "client")
    };
    let without = features.iter().filter(|(name, implied)| !has_client(name, implied));
    let with_client = without.map(|(name, _)| format!("client,{name}"));
    for feature in features.keys().cloned().chain(with_client) {
        let arguments = ["check", "--quiet", "--no-default-features", "--features", &feature];
        // What a run leaves for the next is of no use to one with other features, and fills the disk.
        let mut command = command(folder)?;
        let output = command.args(arguments).env("CARGO_INCREMENTAL", "0").output()?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        // Cargo denies warnings by a flag only that compiles all dependencies anew.
        let has_warning = report.lines().any(|line| line.starts_with("warning"));
        if !output.status.success() || has_warning {
            let command = format!("check --no-default-features --features {feature}");
            return Ok(Err(Failure { command, report }));
        }
    }
    Ok(Ok(format!("compiles with each of {}", counted(features.len(), "feature"))))
}

/// The features in the manifest of a crate, without `default`, each with what it implies.
fn features(folder: &Path) -> io::Result<BTreeMap<String, Vec<String>>> {
    #[derive(Deserialize)]
    struct Manifest {
        features: BTreeMap<String, Vec<String>>,
    }
    let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
    let manifest: Manifest = toml::from_str(&manifest).map_err(io::Error::other)?;
    Ok(manifest.features.into_iter().filter(|(name, _)| name != "default").collect())
}

/// What cargo did not find good.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The subcommand of cargo, with the arguments that matter.
    pub(crate) command: String,
    /// What it wrote.
    pub(crate) report: String,
}

impl Failure {
    /// The number of errors that the report tells of.
    pub(crate) fn errors(&self) -> usize {
        let errors = self.report.lines().filter(|line| {
            line.starts_with("error[") || line.starts_with("error: ") && !is_summary(line)
        });
        errors.count().max(1)
    }
}

/// Whether a line that looks like an error only counts the others.
fn is_summary(line: &str) -> bool {
    line.starts_with("error: could not ") || line.starts_with("error: aborting ")
}

fn cargo(folder: &Path, level: Level) -> io::Result<Output> {
    let mut command = command(folder)?;
    command.args(level.arguments());
    if level == Level::Doc {
        command.env("RUSTDOCFLAGS", "-D warnings");
    }
    command.output()
}

/// Cargo in the folder of a crate.
///
/// All crates share one target folder, and the versions of their dependencies with the workspace.
///
/// # Errors
///
/// The lock file of the workspace cannot be copied into the folder.
pub fn command(folder: &Path) -> io::Result<Command> {
    let lock = workspace::lock_file();
    if lock.exists() {
        fs::copy(lock, folder.join("Cargo.lock"))?;
    }
    let mut command = cargo_itself();
    command.current_dir(folder);
    if env::var_os("CARGO_TARGET_DIR").is_none() {
        command.env("CARGO_TARGET_DIR", target_folder()?);
    }
    Ok(command)
}

/// The cargo that runs this program, or else the one that the shell finds.
pub fn cargo_itself() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn target_folder() -> io::Result<PathBuf> {
    std::path::absolute(workspace::corpus_target())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_counted_once() {
        let report = "error[E0308]: mismatched types\n --> a\nerror: unused\n\nerror: could not compile `a` (lib) due to 2 previous errors\n";
        assert_eq!(Failure { command: "check".to_owned(), report: report.to_owned() }.errors(), 2);
    }
}

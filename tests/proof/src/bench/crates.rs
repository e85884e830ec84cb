//! What a crate costs whoever compiles it.

use std::fs;
use std::path::Path;

use xtask::{Problem, crates};

use super::measure::{self, Cost};

/// The lines of Rust below a folder.
///
/// # Errors
///
/// A file cannot be read.
pub(crate) fn lines(folder: &Path) -> Result<usize, Problem> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += self::lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}

/// What `cargo check` takes for the crate in a folder alone, its dependencies being done already.
///
/// # Errors
///
/// The crate does not compile.
pub(crate) fn check(folder: &Path, target: &Path, runs: usize) -> Result<Cost, Problem> {
    let check = || {
        let mut command = crates::command(folder)?;
        // What cargo keeps of an earlier run would be measured in place of the compiler.
        let command = command.args(["check", "--quiet"]).env("CARGO_INCREMENTAL", "0");
        measure::cost(command.env("CARGO_TARGET_DIR", target))
    };
    check()?;
    let library = folder.join("src/lib.rs");
    let mut costs = Vec::new();
    for _ in 0..runs {
        // Cargo goes by the time of the last change.
        fs::write(&library, fs::read(&library)?)?;
        costs.push(check()?);
    }
    Ok(Cost::median(&costs))
}

//! The mock server of the suite, and the script that writes its documents and scenarios.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use xtask::Problem;

use crate::server::{Server, Unserved};

/// How long the server may take until it listens: it compiles all specifications first.
const PATIENCE: Duration = Duration::from_secs(300);

/// What stands before the port in the line that says that it listens.
const LISTENING: &str = "Started server on ";

static EXPORT: &str = include_str!("export.mjs");

/// Writes the documents and the scenarios into a folder below that of the suite, which it gives.
pub fn export(suite: &Path) -> Result<PathBuf, Problem> {
    let made = suite.join("made");
    fs::create_dir_all(&made)?;
    fs::write(made.join("export.mjs"), EXPORT)?;
    let ran = Command::new("node")
        .args(["made/export.mjs", "made"])
        .current_dir(suite)
        .output()
        .map_err(|error| Problem(format!("`node` cannot be started: {error}")))?;
    if !ran.status.success() {
        let errors = String::from_utf8_lossy(&ran.stderr);
        return Err(Problem(format!("the scenarios are not written:\n{errors}")));
    }
    Ok(made)
}

/// A repository with one commit: the server asks git for the commit of the specifications, and does not start without.
fn repository(suite: &Path) -> Result<PathBuf, Problem> {
    let folder = std::path::absolute(suite.join("made/commit"))?;
    let commit = ["commit", "--quiet", "--allow-empty", "--message", "The suite"];
    let named = ["-c", "user.name=suites", "-c", "user.email=suites@localhost"];
    for arguments in [&["init", "--quiet", "."][..], &[&named[..], &commit[..]].concat()] {
        fs::create_dir_all(&folder)?;
        let ran = Command::new("git").args(arguments).current_dir(&folder).output()?;
        if !ran.status.success() {
            let errors = String::from_utf8_lossy(&ran.stderr);
            return Err(Problem(format!("git: {errors}")));
        }
    }
    Ok(folder.join(".git"))
}

/// Starts the server of a suite on a free port, and waits until it listens.
pub fn start(suite: &Path) -> Result<Server, Problem> {
    let repository = repository(suite)?;
    let mut command = Command::new("node");
    command
        .args(["node_modules/@typespec/spector/dist/src/cli/cli.js", "serve"])
        .args(["node_modules/@typespec/http-specs/specs", "--port", "0"])
        .args(["--coverageFile", "made/coverage.json"])
        .current_dir(suite)
        .env("GIT_DIR", repository);
    let url = |line: &str| {
        let (_, port) = line.split_once(LISTENING)?;
        let digits: String = port.chars().filter(char::is_ascii_digit).collect();
        Some(format!("http://localhost:{digits}"))
    };
    Server::start(&mut command, PATIENCE, url).map_err(|unserved| match unserved {
        Unserved::NotStarted(error) => Problem(format!("`node` cannot be started: {error}")),
        Unserved::Silent(said) => {
            Problem(format!("the mock server of the suite does not start:\n{said}"))
        }
    })
}

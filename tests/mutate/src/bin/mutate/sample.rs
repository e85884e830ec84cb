//! The crates of some documents, as cargo finds them.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use fastrand::Rng;
use mutate::trial::{self, Outcome};

use crate::Arguments;
use crate::documents::Documents;
use crate::failures::Failures;
use crate::mutation::Mutation;

/// Keeps cargo from looking for a workspace above the crate, such as the generator's own.
const NO_WORKSPACE: &str = "\n[workspace]\n";

/// The versions of the dependencies, which are also those of this workspace.
const LOCK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock");

/// Lets cargo check the crates of a sample of documents, with all features and with their tests. Gives the number of
/// documents, and of how many the crate compiles.
pub(crate) fn check(
    arguments: &Arguments,
    documents: &Documents,
    mut generated: Vec<u64>,
    failures: &mut Failures,
) -> io::Result<(usize, usize)> {
    Rng::with_seed(arguments.seed).shuffle(&mut generated);
    generated.truncate(arguments.sample);
    let folder = arguments.out.join("sample");
    fs::create_dir_all(&folder)?;
    let mut compiled = 0;
    for &number in &generated {
        let mutation = Mutation::new(documents, arguments.seed, number);
        let document = mutation.write(&folder, "document")?;
        match compile(&document, &folder)? {
            Ok(()) => compiled += 1,
            Err(problem) => failures.keep(number, documents, &problem)?,
        }
    }
    Ok((generated.len(), compiled))
}

/// Writes the crate of a document, and lets cargo check it.
fn compile(document: &Path, folder: &Path) -> io::Result<Result<(), String>> {
    let Outcome::Generated(files) = trial::run(&trial::options(document)) else {
        return Ok(Err("it was generated before, and is not now".to_owned()));
    };
    let place = folder.join("crate");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    for (path, text) in &files {
        let path = place.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&place))?;
        let end = if path == place.join("Cargo.toml") { NO_WORKSPACE } else { "" };
        fs::write(path, format!("{text}{end}"))?;
    }
    fs::copy(LOCK, place.join("Cargo.lock"))?;
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--all-features", "--all-targets"])
        .env("CARGO_TARGET_DIR", absolute(&folder.join("target"))?)
        .env("CARGO_INCREMENTAL", "0")
        .current_dir(&place)
        .output()?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let report = String::from_utf8_lossy(&output.stderr);
    let errors = report.find("error").map_or(report.as_ref(), |start| &report[start..]);
    Ok(Err(errors.to_owned()))
}

fn absolute(path: &Path) -> io::Result<PathBuf> {
    std::path::absolute(path)
}

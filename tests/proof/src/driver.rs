//! The program beside a crate that tries it: how it is written and run.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::output::{self, Files};

use xtask::Problem;
use xtask::crates;

/// Writes a crate and the program that tries it below a folder. Gives the program's folder.
pub(crate) fn write(sdk: &Files, driver: &Files, folder: &Path) -> Result<PathBuf, Problem> {
    let place = folder.join("driver");
    for (files, folder) in [(sdk, &folder.join("sdk")), (driver, &place)] {
        output::update(files, folder)?;
    }
    Ok(place)
}

/// Writes what the program in a folder reads or wrote, beside what cargo makes of it: it is no source
/// that could be marked as generated. Gives its path.
pub(crate) fn data(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Problem> {
    let target = folder.join("target");
    fs::create_dir_all(&target)?;
    let place = target.join(name);
    fs::write(&place, bytes)?;
    Ok(place)
}

/// Builds and runs the program in a folder. Gives what it writes to its standard output.
pub(crate) fn run(
    folder: &Path,
    argument: impl AsRef<std::ffi::OsStr>,
) -> Result<Vec<u8>, Problem> {
    let ran = crates::command(folder)?.args(["run", "--quiet", "--"]).arg(argument).output()?;
    if !ran.status.success() {
        let errors = String::from_utf8_lossy(&ran.stderr);
        return Err(Problem(format!("the program in {} failed:\n{errors}", folder.display())));
    }
    Ok(ran.stdout)
}

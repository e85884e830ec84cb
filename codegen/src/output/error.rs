//! What can go wrong between rendered files and a folder.

use std::io;
use std::path::{Path, PathBuf};

use super::MARKER;

/// Why a folder could not be compared or written. The folder is as it was before, but for
/// [`Error::NotUndone`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A rendered path could leave the folder, or cannot exist on every platform.
    #[error("the path `{path}` cannot be generated: {problem}")]
    Path {
        /// The path as rendered.
        path: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Two rendered paths are one file on some platforms.
    #[error(
        "`{first}` and `{second}` cannot both be generated: \
         they are one file where the case of names is ignored"
    )]
    SamePath {
        /// The path that sorts first.
        first: String,
        /// The other one.
        second: String,
    },
    /// A file that every generated folder has was not rendered.
    #[error("`{path}` must be generated: without it the folder is not found again")]
    Missing {
        /// The file.
        path: &'static str,
    },
    /// The folder has files that this generator did not make.
    #[error(
        "{} is not empty and was not made by this generator: it holds `{path}`, and neither its \
         Cargo.toml nor its src/lib.rs has the line `{MARKER}; do not edit.` Nothing was written; name another folder, \
         or empty this one first",
        folder.display()
    )]
    NotGenerated {
        /// The folder that was to be written.
        folder: PathBuf,
        /// A file that this generator did not make.
        path: String,
    },
    /// A generated folder holds what this generator did not write.
    #[error(
        "{}: {}. What the generator writes says `{MARKER}; do not edit.` at its top. Nothing was \
         written; move what is yours elsewhere, and remove the rest",
        folder.display(), told(paths)
    )]
    Foreign {
        /// The folder that was to be written.
        folder: PathBuf,
        /// What the generator did not write, relative to the folder, sorted.
        paths: Vec<String>,
    },
    /// Another run is writing the same folder.
    #[error("{} is being written by another run: wait for it to end, and try again", folder.display())]
    Busy {
        /// The folder that was to be written.
        folder: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: `read`, `write`, `remove`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Its answer.
        source: io::Error,
    },
    /// Writing failed half-way, and so did putting back what was there before.
    #[error("{cause}\nputting back what was there before failed as well:\n{}", failures.join("\n"))]
    NotUndone {
        /// Why writing failed.
        cause: Box<Error>,
        /// What could not be put back, from where to where, and why, one by one.
        failures: Vec<String>,
    },
}

/// How many files an error names.
const MOST_NAMED: usize = 10;

/// The sentence about files that the generator did not write.
fn told(paths: &[String]) -> String {
    let named: Vec<String> =
        paths.iter().take(MOST_NAMED).map(|path| format!("`{path}`")).collect();
    let more = match paths.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let verb = if paths.len() == 1 { "was" } else { "were" };
    format!("{}{more} {verb} not written by this generator", named.join(", "))
}

impl Error {
    /// For `map_err`: turns the operating system's answer into an error that says on what.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }
}

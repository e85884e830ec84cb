//! The documents that crates are made of.

use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::{Problem, workspace_path};

use super::measure;

/// The package that has GitHub's own document, and where in it that is.
const GITHUB: (&str, &str) = ("@octokit/openapi@23.0.2", "generated/api.github.com.json");

/// A document to measure.
pub(crate) struct Document {
    /// The name in the table: that of the file without its extension.
    pub(crate) name: String,
    pub(crate) file: PathBuf,
}

impl Document {
    fn of(file: PathBuf) -> Self {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { name, file }
    }
}

/// The repository's own document, those that were named, and GitHub's, where there is npm to fetch it with.
///
/// # Errors
///
/// A document does not exist.
pub(crate) fn all(named: &[PathBuf], folder: &Path) -> Result<Vec<Document>, Problem> {
    let mut documents = vec![Document::of(std::path::absolute(workspace_path("spec/okta.yaml"))?)];
    for file in named {
        let file = std::path::absolute(file)?;
        if !file.is_file() {
            return Err(Problem(format!("{} is no file", file.display())));
        }
        documents.push(Document::of(file));
    }
    documents.extend(github(folder).map(Document::of));
    Ok(documents)
}

/// GitHub's document, fetched once.
fn github(folder: &Path) -> Option<PathBuf> {
    let prefix = folder.join("github");
    let (package, path) = GITHUB;
    let file = prefix.join("node_modules/@octokit/openapi").join(path);
    if !file.exists() {
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]);
        measure::cost(npm.arg(&prefix).arg(package)).ok()?;
    }
    file.exists().then_some(file)
}

//! Where things are in this workspace.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Problem;

/// The folder of the workspace: the parent of this package's, as cargo knew it when it was built.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folder of the crate that is checked in.
pub(crate) fn generated() -> PathBuf {
    path("generated")
}

/// The manifest of the workspace.
pub(crate) fn manifest() -> PathBuf {
    path("Cargo.toml")
}

/// The versions of the dependencies that the workspace is built with.
pub(crate) fn lock_file() -> PathBuf {
    path("Cargo.lock")
}

/// Where cargo keeps what it makes of the crates of a corpus.
pub(crate) fn corpus_target() -> PathBuf {
    path("target/corpus")
}

/// The configuration of the crate that is checked in; none if the file does not exist.
pub(crate) fn configuration() -> Option<PathBuf> {
    let file = path("spec/sdk.toml");
    file.exists().then_some(file)
}

/// The document of the crate that is checked in: the only OpenAPI document directly in `spec/`.
pub(crate) fn document() -> Result<PathBuf, Problem> {
    let folder = path("spec");
    let mut documents = documents_in(&folder)
        .map_err(|error| Problem(format!("cannot read {}: {error}", folder.display())))?;
    match (documents.pop(), documents.as_slice()) {
        (Some(document), []) => Ok(document),
        (None, _) => Err(Problem(format!(
            "there is no document (.yaml, .yml, .json) in {}: put one there, or name one with --spec",
            folder.display()
        ))),
        (Some(document), others) => Err(Problem(format!(
            "there are {} documents in {}, among them {} and {}: name one with --spec and --out",
            others.len() + 1,
            folder.display(),
            file_name(&others[0]),
            file_name(&document)
        ))),
    }
}

fn documents_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("yaml" | "yml" | "json")) {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// `relative` to the workspace; short where the working directory is the workspace's.
fn path(relative: &str) -> PathBuf {
    let root = Path::new(ROOT);
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    match env::current_dir() {
        Ok(here) if here == root => PathBuf::from(relative),
        _ => root.join(relative),
    }
}

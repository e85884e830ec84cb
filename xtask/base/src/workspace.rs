//! Where things are in this workspace.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Problem, program};

/// The folder of the workspace: the parent of this package's, as cargo knew it when it was built.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What a `Cargo.toml` has that lists the crates to generate.
const LIST: &str = "[[workspace.metadata.codegen]]";

/// Its `Cargo.toml`.
pub fn manifest() -> PathBuf {
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

/// The document at a path: that file, or the only document directly in that folder.
pub(crate) fn document_at(path: PathBuf) -> Result<PathBuf, Problem> {
    if path.is_dir() { document_in(&path) } else { Ok(path) }
}

/// The only document directly in a folder.
fn document_in(folder: &Path) -> Result<PathBuf, Problem> {
    let mut documents = documents_in(folder)
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

/// Whether a file is named as a document is.
pub(crate) fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

fn documents_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if is_document(&path) {
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

/// The folder of the repository that this program was built in, which an installed one need not find there.
pub fn home() -> PathBuf {
    let root = Path::new(ROOT);
    root.canonicalize().unwrap_or_else(|_| root.to_owned())
}

/// The folder of the workspace: the home of this program or, where it is installed, the nearest folder from the working
/// directory upwards whose `Cargo.toml` lists crates, or else the working directory.
fn root() -> PathBuf {
    if !program::is_installed() {
        return home();
    }
    let here = env::current_dir().unwrap_or_default();
    let lists_crates = |folder: &&Path| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml"));
        manifest.is_ok_and(|text| text.contains(LIST))
    };
    here.ancestors().find(lists_crates).unwrap_or(&here).to_owned()
}

/// `relative` to the workspace; short where the working directory is the workspace's.
pub fn path(relative: impl AsRef<Path>) -> PathBuf {
    let root = root();
    match env::current_dir() {
        Ok(here) if here == root => relative.as_ref().to_owned(),
        _ => root.join(relative),
    }
}

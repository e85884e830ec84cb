//! Folders: where the workspace's is, and what is in one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the package is in the workspace").to_owned()
}

/// A file as it is on disk.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub content: Vec<u8>,
    /// When it was last written.
    pub modified: SystemTime,
}

/// Every file below `folder` by its path relative to it, with `/` between the parts. What cargo
/// makes there is left out.
pub fn snapshot(folder: &Path) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            let relative = path.strip_prefix(folder).expect("it is below the folder");
            let relative = relative.to_str().expect("its path is UTF-8").replace('\\', "/");
            if relative == "target" || relative == "Cargo.lock" {
                continue;
            }
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let metadata = fs::metadata(&path).expect("the file exists");
            let file = File {
                content: fs::read(&path).expect("the file can be read"),
                modified: metadata.modified().expect("this platform has times"),
            };
            files.insert(relative, file);
        }
    }
    files
}

/// The text of every file below `folder` by its path relative to it.
pub fn texts(folder: &Path) -> BTreeMap<String, String> {
    let files = snapshot(folder).into_iter();
    files
        .map(|(path, file)| {
            let text = String::from_utf8(file.content).expect("the file is UTF-8");
            (path, text)
        })
        .collect()
}

/// The paths of files that are not the same in both folders, or only in one of them.
pub fn differing<T: PartialEq>(
    left: &BTreeMap<String, T>,
    right: &BTreeMap<String, T>,
) -> Vec<String> {
    let paths: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let differing = paths.into_iter().filter(|&path| left.get(path) != right.get(path));
    differing.cloned().collect()
}

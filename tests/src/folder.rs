//! Folders: where the workspace's are, copies to play with, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the package is in the workspace").to_owned()
}

/// A temporary copy of the crate in `generated/`.
pub fn copy_of_generated() -> TempDir {
    let copy = tempfile::tempdir().expect("a temporary folder");
    let original = workspace().join("generated");
    for path in snapshot(&original).into_keys() {
        let target = copy.path().join(&path);
        let parent = target.parent().expect("a file is in a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::copy(original.join(&path), target).expect("the file can be copied");
    }
    copy
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

/// The text of every file below `folder` by its path relative to it, without times.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = snapshot(folder).into_iter();
    files.map(|(path, file)| (path, file.content)).collect()
}

//! `cargo xtask codegen --watch`: the crates are made again whenever a file is saved that they are made of.
//!
//! Files are looked at again and again, which works the same on every system and needs no package.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::checked_in::Target;
use crate::workspace::is_document;

/// How long it is from one look to the next. A file that was not the same twice is still being written.
const PACE: Duration = Duration::from_millis(100);

/// How deep the folder of a document is looked into.
const DEPTH: usize = 8;

/// How many files are looked at, at most.
const MOST_FILES: usize = 10_000;

/// The files, with the time of the last change and the size of each.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Where the files are that crates are made of.
pub(crate) struct Watched {
    places: BTreeSet<PathBuf>,
    /// The crates' own folders, which only the generator changes.
    outs: BTreeSet<PathBuf>,
}

impl Watched {
    /// The folder of each document, where it may refer to others, and what else says what the crates are, such as the
    /// file that lists them.
    pub(crate) fn of(targets: &[Target], list: Option<PathBuf>) -> Self {
        let mut places: BTreeSet<PathBuf> = list.into_iter().collect();
        for Target { options, .. } in targets {
            places.insert(folder_of(&options.spec));
            places.extend(options.config.iter().chain(&options.overlays).cloned());
            places.extend(options.allow_files.iter().cloned());
        }
        Self { places, outs: targets.iter().map(|target| real(&target.out)).collect() }
    }

    /// What the files are now.
    pub(crate) fn look(&self) -> Look {
        let mut look = Look::new();
        for place in &self.places {
            self.add(place, DEPTH, &mut look);
        }
        look
    }

    /// Waits until files have changed, and gives them.
    pub(crate) fn wait(&self, mut before: Look) -> Vec<PathBuf> {
        let mut changed = BTreeSet::new();
        loop {
            thread::sleep(PACE);
            let now = self.look();
            let found = changes(&before, &now);
            if found.is_empty() && !changed.is_empty() {
                return changed.into_iter().collect();
            }
            changed.extend(found);
            before = now;
        }
    }

    fn add(&self, place: &Path, depth: usize, look: &mut Look) {
        if look.len() >= MOST_FILES {
            return;
        }
        let Ok(metadata) = fs::metadata(place) else { return };
        if !metadata.is_dir() {
            look.insert(place.to_owned(), (metadata.modified().ok(), metadata.len()));
            return;
        }
        let is_out = || self.outs.contains(&real(place));
        let Some(depth) = depth.checked_sub(1).filter(|_| !is_out()) else { return };
        for entry in fs::read_dir(place).into_iter().flatten().flatten() {
            let path = entry.path();
            if is_looked_at(&path) {
                self.add(&path, depth, look);
            }
        }
    }
}

/// The path with links followed, also of a folder that is not there yet.
fn real(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let above = || fs::canonicalize(folder_of(path)).map(|folder| folder.join(name));
    fs::canonicalize(path).or_else(|_| above()).unwrap_or_else(|_| path.to_owned())
}

/// The folder that a file is in.
fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether a document could be there: neither in what is hidden nor in what tools make.
fn is_looked_at(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with('.') || name == "target" || name == "node_modules" {
        return false;
    }
    path.is_dir() || is_document(path) || path.extension().is_some_and(|it| it == "toml")
}

/// The files that are new, gone or others.
fn changes(before: &Look, now: &Look) -> Vec<PathBuf> {
    let files: BTreeSet<&PathBuf> = before.keys().chain(now.keys()).collect();
    files.into_iter().filter(|file| before.get(*file) != now.get(*file)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use codegen::Options;

    use super::*;

    fn watched(folder: &Path) -> Watched {
        let options = Options { spec: folder.join("api.yaml"), ..Options::default() };
        Watched::of(&[Target { options, out: folder.join("sdk") }], None)
    }

    #[test]
    fn what_is_saved_beside_a_document_counts() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["api.yaml", "parts/a.json", "sdk/Cargo.toml", ".git/x.json", "notes.txt"] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "1").unwrap();
        }
        let before = watched(folder.path()).look();
        let names: Vec<_> =
            before.keys().map(|file| file.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, [Path::new("api.yaml"), Path::new("parts/a.json")]);

        fs::write(folder.path().join("parts/a.json"), "22").unwrap();
        fs::write(folder.path().join("sdk/Cargo.toml"), "22").unwrap();
        fs::write(folder.path().join("new.yml"), "22").unwrap();
        fs::remove_file(folder.path().join("api.yaml")).unwrap();
        let changed = changes(&before, &watched(folder.path()).look());
        let expected = ["api.yaml", "new.yml", "parts/a.json"].map(|it| folder.path().join(it));
        assert_eq!(changed, expected);
    }
}

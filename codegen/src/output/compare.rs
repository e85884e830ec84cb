//! What differs between rendered files and a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Change, Error, Files, MARKED_FILES, is_marked, paths};

/// Tells what has to change in `folder` for it to hold exactly `files`, sorted by path.
///
/// A file whose lines end in CR LF on disk, as git checks them out on some machines, equals the same
/// file with LF. A folder that does not exist is an empty one. Symbolic links inside the folder are
/// entries like any other and are never followed. Nothing is written.
///
/// # Errors
///
/// When a rendered path is refused, when the folder or a file in it cannot be read, and when a file
/// would be overwritten or removed in a folder that this generator did not make
/// ([`Error::NotGenerated`]).
pub fn compare(files: &Files, folder: &Path) -> Result<Vec<Change>, Error> {
    paths::check(files)?;
    let entries = Entries::of(folder, files)?;
    let mut changes = Vec::new();
    for (path, new) in files {
        match entries.0.get(path) {
            None => changes.push(Change::Added { path: path.clone(), new: new.clone() }),
            Some(entry) => changes.extend(entry.against(path, new)?),
        }
    }
    for (path, entry) in &entries.0 {
        if !files.contains_key(path) {
            changes.push(Change::Removed { path: path.clone(), old: entry.text()? });
        }
    }
    changes.sort_by(|left, right| left.path().cmp(right.path()));
    refuse_foreign(&changes, folder)?;
    Ok(changes)
}

/// Refuses to overwrite in a folder that is not marked. Removing was refused on the way.
fn refuse_foreign(changes: &[Change], folder: &Path) -> Result<(), Error> {
    let overwritten = changes.iter().find(|change| matches!(change, Change::Modified { .. }));
    match overwritten {
        Some(change) if !is_generated(folder) => {
            Err(Error::NotGenerated { folder: folder.to_owned(), path: change.path().to_owned() })
        }
        _ => Ok(()),
    }
}

/// Whether this generator made what is in `folder`.
fn is_generated(folder: &Path) -> bool {
    MARKED_FILES
        .iter()
        .any(|path| fs::read_to_string(folder.join(path)).is_ok_and(|text| is_marked(&text)))
}

/// What a folder holds, but for what is left alone: path with `/` to entry.
struct Entries(BTreeMap<String, Entry>);

/// A file, a symbolic link, or anything else that is not a folder.
struct Entry {
    place: PathBuf,
    is_file: bool,
}

impl Entries {
    /// Lists `folder`. Where it is not generated, the first entry that is not one of `files` ends
    /// the search, so that a home directory named by mistake is not read through.
    fn of(folder: &Path, files: &Files) -> Result<Self, Error> {
        let mut entries = Self(BTreeMap::new());
        let foreign = !is_generated(folder);
        let mut open = vec![(folder.to_owned(), String::new())];
        while let Some((place, prefix)) = open.pop() {
            for (name, kind) in list(&place)? {
                if foreign && prefix.is_empty() && is_a_home(&name) {
                    return Err(Error::NotGenerated { folder: folder.to_owned(), path: name });
                }
                if paths::is_left_alone(&name, prefix.is_empty()) {
                    continue;
                }
                let path = format!("{prefix}{name}");
                let place = place.join(&name);
                if kind.is_dir() {
                    open.push((place, format!("{path}/")));
                } else if foreign && !files.contains_key(&path) {
                    return Err(Error::NotGenerated { folder: folder.to_owned(), path });
                } else {
                    let is_file = kind.is_file();
                    entries.0.insert(path, Entry { place, is_file });
                }
            }
        }
        Ok(entries)
    }
}

/// Whether a folder with the entry `name` is in use, although all that is in it may be hidden: a home
/// directory, say. What git keeps in a folder does not tell that.
fn is_a_home(name: &str) -> bool {
    name.starts_with('.') && !name.starts_with(".git")
}

/// The names in `folder` with their kinds, sorted; none if it does not exist.
fn list(folder: &Path) -> Result<BTreeMap<String, fs::FileType>, Error> {
    let reading = || Error::io("read", folder);
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(reading()(error)),
    };
    let mut names = BTreeMap::new();
    for entry in listing {
        let entry = entry.map_err(reading())?;
        let kind = entry.file_type().map_err(reading())?;
        let name = entry.file_name().into_string().map_err(|_| {
            let not_unicode = io::Error::new(io::ErrorKind::InvalidData, "its name is not UTF-8");
            Error::io("read", &entry.path())(not_unicode)
        })?;
        names.insert(name, kind);
    }
    Ok(names)
}

impl Entry {
    /// The change that makes the entry at `path` hold `new`; none if it does.
    fn against(&self, path: &str, new: &str) -> Result<Option<Change>, Error> {
        let old = self.text()?;
        let same = old
            .as_deref()
            .is_some_and(|old| old == new || with_line_feeds(old) == with_line_feeds(new));
        Ok((!same).then(|| Change::Modified { path: path.to_owned(), old, new: new.to_owned() }))
    }

    /// The text of a file; none if it is not UTF-8 or no file.
    fn text(&self) -> Result<Option<String>, Error> {
        if !self.is_file {
            return Ok(None);
        }
        let bytes = fs::read(&self.place).map_err(Error::io("read", &self.place))?;
        Ok(String::from_utf8(bytes).ok())
    }
}

/// `text` with CR LF as LF.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::MARKER;

    fn crate_files() -> Files {
        Files::from([
            ("Cargo.toml".to_owned(), format!("# {MARKER}\n")),
            ("src/api/mod.rs".to_owned(), "one\ntwo\n".to_owned()),
            ("src/lib.rs".to_owned(), format!("//! {MARKER}\n")),
        ])
    }

    /// A folder that holds `crate_files()`.
    fn written() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("src/api")).unwrap();
        for (path, text) in crate_files() {
            fs::write(folder.path().join(path), text).unwrap();
        }
        folder
    }

    fn lines(folder: &Path) -> Vec<String> {
        let changes = compare(&crate_files(), folder).unwrap();
        changes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_missing_folder_lacks_everything() {
        let parent = tempfile::tempdir().unwrap();
        assert_eq!(
            lines(&parent.path().join("none")),
            ["added   Cargo.toml", "added   src/api/mod.rs", "added   src/lib.rs"]
        );
    }

    #[test]
    fn what_cargo_made_and_hidden_files_are_left_alone() {
        let folder = written();
        let root = folder.path();
        fs::create_dir_all(root.join("target/debug")).unwrap();
        fs::create_dir_all(root.join(".git/refs")).unwrap();
        for path in ["target/debug/x", ".git/refs/y", "Cargo.lock", "src/.lib.rs.swp"] {
            fs::write(root.join(path), "theirs").unwrap();
        }
        assert_eq!(lines(root), [""; 0]);
    }

    #[test]
    fn edited_missing_and_stray_files_differ() {
        let folder = written();
        let root = folder.path();
        fs::write(root.join("src/api/mod.rs"), "one\n2\n").unwrap();
        fs::remove_file(root.join("Cargo.toml")).unwrap();
        fs::create_dir(root.join("src/target")).unwrap();
        fs::write(root.join("src/target/stray.rs"), "stray").unwrap();
        assert_eq!(
            lines(root),
            ["added   Cargo.toml", "changed src/api/mod.rs", "removed src/target/stray.rs"]
        );
    }

    #[test]
    fn carriage_returns_of_a_checkout_are_no_difference() {
        let folder = written();
        fs::write(folder.path().join("src/api/mod.rs"), "one\r\ntwo\r\n").unwrap();
        assert_eq!(lines(folder.path()), [""; 0]);
    }

    #[test]
    fn a_file_that_is_no_text_differs() {
        let folder = written();
        fs::write(folder.path().join("src/api/mod.rs"), b"one\xff\n").unwrap();
        assert_eq!(lines(folder.path()), ["changed src/api/mod.rs"]);
    }

    #[test]
    fn a_foreign_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        let error = compare(&crate_files(), folder.path()).unwrap_err();
        assert!(error.to_string().contains("it holds `thesis.txt`"), "{error}");
    }

    #[test]
    fn hidden_files_make_a_folder_foreign_and_a_git_repository_does_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert_eq!(lines(folder.path()).len(), crate_files().len());

        fs::write(folder.path().join(".profile"), "theirs").unwrap();
        let error = compare(&crate_files(), folder.path()).unwrap_err();
        assert!(error.to_string().contains("it holds `.profile`"), "{error}");
    }

    #[test]
    fn a_foreign_manifest_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").unwrap();
        let error = compare(&crate_files(), folder.path()).unwrap_err();
        assert!(error.to_string().contains("it holds `Cargo.toml`"), "{error}");
    }

    #[test]
    fn an_edited_marker_is_not_the_end_of_a_generated_folder() {
        let folder = written();
        fs::write(folder.path().join("Cargo.toml"), "[package]\n").unwrap();
        fs::write(folder.path().join("stray.txt"), "stray").unwrap();
        assert_eq!(lines(folder.path()), ["changed Cargo.toml", "removed stray.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_seen_and_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("mod.rs"), "one\ntwo\n").unwrap();
        let folder = written();
        let api = folder.path().join("src/api");
        fs::remove_dir_all(&api).unwrap();
        std::os::unix::fs::symlink(outside.path(), &api).unwrap();
        assert_eq!(lines(folder.path()), ["removed src/api", "added   src/api/mod.rs"]);
    }
}

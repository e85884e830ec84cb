//! What differs between rendered files and a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Change, Error, Files, MARKED_FILES, mark, paths, stage};

/// Tells what has to change in `folder` for it to hold exactly `files`, each with the mark of a
/// generated file, sorted by path.
///
/// A file whose lines end in CR LF on disk, as git checks them out on some machines, equals the same
/// file with LF. A folder that does not exist is an empty one. Nothing is written.
///
/// # Errors
///
/// When a rendered path is refused, when the folder or a file in it cannot be read, and when it holds
/// what this generator did not write: [`Error::NotGenerated`] where nothing shows that it is a
/// generated folder, else [`Error::Foreign`]. Symbolic links are never followed, and never ours.
pub fn compare(files: &Files, folder: &Path) -> Result<Vec<Change>, Error> {
    paths::check(files)?;
    let entries = Entries::of(folder, files)?;
    let mut changes = Vec::new();
    for (path, new) in files {
        let new = mark::marked(path, new)?;
        match entries.0.get(path) {
            None => changes.push(Change::Added { path: path.clone(), new: new.into_owned() }),
            Some(place) => changes.extend(modified(path, place, &new)?),
        }
    }
    for (path, place) in &entries.0 {
        if !files.contains_key(path) {
            changes.push(Change::Removed { path: path.clone(), old: text(place)? });
        }
    }
    changes.sort_by(|left, right| left.path().cmp(right.path()));
    Ok(changes)
}

/// Whether the file `path` of `folder` holds exactly `text`. A symbolic link does not, wherever it leads.
pub fn is_in(folder: &Path, path: &str, text: &str) -> bool {
    let place = folder.join(path);
    fs::symlink_metadata(&place).is_ok_and(|it| it.is_file() && it.len() == text.len() as u64)
        && fs::read(&place).is_ok_and(|bytes| bytes == text.as_bytes())
}

/// Whether this generator made `folder`.
fn is_generated(folder: &Path) -> Result<bool, Error> {
    for path in MARKED_FILES {
        if mark::is_on(path, &folder.join(path))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The generated files in a folder: path with `/` to place.
struct Entries(BTreeMap<String, PathBuf>);

impl Entries {
    /// Lists `folder`. Where it is not generated, the first entry that is not ours ends the search,
    /// so that a home directory named by mistake is not read through.
    fn of(folder: &Path, files: &Files) -> Result<Self, Error> {
        let mut entries = Self(BTreeMap::new());
        let is_generated = is_generated(folder)?;
        let is_old = is_generated && has_unmarked_runtime(folder)?;
        let mut foreign = Vec::new();
        let mut open = vec![(folder.to_owned(), String::new())];
        while let Some((place, prefix)) = open.pop() {
            for (name, kind) in list(&place)? {
                if !is_generated && prefix.is_empty() && is_a_home(&name) {
                    return Err(Error::NotGenerated { folder: folder.to_owned(), path: name });
                }
                if paths::is_left_alone(&name, &prefix) {
                    continue;
                }
                let path = format!("{prefix}{name}");
                let place = place.join(&name);
                if kind.is_dir() {
                    open.push((place, format!("{path}/")));
                } else if mark::is_on(&path, &place)?
                    || (is_old
                        && kind.is_file()
                        && was_unmarked(&path)
                        && files.contains_key(&path))
                {
                    entries.0.insert(path, place);
                } else if is_generated {
                    foreign.push(path);
                } else {
                    return Err(Error::NotGenerated { folder: folder.to_owned(), path });
                }
            }
        }
        if foreign.is_empty() {
            return Ok(entries);
        }
        foreign.sort();
        Err(Error::Foreign { folder: folder.to_owned(), paths: foreign })
    }
}

/// Whether a version wrote `folder` that did not mark what it copied.
fn has_unmarked_runtime(folder: &Path) -> Result<bool, Error> {
    let (path, place) = ("src/runtime/mod.rs", folder.join("src/runtime/mod.rs"));
    let is_file = fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_file());
    Ok(is_file && !mark::is_on(path, &place)?)
}

/// Whether those versions copied this file.
fn was_unmarked(path: &str) -> bool {
    path == "rustfmt.toml" || path.starts_with("src/runtime/")
}

/// Whether a folder with the entry `name` is in use, although all that is in it may be hidden: a home
/// directory, say. What git keeps in a folder does not tell that, nor what a killed run left.
fn is_a_home(name: &str) -> bool {
    name.starts_with('.') && !name.starts_with(".git") && !name.starts_with(stage::PREFIX)
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

/// The change that makes the file `path`, which is at `place`, hold `new`; none if it does.
fn modified(path: &str, place: &Path, new: &str) -> Result<Option<Change>, Error> {
    let old = text(place)?;
    let same = old
        .as_deref()
        .is_some_and(|old| old == new || with_line_feeds(old) == with_line_feeds(new));
    Ok((!same).then(|| Change::Modified { path: path.to_owned(), old, new: new.to_owned() }))
}

/// The text of a file; none if it is not UTF-8.
fn text(place: &Path) -> Result<Option<String>, Error> {
    let bytes = fs::read(place).map_err(Error::io("read", place))?;
    Ok(String::from_utf8(bytes).ok())
}

/// `text` with CR LF as LF.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mark of Rust.
    const MARK: &str = "// @generated by cargo xtask codegen; do not edit.\n\n";

    fn crate_files() -> Files {
        Files::from([
            ("Cargo.toml".to_owned(), String::new()),
            ("src/api/mod.rs".to_owned(), format!("{MARK}one\ntwo\n")),
            ("src/lib.rs".to_owned(), String::new()),
            ("src/runtime/mod.rs".to_owned(), "runtime\n".to_owned()),
        ])
    }

    /// A folder that holds `crate_files()`.
    fn written() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        crate::output::update(&crate_files(), folder.path()).unwrap();
        folder
    }

    fn lines(folder: &Path) -> Vec<String> {
        let changes = compare(&crate_files(), folder).unwrap();
        changes.iter().map(ToString::to_string).collect()
    }

    fn refusal(folder: &Path) -> String {
        compare(&crate_files(), folder).unwrap_err().to_string()
    }

    #[test]
    fn a_missing_folder_lacks_everything() {
        let parent = tempfile::tempdir().unwrap();
        assert_eq!(
            lines(&parent.path().join("none")),
            [
                "added   Cargo.toml",
                "added   src/api/mod.rs",
                "added   src/lib.rs",
                "added   src/runtime/mod.rs"
            ]
        );
    }

    #[test]
    fn what_cargo_made_licences_and_hidden_files_are_left_alone() {
        let folder = written();
        let root = folder.path();
        fs::create_dir_all(root.join("target/debug")).unwrap();
        fs::create_dir_all(root.join(".git/refs")).unwrap();
        for path in [
            "target/debug/x",
            ".git/refs/y",
            "Cargo.lock",
            "src/.lib.rs.swp",
            "LICENSE-MIT",
            "NOTICE",
        ] {
            fs::write(root.join(path), "theirs").unwrap();
        }
        assert_eq!(lines(root), [""; 0]);
    }

    #[test]
    fn edited_missing_and_stale_files_differ() {
        let folder = written();
        let root = folder.path();
        fs::write(root.join("src/api/mod.rs"), format!("{MARK}one\n2\n")).unwrap();
        fs::remove_file(root.join("Cargo.toml")).unwrap();
        fs::create_dir(root.join("src/target")).unwrap();
        fs::write(root.join("src/target/stale.rs"), MARK).unwrap();
        assert_eq!(
            lines(root),
            ["added   Cargo.toml", "changed src/api/mod.rs", "removed src/target/stale.rs"]
        );
    }

    #[test]
    fn what_the_generator_did_not_write_is_refused_by_name() {
        let folder = written();
        let root = folder.path();
        fs::write(root.join("src/api/mod.rs"), "the user's own\n").unwrap();
        fs::write(root.join("src/stray.rs"), "also\n").unwrap();
        fs::write(root.join("notes.txt"), MARK).unwrap();
        let told = refusal(root);
        assert!(
            told.contains("`notes.txt`, `src/api/mod.rs`, `src/stray.rs` were not written by"),
            "{told}"
        );
    }

    #[test]
    fn carriage_returns_of_a_checkout_are_no_difference() {
        let folder = written();
        let text = format!("{MARK}one\ntwo\n").replace('\n', "\r\n");
        fs::write(folder.path().join("src/api/mod.rs"), text).unwrap();
        assert_eq!(lines(folder.path()), [""; 0]);
    }

    #[test]
    fn a_marked_file_that_is_no_text_differs() {
        let folder = written();
        let bytes = [MARK.as_bytes(), b"one\xff\n"].concat();
        fs::write(folder.path().join("src/api/mod.rs"), bytes).unwrap();
        assert_eq!(lines(folder.path()), ["changed src/api/mod.rs"]);
    }

    #[test]
    fn a_file_is_in_a_folder_as_it_is_and_not_otherwise() {
        let folder = written();
        let text = &crate_files()["src/api/mod.rs"];
        let is_in = |path: &str, text: &str| is_in(folder.path(), path, text);
        assert!(is_in("src/api/mod.rs", text));
        assert!(!is_in("src/api/mod.rs", &text.replace("one", "two")));
        assert!(!is_in("src/api/mod.rs", "one\n"));
        assert!(!is_in("src/none.rs", "") && !is_in("src", ""));
    }

    #[test]
    fn a_foreign_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
        let told = refusal(folder.path());
        assert!(told.contains("it holds `thesis.txt`"), "{told}");
    }

    #[test]
    fn a_word_in_a_hand_made_folder_is_no_mark() {
        let folder = tempfile::tempdir().unwrap();
        let text = "# Not @generated by cargo xtask codegen; do not edit.\n[workspace]\n";
        fs::write(folder.path().join("Cargo.toml"), text).unwrap();
        let told = refusal(folder.path());
        assert!(told.contains("it holds `Cargo.toml`"), "{told}");
    }

    #[test]
    fn hidden_files_make_a_folder_foreign_and_a_git_repository_does_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        assert_eq!(lines(folder.path()).len(), crate_files().len());

        fs::write(folder.path().join(".profile"), "theirs").unwrap();
        let told = refusal(folder.path());
        assert!(told.contains("it holds `.profile`"), "{told}");
    }

    #[test]
    fn a_folder_of_a_version_that_did_not_mark_the_runtime_is_taken_over() {
        let folder = written();
        let root = folder.path();
        fs::write(root.join("src/runtime/mod.rs"), "old runtime\n").unwrap();
        assert_eq!(lines(root), ["changed src/runtime/mod.rs"]);
        // It was not rendered, and nothing shows whose it is.
        fs::write(root.join("src/runtime/other.rs"), "old runtime\n").unwrap();
        assert!(refusal(root).contains("`src/runtime/other.rs` was not written by"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_marked_file_does_not_make_a_folder_ours() {
        let ours = written();
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("Cargo.toml");
        std::os::unix::fs::symlink(ours.path().join("Cargo.toml"), &link).unwrap();
        let told = refusal(folder.path());
        assert!(told.contains("it holds `Cargo.toml`"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_seen_and_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("mod.rs"), format!("{MARK}one\ntwo\n")).unwrap();
        let folder = written();
        let api = folder.path().join("src/api");
        fs::remove_dir_all(&api).unwrap();
        std::os::unix::fs::symlink(outside.path(), &api).unwrap();
        assert!(refusal(folder.path()).contains("`src/api` was not written by"));
    }
}

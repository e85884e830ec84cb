//! Bringing a folder to what was rendered, as a whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::journal::Journal;
use super::{Change, Error, stage};

/// Makes the `changes` that [`compare`](super::compare) found in `folder`, which exists, and touches
/// nothing else.
///
/// The new texts are first written to a hidden folder beside the old files; then files are moved,
/// one by one. If any step fails, all are taken back, and the folder is what it was. Folders that
/// become empty are removed. A symbolic link is never followed out of the folder.
///
/// # Errors
///
/// When the operating system refuses a step, with the path and the reason.
pub(super) fn write(changes: &[Change], folder: &Path) -> Result<(), Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let stage = stage::make(folder)?;
    let mut writing = Writing { folder, stage, journal: Journal::default() };
    match writing.run(changes) {
        Ok(()) => Ok(()),
        Err(cause) => Err(writing.undo(cause)),
    }
}

/// One run over a folder.
struct Writing<'a> {
    folder: &'a Path,
    /// Holds the new files until they are moved into place, and the old ones until all are.
    stage: TempDir,
    journal: Journal,
}

impl Writing<'_> {
    fn run(&mut self, changes: &[Change]) -> Result<(), Error> {
        for (number, change) in changes.iter().enumerate() {
            if let Some(text) = change.new_text() {
                let staged = self.staged(number, "new");
                fs::write(&staged, text).map_err(Error::io("write", &staged))?;
            }
        }
        // What goes first may stand in the way of what comes: a file where a folder is to be.
        for (number, change) in changes.iter().enumerate() {
            if change.new_text().is_none() {
                self.remove(number, change.path())?;
            }
        }
        for (number, change) in changes.iter().enumerate() {
            if change.new_text().is_some() {
                self.place(number, change)?;
            }
        }
        Ok(())
    }

    /// Takes back every step. What could not be taken back stays in the stage.
    fn undo(self, cause: Error) -> Error {
        let error = self.journal.undo(cause);
        if matches!(error, Error::NotUndone { .. }) {
            let _folder = self.stage.keep();
        }
        error
    }

    fn staged(&self, number: usize, which: &str) -> PathBuf {
        stage::place(self.stage.path(), number, which)
    }

    /// Moves the file `path` out of the folder, and removes the folders that it leaves empty.
    fn remove(&mut self, number: usize, path: &str) -> Result<(), Error> {
        let place = self.folder.join(path);
        let aside = self.staged(number, "old");
        self.journal.move_file("remove", &place, &aside)?;
        let parents = place.ancestors().skip(1);
        for parent in parents.take_while(|&parent| parent != self.folder) {
            if !is_empty(parent)? {
                break;
            }
            self.journal.remove_folder(parent)?;
        }
        Ok(())
    }

    /// Moves the staged file into place, and the generated one that is there aside.
    fn place(&mut self, number: usize, change: &Change) -> Result<(), Error> {
        let path = change.path();
        self.make_parents(path)?;
        let place = self.folder.join(path);
        match kind_of(&place)? {
            None => {}
            Some(kind) if kind.is_dir() => self.journal.remove_folder(&place)?,
            // It came after the folder was compared, so it is not ours.
            Some(_) if matches!(change, Change::Added { .. }) => {
                let paths = vec![path.to_owned()];
                return Err(Error::Foreign { folder: self.folder.to_owned(), paths });
            }
            Some(_) => {
                let aside = self.staged(number, "old");
                self.journal.move_file("replace", &place, &aside)?;
            }
        }
        let staged = self.staged(number, "new");
        self.journal.move_file("write", &staged, &place)
    }

    /// Makes the folders above `path` that are missing. One that is a symbolic link is an error,
    /// since what is written below it would land elsewhere.
    fn make_parents(&mut self, path: &str) -> Result<(), Error> {
        let mut place = self.folder.to_owned();
        let (parents, _name) = path.rsplit_once('/').unwrap_or(("", path));
        for name in parents.split('/').filter(|name| !name.is_empty()) {
            place.push(name);
            match kind_of(&place)? {
                None => self.journal.make_folder(&place)?,
                Some(kind) if kind.is_dir() => {}
                Some(_) => {
                    let error = io::Error::from(io::ErrorKind::NotADirectory);
                    return Err(Error::io("write below", &place)(error));
                }
            }
        }
        Ok(())
    }
}

/// What is at `place`, a symbolic link being one; none if nothing is.
fn kind_of(place: &Path) -> Result<Option<fs::FileType>, Error> {
    match fs::symlink_metadata(place) {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", place)(error)),
    }
}

fn is_empty(folder: &Path) -> Result<bool, Error> {
    let mut entries = fs::read_dir(folder).map_err(Error::io("read", folder))?;
    Ok(entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::output::{Files, Update, compare, update};

    fn files(others: &[(&str, &str)]) -> Files {
        let mut files = Files::from([
            ("Cargo.toml".to_owned(), String::new()),
            ("src/lib.rs".to_owned(), String::new()),
        ]);
        files.extend(others.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())));
        files
    }

    fn generate(others: &[(&str, &str)], folder: &Path) -> Result<Update, Error> {
        update(&files(others), folder)
    }

    /// Everything below `folder`: the path to the text, or to none for a folder.
    fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<String>> {
        let mut tree = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                tree.extend(self::tree(&path));
                tree.insert(path, None);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                tree.insert(path, Some(text));
            }
        }
        tree
    }

    fn paths(folder: &Path) -> Vec<String> {
        let relative = |path: &PathBuf| {
            let path = path.strip_prefix(folder).unwrap();
            path.to_str().unwrap().replace('\\', "/")
        };
        tree(folder).keys().map(relative).collect()
    }

    #[test]
    fn a_folder_is_made_with_those_above_it() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b");
        generate(&[("src/api/mod.rs", "one\n")], &folder).unwrap();
        assert_eq!(
            paths(&folder),
            ["Cargo.toml", "src", "src/api", "src/api/mod.rs", "src/lib.rs"]
        );
        let text = fs::read_to_string(folder.join("src/api/mod.rs")).unwrap();
        assert_eq!(text, "// @generated by cargo xtask codegen; do not edit.\n\none\n");
        assert_eq!(compare(&files(&[("src/api/mod.rs", "one\n")]), &folder).unwrap(), []);
    }

    #[test]
    fn folders_go_with_their_last_file() {
        let folder = tempfile::tempdir().unwrap();
        generate(&[("docs/a/b/c.md", ""), ("docs/d.md", "")], folder.path()).unwrap();
        generate(&[("docs/d.md", "")], folder.path()).unwrap();
        assert_eq!(paths(folder.path()), ["Cargo.toml", "docs", "docs/d.md", "src", "src/lib.rs"]);
    }

    #[test]
    fn a_file_becomes_a_folder_and_a_folder_a_file() {
        let folder = tempfile::tempdir().unwrap();
        generate(&[("src/a.rs", "file\n"), ("src/b.rs/c/d.rs", "deep\n")], folder.path()).unwrap();
        generate(&[("src/a.rs/d.rs", "deep\n"), ("src/b.rs", "file\n")], folder.path()).unwrap();
        assert_eq!(
            paths(folder.path()),
            ["Cargo.toml", "src", "src/a.rs", "src/a.rs/d.rs", "src/b.rs", "src/lib.rs"]
        );
    }

    #[test]
    fn hidden_files_stay_with_their_folder() {
        let folder = tempfile::tempdir().unwrap();
        generate(&[("docs/a.md", "")], folder.path()).unwrap();
        fs::write(folder.path().join("docs/.keep"), "theirs").unwrap();
        generate(&[], folder.path()).unwrap();
        assert_eq!(paths(folder.path()), ["Cargo.toml", "docs", "docs/.keep", "src", "src/lib.rs"]);
    }

    #[test]
    fn a_failing_step_leaves_the_old_tree_whole() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        generate(&[("docs/gone.md", "gone\n"), ("src/a.rs", "old\n")], root).unwrap();
        // A folder that cannot be removed, where the last file is to be.
        fs::create_dir(root.join("src/z.rs")).unwrap();
        fs::write(root.join("src/z.rs/.keep"), "theirs").unwrap();
        let before = tree(root);

        let error = generate(
            &[("src/a.rs", "new\n"), ("src/m/new.rs", "new\n"), ("src/z.rs", "new\n")],
            root,
        )
        .unwrap_err();

        assert!(error.to_string().contains("z.rs"), "{error}");
        assert_eq!(tree(root), before);
    }

    #[test]
    fn a_failing_start_leaves_nothing() {
        let parent = tempfile::tempdir().unwrap();
        fs::write(parent.path().join("file"), "theirs").unwrap();
        generate(&[("a.json", "")], &parent.path().join("made/deep"))
            .expect_err("JSON has no comments");
        assert_eq!(paths(parent.path()), ["file"]);
    }

    #[test]
    fn a_file_that_came_in_between_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        generate(&[], folder.path()).unwrap();
        let changes = compare(&files(&[("docs/a.md", "")]), folder.path()).unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        fs::write(folder.path().join("docs/a.md"), "theirs").unwrap();

        let error = write(&changes, folder.path()).unwrap_err();

        assert!(error.to_string().contains("`docs/a.md` was not written by"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("docs/a.md")).unwrap(), "theirs");
    }

    #[test]
    fn what_an_interrupted_run_left_is_mended_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        // The first run of all, killed after its first file.
        fs::create_dir(root.join(".codegen-aB3xYz")).unwrap();
        fs::write(root.join(".codegen-aB3xYz/1.new"), "half").unwrap();
        fs::write(root.join("Cargo.toml"), "# @generated by cargo xtask codegen; do not edit.\n\n")
            .unwrap();

        let update = generate(&[], root).unwrap();

        assert_eq!(update.leftovers, [".codegen-aB3xYz"]);
        let told: Vec<String> = update.changes.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["added   src/lib.rs"]);
        assert_eq!(paths(root), ["Cargo.toml", "src", "src/lib.rs"]);
        assert_eq!(generate(&[], root).unwrap(), Update::default());
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_neither_followed_nor_replaced() {
        use std::os::unix::fs::symlink;

        let outside = tempfile::tempdir().unwrap();
        let theirs = outside.path().join("mod.rs");
        fs::write(&theirs, "// @generated by cargo xtask codegen; do not edit.\n").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        generate(&[], root).unwrap();
        symlink(outside.path(), root.join("src/api")).unwrap();
        symlink(&theirs, root.join("src/a.rs")).unwrap();

        let others = [("src/a.rs", "ours\n"), ("src/api/mod.rs", "ours\n")];
        let error = generate(&others, root).unwrap_err();

        assert!(error.to_string().contains("`src/a.rs`, `src/api` were not written"), "{error}");
        let text = fs::read_to_string(&theirs).unwrap();
        assert_eq!(text, "// @generated by cargo xtask codegen; do not edit.\n");
        assert_eq!(paths(outside.path()), ["mod.rs"]);
        assert!(fs::symlink_metadata(root.join("src/a.rs")).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_compare_did_not_see_is_an_error() {
        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        generate(&[], folder.path()).unwrap();
        let changes = compare(&files(&[("docs/a.md", "")]), folder.path()).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("docs")).unwrap();

        let error = write(&changes, folder.path()).unwrap_err();

        assert!(error.to_string().contains("cannot write below"), "{error}");
        assert_eq!(paths(outside.path()), [""; 0]);
    }
}

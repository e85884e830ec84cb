//! Steps on the file system that can be taken back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Error;

/// Does things to files and folders, and remembers them, so that they can be undone.
#[derive(Default)]
pub(super) struct Journal(Vec<Step>);

enum Step {
    Made(PathBuf),
    Removed(PathBuf),
    Moved { from: PathBuf, to: PathBuf },
}

impl Journal {
    /// Makes `folder` and what is missing above it.
    pub(super) fn make_folders(&mut self, folder: &Path) -> Result<(), Error> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            match self.make_folder(folder) {
                // Another run was faster.
                Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => {}
                made => made?,
            }
        }
        Ok(())
    }

    /// Makes `folder`, whose parent exists.
    pub(super) fn make_folder(&mut self, folder: &Path) -> Result<(), Error> {
        fs::create_dir(folder).map_err(Error::io("make the folder", folder))?;
        self.0.push(Step::Made(folder.to_owned()));
        Ok(())
    }

    /// Removes `folder`, which is empty.
    pub(super) fn remove_folder(&mut self, folder: &Path) -> Result<(), Error> {
        fs::remove_dir(folder).map_err(Error::io("remove the folder", folder))?;
        self.0.push(Step::Removed(folder.to_owned()));
        Ok(())
    }

    /// Moves a file, or a symbolic link itself, to where nothing is. `action` says what for.
    pub(super) fn move_file(
        &mut self,
        action: &'static str,
        from: &Path,
        to: &Path,
    ) -> Result<(), Error> {
        let shown = if action == "write" { to } else { from };
        fs::rename(from, to).map_err(Error::io(action, shown))?;
        self.0.push(Step::Moved { from: from.to_owned(), to: to.to_owned() });
        Ok(())
    }

    /// Takes back every step, the last one first, and gives the `cause` with what could not be
    /// taken back.
    pub(super) fn undo(self, cause: Error) -> Error {
        let undone = self.0.iter().rev().map(Step::undo);
        let failures: Vec<String> = undone.filter_map(Result::err).collect();
        if failures.is_empty() {
            return cause;
        }
        Error::NotUndone { cause: Box::new(cause), failures }
    }
}

impl Step {
    fn undo(&self) -> Result<(), String> {
        let answer: io::Result<()> = match self {
            Self::Made(folder) => fs::remove_dir(folder),
            Self::Removed(folder) => fs::create_dir(folder),
            Self::Moved { from, to } => fs::rename(to, from),
        };
        answer.map_err(|error| match self {
            Self::Made(folder) => format!("cannot remove {}: {error}", folder.display()),
            Self::Removed(folder) => format!("cannot make {}: {error}", folder.display()),
            Self::Moved { from, to } => {
                format!("cannot move {} to {}: {error}", to.display(), from.display())
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause() -> Error {
        Error::Missing { path: "src/lib.rs" }
    }

    #[test]
    fn steps_are_taken_back_from_the_last_to_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let place = |path: &str| folder.path().join(path);
        fs::create_dir(place("old")).unwrap();
        fs::write(place("old/file"), "text").unwrap();

        let mut journal = Journal::default();
        journal.make_folders(&place("new/deep")).unwrap();
        journal.move_file("write", &place("old/file"), &place("new/deep/file")).unwrap();
        journal.remove_folder(&place("old")).unwrap();
        let error = journal.undo(cause());

        assert!(matches!(error, Error::Missing { .. }), "{error}");
        assert_eq!(fs::read_to_string(place("old/file")).unwrap(), "text");
        assert!(!place("new").exists());
    }

    #[test]
    fn what_cannot_be_taken_back_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (old, aside) = (folder.path().join("old"), folder.path().join("aside"));
        fs::write(&old, "text").unwrap();

        let mut journal = Journal::default();
        journal.move_file("replace", &old, &aside).unwrap();
        fs::remove_file(&aside).unwrap();
        let error = journal.undo(cause()).to_string();

        assert!(error.contains(&cause().to_string()), "{error}");
        let told = format!("cannot move {} to {}: ", aside.display(), old.display());
        assert!(error.contains(&told), "{error}");
    }
}

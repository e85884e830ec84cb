//! The hidden folder that a run keeps its files in until all are in place, and what is left of one
//! when the run was killed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Error;

/// What the name of such a folder starts with; six letters or digits follow.
pub(super) const PREFIX: &str = ".codegen-";

/// Makes one in `folder`.
pub(super) fn make(folder: &Path) -> Result<TempDir, Error> {
    tempfile::Builder::new()
        .prefix(PREFIX)
        .tempdir_in(folder)
        .map_err(Error::io("write to", folder))
}

/// The place in the stage of the file that the change of this number brings (`new`) or takes (`old`).
pub(super) fn place(stage: &Path, number: usize, which: &str) -> PathBuf {
    stage.join(format!("{number}.{which}"))
}

/// Removes the stages that killed runs left in `folder`, and gives their names, sorted. Whoever
/// calls this has to know that no other run is using one.
///
/// What is in a stage was rendered, or is a generated file that was to be replaced: nothing is lost.
/// A folder that holds anything but such files is somebody else's, and stays.
pub(super) fn remove_leftovers(folder: &Path) -> Result<Vec<String>, Error> {
    let mut removed = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let entry = entry.map_err(Error::io("read", folder))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let stage = entry.path();
        if !is_name(&name) || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let removing = || Error::io("remove what an interrupted run left,", &stage);
        if let Some(files) = files_of(&stage).map_err(removing())? {
            for file in files {
                fs::remove_file(&file).map_err(removing())?;
            }
            fs::remove_dir(&stage).map_err(removing())?;
            removed.push(name);
        }
    }
    removed.sort();
    Ok(removed)
}

fn is_name(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|rest| {
        rest.len() == 6 && rest.bytes().all(|letter| letter.is_ascii_alphanumeric())
    })
}

/// The files of a stage; none if it holds what a run does not put there.
fn files_of(stage: &Path) -> io::Result<Option<Vec<PathBuf>>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(stage)? {
        let entry = entry?;
        let is_ours = entry.file_type()?.is_file()
            && entry.file_name().to_str().and_then(|name| name.split_once('.')).is_some_and(
                |(number, which)| number.parse::<usize>().is_ok() && matches!(which, "new" | "old"),
            );
        if !is_ours {
            return Ok(None);
        }
        files.push(entry.path());
    }
    Ok(Some(files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_run_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for stage in [".codegen-abc123", ".codegen-notes1", ".codegen-toolong", "codegen-abc123"] {
            fs::create_dir(root.join(stage)).unwrap();
            fs::write(root.join(stage).join("0.new"), "text").unwrap();
        }
        fs::write(root.join(".codegen-notes1/todo.txt"), "theirs").unwrap();
        fs::create_dir(root.join(".codegen-folder")).unwrap();
        fs::create_dir(root.join(".codegen-folder/1.old")).unwrap();
        fs::create_dir(root.join(".codegen-EMPTY0")).unwrap();
        fs::write(root.join(".codegen-a_file"), "theirs").unwrap();

        assert_eq!(remove_leftovers(root).unwrap(), [".codegen-EMPTY0", ".codegen-abc123"]);

        for kept in [
            ".codegen-notes1/0.new",
            ".codegen-notes1/todo.txt",
            ".codegen-folder/1.old",
            ".codegen-toolong/0.new",
            ".codegen-a_file",
            "codegen-abc123/0.new",
        ] {
            assert!(root.join(kept).exists(), "{kept}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_by_that_name_is_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("0.new"), "theirs").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join(".codegen-abc123");
        std::os::unix::fs::symlink(outside.path(), &link).unwrap();
        assert_eq!(remove_leftovers(folder.path()).unwrap(), [""; 0]);
        assert!(outside.path().join("0.new").exists());
        assert!(fs::symlink_metadata(link).is_ok());
    }
}

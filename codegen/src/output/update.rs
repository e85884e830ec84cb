//! The one door by which a folder is written.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::journal::Journal;
use super::lock::Lock;
use super::write::write;
use super::{Change, Error, Files, compare, stage};

/// What became of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// What was changed in it, sorted by path.
    pub changes: Vec<Change>,
    /// The hidden folders that interrupted runs had left in it, which were removed. Where there is
    /// one, the changes mend what such a run did by half.
    pub leftovers: Vec<String>,
}

/// Brings `folder` to hold exactly `files`, each marked as generated.
///
/// Another run over the same folder is waited for. If a step fails, all are taken back, and the
/// folder is what it was; what an interrupted run left stays removed.
///
/// # Errors
///
/// Those of [`compare`]; when another run does not end; when the operating system refuses a step,
/// with the path and the reason.
pub fn update(files: &Files, folder: &Path) -> Result<Update, Error> {
    let mut ground = Journal::default();
    ground
        .make_folders(folder)
        .and_then(|()| locked(files, folder))
        .map_err(|cause| ground.undo(cause))
}

fn locked(files: &Files, folder: &Path) -> Result<Update, Error> {
    let lock = Lock::of(folder)?;
    let leftovers = if lock.is_held() { stage::remove_leftovers(folder)? } else { Vec::new() };
    let changes = compare(files, folder)?;
    write(&changes, folder)?;
    Ok(Update { changes, leftovers })
}

/// Puts `text` in the place of a file that exists: the old text stays until the new one is whole, so
/// neither a full disk nor a kill leaves a part of it. A symbolic link stays one.
///
/// # Errors
///
/// When the operating system refuses; the file is as it was.
pub fn replace_file(path: &Path, text: &str) -> Result<(), Error> {
    let failed = || Error::io("write", path);
    let place = fs::canonicalize(path).map_err(failed())?;
    let folder = place.parent().unwrap_or(Path::new(""));
    let permissions = fs::metadata(&place).map_err(failed())?.permissions();
    let mut file =
        tempfile::Builder::new().prefix(stage::PREFIX).tempfile_in(folder).map_err(failed())?;
    file.write_all(text.as_bytes()).map_err(failed())?;
    file.as_file().set_permissions(permissions).map_err(failed())?;
    file.as_file().sync_all().map_err(failed())?;
    file.persist(&place).map_err(|error| failed()(error.error))?;
    Ok(())
}

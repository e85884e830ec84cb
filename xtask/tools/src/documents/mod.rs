//! Documents that are named by a URL: they are read once, and what was read is written down, so that a later run sees a
//! change.

#[cfg(feature = "http")]
mod download;
mod location;
mod record;
#[cfg(all(test, feature = "http"))]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xtask::console::Console;
use xtask::{Problem, is_url, program};

use location::Location;
use record::{Entry, Records};

/// A document that came from a URL.
pub(crate) struct Fetched {
    /// Where it is as long as this value lives.
    pub(crate) file: PathBuf,
    /// What is written down of it.
    entry: Entry,
    /// Whether it is another one than the one that was written down.
    pub(crate) is_changed: bool,
    _folder: TempDir,
}

/// The document that a path names, where that is a URL; none where it is a file.
///
/// `records` is the folder with what former runs wrote down; a change since then is told.
///
/// # Errors
///
/// Everything that [`download`] refuses, and a record that cannot be read.
pub(crate) fn fetch(
    path: &Path,
    records: Option<&Path>,
    console: &mut Console<'_>,
) -> Result<Option<Fetched>, Problem> {
    let Some(url) = path.to_str().filter(|it| is_url(it)) else { return Ok(None) };
    let location = Location::parse(url)?;
    let (content, sha256) = download(&location)?;
    let entry = Entry { url: location.text(), sha256, bytes: content.len() };
    let before = match records {
        Some(folder) => Records::read(folder)?.of(&entry.url).cloned(),
        None => None,
    };
    let is_changed = before.as_ref().is_some_and(|before| before.sha256 != entry.sha256);
    if let Some(before) = before.filter(|_| is_changed) {
        writeln!(
            console.errors,
            "warning: {} has changed since it was read before: its SHA-256 was {}, and is {}. `{} diff OLD NEW` tells what a change means",
            entry.url,
            before.sha256,
            entry.sha256,
            program::name()
        )?;
    }
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(location.file_name(&content));
    fs::write(&file, &content)?;
    Ok(Some(Fetched { file, entry, is_changed, _folder: folder }))
}

impl Fetched {
    /// Writes down what was read, in a folder.
    ///
    /// # Errors
    ///
    /// The record cannot be read or written.
    pub(crate) fn write_down(self, folder: &Path) -> Result<(), Problem> {
        let mut records = Records::read(folder)?;
        records.set(self.entry);
        records.write(folder)
    }
}

#[cfg(feature = "http")]
fn download(location: &Location) -> Result<(Vec<u8>, String), Problem> {
    download::Client::new().get(location)
}

#[cfg(not(feature = "http"))]
fn download(location: &Location) -> Result<(Vec<u8>, String), Problem> {
    let url = location.text();
    Err(Problem(format!("{url} cannot be read: this program was built without the feature `http`")))
}

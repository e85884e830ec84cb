//! What is written down of the documents that came from URLs.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xtask::Problem;

/// The name of the file. A crate's folder belongs to the generator but for what is hidden.
const FILE: &str = ".documents.toml";

const HEAD: &str = "\
# The documents that were read from URLs, each as it was the last time. A run that finds another one tells so.

";

/// What a file says.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Records {
    #[serde(default, rename = "document")]
    documents: Vec<Entry>,
}

/// A document as it was.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) url: String,
    /// FIPS 180-4, in hexadecimal digits.
    pub(super) sha256: String,
    pub(super) bytes: usize,
}

impl Records {
    /// Those of a folder; none where it has none.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub(super) fn read(folder: &Path) -> Result<Self, Problem> {
        let file = folder.join(FILE);
        let wrong = |error: &dyn std::fmt::Display| {
            Problem(format!(
                "{} cannot be read: {error}; without it, changes are not seen",
                file.display()
            ))
        };
        match fs::read_to_string(&file) {
            Ok(text) => toml::from_str(&text).map_err(|error| wrong(&error)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(wrong(&error)),
        }
    }

    /// What is known of a URL.
    pub(super) fn of(&self, url: &str) -> Option<&Entry> {
        self.documents.iter().find(|entry| entry.url == url)
    }

    /// Takes an entry in, in the place of the one with its URL. They are in the order of their URLs.
    pub(super) fn set(&mut self, entry: Entry) {
        self.documents.retain(|other| other.url != entry.url);
        self.documents.push(entry);
        self.documents.sort_by(|left, right| left.url.cmp(&right.url));
    }

    /// Writes the file of a folder.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Problem> {
        let file = folder.join(FILE);
        let wrong = |error: &dyn std::fmt::Display| {
            Problem(format!("{} cannot be written: {error}", file.display()))
        };
        let text = toml::to_string(self).map_err(|error| wrong(&error))?;
        fs::write(&file, format!("{HEAD}{text}")).map_err(|error| wrong(&error))
    }
}

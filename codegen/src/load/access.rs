//! Which files a document may refer to.
//!
//! A document comes from somebody else, and what it refers to ends up in the crate or, as an excerpt,
//! in a diagnostic. So it reaches the files in and below its own folder, and those of the folders that
//! the user allows besides, and no other: not by `..`, by an absolute path or by a symbolic link.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::diagnostics::Diagnostics;

/// The folders whose files may be read.
#[derive(Clone, Debug)]
pub struct Access {
    /// The real folder of the document.
    home: PathBuf,
    /// That folder as the user named it, where it is the same: for names that a user recognizes.
    shown: Option<PathBuf>,
    /// All folders, as they are named and as they are once links are looked through.
    folders: Vec<PathBuf>,
}

/// Why a file is not read.
#[derive(Debug)]
pub enum AccessError {
    /// It is in none of the folders. Whether it is there at all was not asked.
    Outside,
    /// A symbolic link leads out of the folders.
    LeadsOut,
    /// The operating system cannot find it.
    Unreadable(io::Error),
}

impl Access {
    /// The access of the document at `path`: its folder, with links looked through, and `allowed`. A
    /// folder of these that is not there is an error in `diagnostics`.
    pub fn of(path: &Path, allowed: &[PathBuf], diagnostics: &mut Diagnostics) -> Self {
        let home = real(path).parent().map(Path::to_owned).unwrap_or_default();
        let named = path.parent().unwrap_or(Path::new(""));
        let looked_up = if named.as_os_str().is_empty() { Path::new(".") } else { named };
        let is_home = fs::canonicalize(looked_up).is_ok_and(|named| named == home);
        let mut folders = vec![home.clone()];
        for folder in allowed {
            match fs::canonicalize(folder) {
                Ok(real) => folders.extend([absolute(folder), real]),
                Err(error) => {
                    let message = format!("cannot allow files of `{}`: {error}", folder.display());
                    diagnostics
                        .error("unreadable-folder", None, message)
                        .help("`--allow-files` and `allow-files` of sdk.toml name a folder");
                }
            }
        }
        Self { home, shown: is_home.then(|| named.to_owned()), folders }
    }

    /// The real place of a file, which is the one to open, at a path without `.` and `..`.
    pub fn real(&self, path: &Path) -> Result<PathBuf, AccessError> {
        // First by name: what is elsewhere is not even looked for.
        if !self.holds(path) {
            return Err(AccessError::Outside);
        }
        let real = fs::canonicalize(path).map_err(AccessError::Unreadable)?;
        if self.holds(&real) { Ok(real) } else { Err(AccessError::LeadsOut) }
    }

    /// The folder of the document.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// A path as the user would write it: relative in the way that the path of the document is.
    pub fn display_name(&self, path: &Path) -> PathBuf {
        match (&self.shown, path.strip_prefix(&self.home)) {
            (Some(folder), Ok(below)) => folder.join(below),
            _ => path.to_owned(),
        }
    }

    fn holds(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

/// A path with its links looked through; of what is not there, the absolute path.
pub fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| absolute(path))
}

/// A path without `.` and `..`, from the root of the file system on.
pub fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for component in whole.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

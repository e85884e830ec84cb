//! The generator's own sources: those of the repository or, for an installed program, those that it carries.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::{Problem, program};

/// Where the sources come from.
pub(crate) enum Generator {
    /// The folder of the repository.
    Folder(PathBuf),
    /// This program.
    #[cfg(feature = "embedded")]
    Embedded,
}

impl Generator {
    /// The sources that this program was built from.
    pub(crate) fn here() -> Self {
        #[cfg(feature = "embedded")]
        if program::is_installed() {
            return Self::Embedded;
        }
        debug_assert!(!program::is_installed(), "an installed program carries its sources");
        Self::Folder(xtask::home())
    }

    /// The files at and below a path, each with its path in the repository; none where there is nothing.
    ///
    /// # Errors
    ///
    /// A file or folder cannot be read.
    pub(crate) fn files(&self, path: &str) -> Result<Vec<(PathBuf, Vec<u8>)>, Problem> {
        let mut files = Vec::new();
        match self {
            Self::Folder(home) => below(home, Path::new(path), &mut files)?,
            #[cfg(feature = "embedded")]
            Self::Embedded => embedded::below(path, &mut files),
        }
        files.sort();
        Ok(files)
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// There is no such file, or it is no text.
    pub(crate) fn text(&self, path: &str) -> Result<String, Problem> {
        let files = self.files(path)?.into_iter();
        let mut texts = files.filter(|(file, _)| file == Path::new(path));
        let (_, bytes) = texts.next().ok_or_else(|| Problem(format!("there is no {path}")))?;
        String::from_utf8(bytes).map_err(|error| Problem(format!("{path} is no text: {error}")))
    }
}

/// Gathers the files at and below a path of the repository, but for what cargo makes.
fn below(home: &Path, path: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<(), Problem> {
    let full = home.join(path);
    let unreadable = |error| Problem(format!("{} cannot be read: {error}", full.display()));
    if full.is_dir() {
        for entry in fs::read_dir(&full).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            if name != "target" {
                below(home, &path.join(name), files)?;
            }
        }
    } else if full.exists() {
        files.push((path.to_owned(), fs::read(&full).map_err(unreadable)?));
    }
    Ok(())
}

#[cfg(feature = "embedded")]
mod embedded {
    use std::path::{Path, PathBuf};

    use include_dir::{Dir, include_dir};

    /// What the build script gathered.
    static FILES: Dir<'_> = include_dir!("$OUT_DIR/generator");

    /// Gathers the files at and below a path.
    pub(super) fn below(path: &str, files: &mut Vec<(PathBuf, Vec<u8>)>) {
        each(&FILES, &mut |file, content| {
            if file.starts_with(path) {
                files.push((file.to_owned(), content.to_vec()));
            }
        });
    }

    fn each(folder: &Dir<'_>, act: &mut impl FnMut(&Path, &[u8])) {
        for file in folder.files() {
            act(file.path(), file.contents());
        }
        for folder in folder.dirs() {
            each(folder, act);
        }
    }
}

//! What the tests of reading and normalizing share.

use std::{fs, path::PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::{Document, load};
use crate::diagnostics::Diagnostics;
use crate::document::pointer;

/// What became of loading a document.
pub struct Loaded {
    /// The document, unless there was nothing to go on with.
    pub result: Option<Document>,
    /// What there is to report.
    pub diagnostics: Diagnostics,
    folder: TempDir,
}

impl Loaded {
    /// The document.
    pub fn document(&self) -> &Document {
        self.result.as_ref().expect("the document was loaded")
    }

    /// The node at a JSON pointer into the document.
    pub fn get(&self, at: &str) -> &Value {
        pointer::get(&self.document().root, at).unwrap_or_else(|| panic!("nothing at {at}"))
    }

    /// The problems, one a line: `error code file:line:column`.
    pub fn report(&self) -> String {
        report(&self.diagnostics, self.folder())
    }

    /// The folder that the files are in.
    pub fn folder(&self) -> &str {
        self.folder.path().to_str().expect("a path in UTF-8")
    }
}

/// The problems, one a line, with the folder left out of the names of files.
pub fn report(diagnostics: &Diagnostics, folder: &str) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let severity = format!("{:?}", diagnostic.severity).to_lowercase();
            let place = diagnostics.locate(diagnostic).map_or_else(String::new, |at| {
                let file = at.file.trim_start_matches(folder).trim_start_matches('/');
                format!(" {file}:{}:{}", at.line, at.column)
            });
            format!("{severity} {}{place}\n", diagnostic.code)
        })
        .collect()
}

/// Writes files to a folder and loads the first of them.
pub fn load_files(files: &[(&str, impl AsRef<[u8]>)]) -> Loaded {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
    for (path, (_, content)) in paths.iter().zip(files) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, content).expect("the file is written");
    }
    let mut diagnostics = Diagnostics::new();
    let result = load(&paths[0], &mut diagnostics);
    Loaded { result, diagnostics, folder }
}

/// Loads a document of one file.
pub fn load_text(name: &str, text: impl AsRef<[u8]>) -> Loaded {
    load_files(&[(name, text)])
}

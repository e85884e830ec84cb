//! The documents that are changed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::diagnostics::Diagnostics;
use codegen::load;
use mutate::Choices;
use serde_json::Value;

/// What the document is called that is built anew each time.
const BUILT: &str = "(built)";

/// A document up to this size, in bytes, is taken as often as any other.
const USUAL_SIZE: usize = 20_000;

/// How often a document of the usual size is taken, in parts.
const USUAL_WEIGHT: usize = 100;

/// A document to change.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its path.
    pub(crate) name: String,
    /// What it says; none for the one that is built.
    pub(crate) value: Option<Value>,
    /// How often it is taken, in comparison with others.
    weight: usize,
}

/// All documents to change, and the one that is built.
#[derive(Debug)]
pub(crate) struct Documents(pub(crate) Vec<Document>);

impl Documents {
    /// Reads every document that is named, or is below a folder that is named. What cannot be read is left out.
    pub(crate) fn find(paths: &[PathBuf]) -> io::Result<Self> {
        let mut files = Vec::new();
        for path in paths {
            gather(path, &mut files)?;
        }
        let built = Document { name: BUILT.to_owned(), value: None, weight: USUAL_WEIGHT };
        let mut documents = vec![built];
        documents.extend(files.iter().filter_map(|path| read(path)));
        Ok(Self(documents))
    }

    /// The number of a document that is drawn by weight.
    pub(crate) fn draw(&self, choices: &mut impl Choices) -> usize {
        let sum = self.0.iter().map(|document| document.weight).sum();
        let mut left = choices.below(sum);
        let drawn = self.0.iter().position(|document| match left.checked_sub(document.weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        drawn.unwrap_or_default()
    }
}

/// Adds the files that may be documents, sorted by path.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries: io::Result<Vec<_>> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect();
    let mut entries = entries?;
    entries.sort();
    for entry in entries {
        let extension = entry.extension().and_then(|extension| extension.to_str());
        if entry.is_dir() || matches!(extension, Some("yaml" | "yml" | "json")) {
            gather(&entry, files)?;
        }
    }
    Ok(())
}

/// Reads a document; none where it is not one of OpenAPI 3.
fn read(path: &Path) -> Option<Document> {
    let size = fs::metadata(path).ok()?.len() as usize;
    let document = load::load(path, &mut Diagnostics::new())?;
    let weight = (USUAL_WEIGHT * USUAL_SIZE / size.max(USUAL_SIZE)).max(1);
    Some(Document { name: path.display().to_string(), value: Some(document.root), weight })
}

//! One changed document, which its number and the seed decide.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use mutate::{Choices, document, edit};

use crate::documents::Documents;

/// Of how many documents one is written as YAML, the others as JSON.
const YAML_EVERY: usize = 4;

/// A changed document.
#[derive(Debug)]
pub(crate) struct Mutation {
    /// The number of the document that it was made of.
    pub(crate) document: usize,
    /// Its text.
    text: String,
    /// `json` or `yaml`.
    extension: &'static str,
}

impl Mutation {
    /// Makes the changed document of a number.
    pub(crate) fn new(documents: &Documents, seed: u64, number: u64) -> Self {
        // Numbers that follow each other would otherwise begin alike.
        let mut rng = Rng::with_seed(Rng::with_seed(seed).u64(..) ^ Rng::with_seed(number).u64(..));
        let document = documents.draw(&mut rng);
        let mut value = match &documents.0[document].value {
            Some(value) => value.clone(),
            None => document::build(&mut rng),
        };
        edit::several(&mut value, &mut rng);
        let yaml = rng.one_in(YAML_EVERY).then(|| serde_yaml::to_string(&value).ok()).flatten();
        match yaml {
            Some(text) => Self { document, text, extension: "yaml" },
            None => Self { document, text: value.to_string(), extension: "json" },
        }
    }

    /// Writes it into a folder, as `NAME.json` or `NAME.yaml`.
    pub(crate) fn write(&self, folder: &Path, name: &str) -> io::Result<PathBuf> {
        let path = folder.join(format!("{name}.{}", self.extension));
        fs::write(&path, &self.text)?;
        Ok(path)
    }
}

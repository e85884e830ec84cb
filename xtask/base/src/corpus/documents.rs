//! Finding the OpenAPI documents below a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::workspace::is_document;

/// What a string may stand in.
const QUOTES: [char; 2] = ['"', '\''];

/// A document that was found.
#[derive(Debug)]
pub(crate) struct Document {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its path below the folder, with `/` between the parts and without the extension.
    pub(crate) name: String,
    /// The version of OpenAPI that it says it is written in.
    pub(crate) version: String,
}

impl Document {
    /// The configuration for this document: `NAME.sdk.toml` beside it.
    pub(crate) fn configuration(&self) -> Option<PathBuf> {
        let file = self.path.with_extension("sdk.toml");
        file.exists().then_some(file)
    }

    /// The name of the crate that is made of it.
    pub(crate) fn crate_name(&self) -> String {
        let letters = self.name.chars();
        let name: String = letters
            .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
            .take(48)
            .collect();
        format!("corpus-{}", name.to_lowercase())
    }
}

/// The files below `folder` that have an `openapi` key, sorted by path. Hidden ones are left out, and so
/// are links that lead out of the folder and of those `allowed`.
pub(crate) fn find(folder: &Path, allowed: &[PathBuf]) -> io::Result<Vec<Document>> {
    let mut found = Vec::new();
    let mut homes = vec![fs::canonicalize(folder)?];
    homes.extend(allowed.iter().filter_map(|folder| fs::canonicalize(folder).ok()));
    let mut open = vec![folder.to_owned()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(&place)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if is_document(&path) && is_file_of(&homes, &path) {
                found.extend(document(folder, path)?);
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(found)
}

/// Whether a path leads to a regular file below one of the folders, links looked through.
fn is_file_of(homes: &[PathBuf], path: &Path) -> bool {
    fs::canonicalize(path)
        .is_ok_and(|real| real.is_file() && homes.iter().any(|home| real.starts_with(home)))
}

fn document(folder: &Path, path: PathBuf) -> io::Result<Option<Document>> {
    let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
    let Some(version) = openapi_version(&text) else {
        return Ok(None);
    };
    let relative = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
    let name = relative.to_string_lossy().replace('\\', "/");
    Ok(Some(Document { path, name, version }))
}

/// What the key `openapi` of a document says; none where there is no such key. YAML is not parsed for
/// this: a document that cannot be is one of the corpus, too.
fn openapi_version(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Head {
        openapi: Option<String>,
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{')
        && let Ok(head) = serde_json::from_str::<Head>(text)
    {
        return head.openapi;
    }
    let mut values = text.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim_matches(QUOTES) == "openapi").then(|| value.split(" #").next().unwrap_or(value))
    });
    values.next().map(|value| value.trim().trim_matches(QUOTES).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_by_their_key() {
        for text in [
            "openapi: 3.0.3\n",
            "\u{feff}info: {}\n'openapi': \"3.0.3\" # as ever\n",
            "{\"info\": {\"openapi\": 1}, \"openapi\": \"3.0.3\"}",
        ] {
            assert_eq!(openapi_version(text).as_deref(), Some("3.0.3"), "{text}");
        }
        for text in ["swagger: '2.0'\n", "a:\n  openapi: 3.0.3\n", "{\"a\": {\"openapi\": \"3\"}}"]
        {
            assert_eq!(openapi_version(text), None, "{text}");
        }
    }
}

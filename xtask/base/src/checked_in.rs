//! The crates that are checked in: which there are, and what each is made of.
//!
//! They are listed as `[[workspace.metadata.codegen]]` in the `Cargo.toml` of the workspace.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use codegen::Options;
use serde::Deserialize;
use toml::{Table, Value};

use crate::{Problem, program, workspace};

/// Where the list is, as a message calls it.
const LIST: &str = "`[[workspace.metadata.codegen]]` of the workspace's Cargo.toml";

/// A crate to generate.
pub(crate) struct Target {
    /// What it is made of.
    pub(crate) options: Options,
    /// The folder of the crate.
    pub(crate) out: PathBuf,
}

/// An entry of the list. Paths are relative to the workspace.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    /// The document, or a folder with one document in it.
    spec: PathBuf,
    /// The folder of the crate.
    out: PathBuf,
    /// The `sdk.toml`.
    config: Option<PathBuf>,
    /// The name of the crate, in place of that of the `sdk.toml`.
    name: Option<String>,
    #[serde(default)]
    overlays: Vec<PathBuf>,
    #[serde(default)]
    allow_files: Vec<PathBuf>,
    /// Whether it has contract tests.
    #[serde(default = "yes")]
    tests: bool,
}

fn yes() -> bool {
    true
}

/// All crates of the list, in its order.
pub(crate) fn all() -> Result<Vec<Target>, Problem> {
    read()?.into_iter().map(target).collect()
}

/// The first crate of the list, which stands for the workspace where a command takes one.
pub(crate) fn first() -> Result<Target, Problem> {
    read()?.into_iter().next().ok_or_else(nothing).and_then(target)
}

/// Reads the list. There is at least one entry.
fn read() -> Result<Vec<Entry>, Problem> {
    let file = workspace::manifest();
    let text = match fs::read_to_string(&file) {
        Err(error) if program::is_installed() && error.kind() == ErrorKind::NotFound => {
            return Err(nothing());
        }
        text => {
            text.map_err(|error| Problem(format!("cannot read {}: {error}", file.display())))?
        }
    };
    entries(&text)
}

/// The list in the text of a `Cargo.toml`.
fn entries(text: &str) -> Result<Vec<Entry>, Problem> {
    let wrong = |error| Problem(format!("{LIST} cannot be read: {error}"));
    let manifest: Table = text.parse().map_err(wrong)?;
    let metadata = manifest.get("workspace").and_then(|workspace| workspace.get("metadata"));
    let list = metadata.and_then(|metadata| metadata.get("codegen"));
    let list = list.cloned().unwrap_or(Value::Array(Vec::new()));
    let entries: Vec<Entry> = list.try_into().map_err(wrong)?;
    let mut folders = BTreeSet::new();
    match entries.iter().find(|entry| !folders.insert(&entry.out)) {
        Some(twice) => {
            Err(Problem(format!("{LIST} has two crates in the folder {}", twice.out.display())))
        }
        None if entries.is_empty() => Err(nothing()),
        None => Ok(entries),
    }
}

fn nothing() -> Problem {
    Problem(format!("{LIST} names no crate: add one there, or name one with --spec and --out"))
}

fn target(entry: Entry) -> Result<Target, Problem> {
    let paths = |list: Vec<PathBuf>| list.into_iter().map(workspace::path).collect();
    Ok(Target {
        options: Options {
            spec: workspace::document_at(workspace::path(&entry.spec))?,
            config: entry.config.map(workspace::path),
            overlays: paths(entry.overlays),
            allow_files: paths(entry.allow_files),
            name: entry.name,
            tests: entry.tests,
            written: None,
        },
        out: workspace::path(&entry.out),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        entries(text).err().map(|problem| problem.to_string()).unwrap_or_default()
    }

    #[test]
    fn every_key_stands_for_an_option() {
        let text = "[[workspace.metadata.codegen]]\nspec = \"a.yaml\"\nout = \"a\"\n\
                    [[workspace.metadata.codegen]]\nspec = \"b\"\nout = \"c/b\"\nconfig = \"b.toml\"\n\
                    name = \"b-sdk\"\noverlays = [\"o.yaml\"]\nallow-files = [\"d\"]\ntests = false\n";
        let entries = entries(text).unwrap();
        assert_eq!(entries.len(), 2);
        assert!(entries[0].tests && entries[0].config.is_none() && entries[0].name.is_none());
        let Target { options, out } = target(entries.into_iter().last().unwrap()).unwrap();
        assert!(options.spec.ends_with("b") && out.ends_with("c/b"));
        assert!(options.config.unwrap().ends_with("b.toml"));
        assert!(options.overlays[0].ends_with("o.yaml") && options.allow_files[0].ends_with("d"));
        assert_eq!((options.name.as_deref(), options.tests), (Some("b-sdk"), false));
    }

    #[test]
    fn a_list_that_makes_no_sense_is_refused() {
        for (text, expected) in [
            ("", "names no crate"),
            ("[workspace]\nmembers = []\n", "names no crate"),
            ("[workspace.metadata]\ncodegen = []\n", "names no crate"),
            ("[workspace.metadata]\ncodegen = 7\n", "cannot be read"),
            ("[[workspace.metadata.codegen]]\nspec = \"a\"\n", "missing field `out`"),
            (
                "[[workspace.metadata.codegen]]\nspec = \"a\"\nout = \"a\"\nnmae = \"b\"\n",
                "unknown field `nmae`",
            ),
            (
                "[workspace.metadata]\ncodegen = [{spec = \"a\", out = \"c\"}, {spec = \"b\", out = \"c\"}]\n",
                "two crates in the folder c",
            ),
            ("[workspace", "cannot be read"),
        ] {
            assert!(problem(text).contains(expected), "{text}: {}", problem(text));
            assert!(problem(text).contains("[[workspace.metadata.codegen]]"), "{text}");
        }
    }
}

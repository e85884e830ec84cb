//! What has to hold for the files of a crate, whatever the document says.

use std::collections::HashMap;
use std::path::Path;

use codegen::output::{self, Files};

/// What no document changes, and what the generator's own tests compile.
const CONSTANT: &str = "src/runtime/";

/// Judges the files of a crate: every path is one that any system can have, every Rust file parses, and so does every
/// TOML file, in which no table stands that a manifest of ours does not have.
///
/// # Errors
///
/// The first thing that is wrong, as a sentence.
pub fn files(files: &Files) -> Result<(), String> {
    let mut folded = HashMap::new();
    for (path, text) in files {
        path_is_plain(path)?;
        if let Some(first) = folded.insert(path.to_lowercase(), path) {
            return Err(format!("`{first}` and `{path}` are one file where case does not count"));
        }
        file(path, text)?;
    }
    for needed in ["Cargo.toml", "src/lib.rs"] {
        if !files.contains_key(needed) {
            return Err(format!("there is no {needed}"));
        }
    }
    let nowhere = Path::new("a folder that does not exist");
    output::compare(files, nowhere).map_err(|error| format!("this cannot be written: {error}"))?;
    Ok(())
}

/// Judges one file by its extension.
fn file(path: &str, text: &str) -> Result<(), String> {
    if path.ends_with(".rs") && !path.starts_with(CONSTANT) {
        syn::parse_file(text).map_err(|error| {
            let start = error.span().start();
            format!("{path}:{}:{}: this is no Rust: {error}", start.line, start.column + 1)
        })?;
    }
    if path.ends_with(".toml") {
        let table: toml::Table =
            toml::from_str(text).map_err(|error| format!("{path} is no TOML: {error}"))?;
        if path == "Cargo.toml" {
            manifest(&table)?;
        }
    }
    Ok(())
}

/// Judges the tables of a manifest.
fn manifest(table: &toml::Table) -> Result<(), String> {
    const TABLES: [&str; 7] =
        ["package", "lib", "dependencies", "dev-dependencies", "features", "lints", "target"];
    if let Some(stray) = table.keys().find(|key| !TABLES.contains(&key.as_str())) {
        return Err(format!("the manifest has a table `{stray}`"));
    }
    let name = table.get("package").and_then(|package| package.get("name"));
    if name.and_then(toml::Value::as_str).is_none_or(str::is_empty) {
        return Err("the manifest names no package".to_owned());
    }
    Ok(())
}

/// Judges a path by a list of what may be in it, which knows nothing of the generator's own list.
fn path_is_plain(path: &str) -> Result<(), String> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part.len() <= 255
            && !part.starts_with(['.', '-'])
            && !part.ends_with('.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            && !is_device(part)
    };
    if path.split('/').all(is_plain) {
        Ok(())
    } else {
        Err(format!("`{path}` is no path that every system can have"))
    }
}

/// Whether a file of this name is a device on Windows, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let numbered = |word| stem.strip_prefix(word).is_some_and(|n: &str| n.len() == 1 && n != "0");
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || ["COM", "LPT"].into_iter().any(|word| numbered(word) && stem.ends_with(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crate_with(path: &str, text: &str) -> Files {
        let mark = format!("{} {}\n", '#', output::MARKER);
        Files::from([
            ("Cargo.toml".to_owned(), format!("{mark}[package]\nname = \"a\"\n")),
            ("src/lib.rs".to_owned(), format!("// {}\n", output::MARKER)),
            (path.to_owned(), text.to_owned()),
        ])
    }

    #[test]
    fn a_crate_in_order_passes() {
        assert_eq!(files(&crate_with("src/api/user.rs", "struct User;")), Ok(()));
    }

    #[test]
    fn what_does_not_parse_is_named() {
        let problem = files(&crate_with("src/api/user.rs", "\nstruct;")).unwrap_err();
        assert!(problem.starts_with("src/api/user.rs:2:7: "), "{problem}");
        let problem = files(&crate_with("a.toml", "a")).unwrap_err();
        assert!(problem.starts_with("a.toml is no TOML"), "{problem}");
        assert!(files(&crate_with("Cargo.toml", "[package]\nname = \"a\"\n[patch.a]\n")).is_err());
    }

    #[test]
    fn paths_that_some_system_cannot_have_are_named() {
        for path in
            ["../a.rs", "/a", "src//a", "src/a b", "src/con.rs", "COM1", "src/\u{e9}.rs", ".a"]
        {
            assert!(path_is_plain(path).is_err(), "{path}");
        }
        for path in ["src/lib.rs", "src/com.rs", "src/console.rs", "docs/A-b_2.md"] {
            assert_eq!(path_is_plain(path), Ok(()), "{path}");
        }
    }
}

//! Gathers the sources that an installed program carries, for the feature `embedded`.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What of the repository is carried, where it is there: a repository that `cargo xtask new` laid out has another licence.
const PARTS: [&str; 14] = [
    ".cargo",
    ".editorconfig",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "LICENSE-GENERATOR",
    "book.toml",
    "codegen",
    "docs",
    "rustfmt.toml",
    "templates",
    "tests/proof",
    "xtask",
];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_EMBEDDED").is_none() {
        return Ok(());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("generator");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    for part in PARTS {
        let from = Path::new("../..").join(part);
        // What is not there would count as changed each time, and with it all that depends on this package.
        if from.exists() {
            println!("cargo:rerun-if-changed={}", from.display());
            copy(&from, &out.join(part))?;
        }
    }
    Ok(())
}

/// Copies a file, or a folder but for what cargo makes.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            if name != "target" {
                copy(&from.join(&name), &to.join(&name))?;
            }
        }
    } else {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        fs::copy(from, to)?;
    }
    Ok(())
}

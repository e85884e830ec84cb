//! The files of the runtime: the `src` of the crate `runtime`, copied as it is. What stands around it
//! there, the stub and the tests, is not copied.

use include_dir::{Dir, include_dir};

use crate::output::Files;

static RUNTIME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates/runtime/src");

/// How the crate is laid out, for whoever formats it.
static RUSTFMT: &str = include_str!("../../../templates/rustfmt.toml");

/// The runtime's files under `src/runtime/`.
pub fn files() -> Files {
    let mut files = Files::new();
    collect(&RUNTIME, &mut files);
    files.insert("rustfmt.toml".to_owned(), RUSTFMT.to_owned());
    files
}

fn collect(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            files.insert(format!("src/runtime/{path}"), text.to_owned());
        }
    }
    for folder in folder.dirs() {
        collect(folder, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_copied_and_neither_stub_nor_tests() {
        let files = files();
        assert!(files["src/runtime/mod.rs"].contains("pub mod model;"));
        let sources = files.keys().filter(|path| path.starts_with("src/runtime/"));
        assert_eq!(sources.count(), files.len() - 1, "the other one is rustfmt.toml");
        for (path, text) in &files {
            assert!(!text.contains("cfg(test)"), "{path}: tests belong to `stub/tests/`");
            assert!(!path.contains("stub/tests"), "{path}");
        }
    }
}

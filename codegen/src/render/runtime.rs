//! The files of the runtime, copied as they are.

use include_dir::{Dir, include_dir};

use crate::output::Files;

static RUNTIME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates/runtime");

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

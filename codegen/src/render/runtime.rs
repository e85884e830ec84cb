//! The files of the runtime: the `src` of the crate `runtime`, copied as it is but for the parts that the SDK does not
//! need. What stands around it there, the stub and the tests, is not copied.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::parts;
use crate::ir::Sdk;
use crate::output::Files;

static RUNTIME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../templates/runtime/src");

/// How the crate is laid out, for whoever formats it.
static RUSTFMT: &str = include_str!("../../../templates/rustfmt.toml");

/// The runtime's files under `src/runtime/`.
pub fn files(sdk: &Sdk) -> Files {
    let mut files = Files::new();
    collect(&RUNTIME, sdk, &mut files);
    files.insert("rustfmt.toml".to_owned(), RUSTFMT.to_owned());
    files
}

/// Collects the files of a folder, and of those below it whose modules are declared.
fn collect(folder: &Dir<'_>, sdk: &Sdk, files: &mut Files) {
    let mut left_out = Vec::new();
    let mut found = Vec::new();
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            let settled = parts::settle(text, sdk);
            left_out.extend(settled.modules_left_out);
            found.push((file.path(), settled.text));
        }
    }
    let is_left_out = |path: &Path| {
        let module = path.file_stem().unwrap_or_default();
        left_out.iter().any(|it| module == it.as_str())
    };
    for (path, text) in found.into_iter().filter(|(path, _)| !is_left_out(path)) {
        let path = path.to_string_lossy().replace('\\', "/");
        files.insert(format!("src/runtime/{path}"), text);
    }
    for folder in folder.dirs().filter(|folder| !is_left_out(folder.path())) {
        collect(folder, sdk, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::testing::lower_document;
    use crate::render::rust;

    fn of_media_type(media_type: &str) -> Files {
        let answer = format!("{{description: OK, content: {{{media_type}: {{}}}}}}");
        let paths = format!("{{/a: {{get: {{responses: {{'200': {answer}}}}}}}}}");
        files(&lower_document(&paths, "  schemas: {A: {type: string}}"))
    }

    #[test]
    fn the_source_is_copied_and_neither_stub_nor_tests() {
        let files = of_media_type("text/event-stream");
        assert!(files["src/runtime/mod.rs"].contains("pub mod model;"));
        let sources = files.keys().filter(|path| path.starts_with("src/runtime/"));
        assert_eq!(sources.count(), files.len() - 1, "the other one is rustfmt.toml");
        for (path, text) in &files {
            assert!(!text.contains("cfg(test)"), "{path}: tests belong to `stub/tests/`");
            assert!(!path.contains("stub/tests"), "{path}");
        }
    }

    #[test]
    fn an_sdk_without_a_stream_has_none_of_its_files() {
        let (with, without) = (of_media_type("text/event-stream"), of_media_type("text/plain"));
        for path in ["stream/mod.rs", "stream_macro.rs", "mock/stream.rs", "mock/stream_answers.rs"]
        {
            let path = format!("src/runtime/{path}");
            assert!(with.contains_key(&path) && !without.contains_key(&path), "{path}");
        }
        for (path, text) in with.iter().chain(&without) {
            assert!(!text.contains("feature = \"streams\""), "{path}");
        }
        for (path, text) in without.iter().filter(|(path, _)| path.ends_with(".rs")) {
            assert!(!text.contains("runtime::stream"), "{path}");
            rust::check(path, text).unwrap();
        }
    }
}

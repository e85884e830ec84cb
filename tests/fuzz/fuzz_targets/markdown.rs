//! Markdown of a document, made fit for rustdoc: nothing in it is a test.

#![no_main]

use codegen::render::markdown;
use libfuzzer_sys::fuzz_target;
use sdk_fuzz::tested_block;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    for width in [20, 80, usize::MAX] {
        let lines = markdown::lines(&text, width);
        let broken = lines.iter().find(|line| line.contains(['\n', '\r', '\0', '\u{202e}']));
        assert_eq!(broken, None, "of {text:?}");
        assert_eq!(tested_block(&lines), None, "is a test, of {text:?}");
    }
    let cells = [markdown::cell::summary(&text), markdown::cell::text(&text)];
    for line in cells.into_iter().chain([markdown::inline(&text), markdown::code(&text)]) {
        assert!(!line.contains(['\n', '\r']), "{line:?} of {text:?}");
    }
});

//! An overlay, applied to the document that the examples of it are for.

#![no_main]

use std::sync::LazyLock;

use codegen::Options;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mutate::trial::{self, Outcome};
use sdk_fuzz::{Kind, Place, text};

const DOCUMENT: &[u8] = include_bytes!("../corpus/document/all.yaml");

static PLACE: LazyLock<Place> = LazyLock::new(|| Place::of("overlay"));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    sdk_fuzz::mutate(data, size, max_size, seed)
});

fuzz_target!(|input: &[u8]| {
    let spec = PLACE.write("document.yaml", DOCUMENT);
    let overlays = vec![PLACE.write("overlay.yaml", &text(Kind::Overlay, input))];
    let options = Options { spec, overlays, tests: false, ..Options::default() };
    if let Outcome::Failed(problem) = trial::run(&options) {
        panic!("{problem}");
    }
});

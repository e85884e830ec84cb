//! The whole way from a document to the files of a crate.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mutate::trial::{self, Outcome};
use sdk_fuzz::{Kind, Place, text};

static PLACE: LazyLock<Place> = LazyLock::new(|| Place::of("lower_and_render"));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    sdk_fuzz::mutate(data, size, max_size, seed)
});

fuzz_target!(|input: &[u8]| {
    let path = PLACE.write("document.yaml", &text(Kind::Document, input));
    if let Outcome::Failed(problem) = trial::run(&trial::options(&path)) {
        panic!("{}: {problem}", path.display());
    }
});

//! Reading a document: whatever the bytes are, there is a value or an error with a place.

#![no_main]

use std::sync::LazyLock;

use codegen::diagnostics::Diagnostics;
use codegen::load;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mutate::trial;
use sdk_fuzz::{Kind, Place, text};

static PLACE: LazyLock<Place> = LazyLock::new(|| Place::of("load"));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    sdk_fuzz::mutate(data, size, max_size, seed)
});

fuzz_target!(|input: &[u8]| {
    let path = PLACE.write("document.yaml", &text(Kind::Document, input));
    let mut diagnostics = Diagnostics::new();
    let document = load::load(&path, &mut diagnostics);
    assert!(document.is_some() || diagnostics.has_errors(), "there is neither a value nor an error");
    trial::report(&diagnostics).unwrap();
});

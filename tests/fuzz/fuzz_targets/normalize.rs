//! Bringing a document to the form of OpenAPI 3.0.

#![no_main]

use std::sync::LazyLock;

use codegen::diagnostics::Diagnostics;
use codegen::{load, normalize};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mutate::trial;
use sdk_fuzz::{Kind, Place, text};

static PLACE: LazyLock<Place> = LazyLock::new(|| Place::of("normalize"));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    sdk_fuzz::mutate(data, size, max_size, seed)
});

fuzz_target!(|input: &[u8]| {
    let path = PLACE.write("document.yaml", &text(Kind::Document, input));
    let mut diagnostics = Diagnostics::new();
    if let Some(document) = load::load(&path, &mut diagnostics) {
        let normalized = normalize::normalize(document, &mut diagnostics);
        assert_eq!(normalized.is_some(), !diagnostics.has_errors(), "there is both or neither");
    }
    trial::report(&diagnostics).unwrap();
});

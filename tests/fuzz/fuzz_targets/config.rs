//! A configuration, with the document that the examples of it are for.

#![no_main]

use std::sync::LazyLock;

use codegen::Options;
use libfuzzer_sys::fuzz_target;
use mutate::trial::{self, Outcome};
use sdk_fuzz::{Kind, Place, text};

const DOCUMENT: &[u8] = include_bytes!("../corpus/document/all.yaml");

static PLACE: LazyLock<Place> = LazyLock::new(|| Place::of("config"));

fuzz_target!(|input: &[u8]| {
    let spec = PLACE.write("document.yaml", DOCUMENT);
    let config = PLACE.write("sdk.toml", &text(Kind::Config, input));
    let options = Options { spec, config: Some(config), tests: true, ..Options::default() };
    if let Outcome::Failed(problem) = trial::run(&options) {
        panic!("{problem}");
    }
});

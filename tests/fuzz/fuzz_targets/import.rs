//! Importing all that one document has into another.

#![no_main]

use std::sync::LazyLock;

use codegen::config::Select;
use codegen::diagnostics::Diagnostics;
use codegen::import::{self, Choices, Request};
use libfuzzer_sys::fuzz_target;
use mutate::trial;
use sdk_fuzz::{Place, both};

static PLACE: LazyLock<Place> = LazyLock::new(|| Place::of("import"));

fuzz_target!(|input: &[u8]| {
    let (from, into) = both(input);
    let request = Request {
        from: PLACE.write("from.yaml", &from),
        into: PLACE.write("into.yaml", &into),
        select: Select::default(),
        choices: Choices { keep: vec!["*".to_owned()], ..Choices::default() },
        only_present: false,
        allow_files: Vec::new(),
    };
    let mut diagnostics = Diagnostics::new();
    let imported = import::import(&request, &mut diagnostics);
    assert_eq!(imported.is_some(), !diagnostics.has_errors(), "there is both or neither");
    trial::report(&diagnostics).unwrap();
});

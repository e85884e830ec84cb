//! What the SDK does not act upon is said, with its place.

use std::fs;

use sdk_tests::command::codegen_into;
use sdk_tests::documents::{Broken, PETS};
use xtask::Exit;

/// Checks that each place that is marked in a document has a warning of this code, and that there is no
/// other.
#[track_caller]
fn assert_warned(code: &str, marked: &str) {
    let broken = Broken::new(marked);
    let folder = tempfile::tempdir().expect("a folder");
    let spec = folder.path().join("spec.yaml");
    fs::write(&spec, &broken.text).expect("the document is written");
    let arguments = ["--spec", spec.to_str().expect("a path"), "--format", "json"];
    let run = codegen_into(&folder.path().join("out"), &arguments);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let found: Vec<_> = run.diagnostics().into_iter().map(|it| (it.code, it.place)).collect();
    let places = broken.places.into_iter().map(|place| (code.to_owned(), place));
    assert_eq!(found, places.collect::<Vec<_>>());
}

/// [`PETS`] with a request body that has this content.
fn with_body(content: &str) -> String {
    let body = format!("      requestBody:\n        content:\n{content}      responses:\n");
    PETS.replace("    get:", "    put:").replace("      responses:\n", &body)
}

#[test]
fn a_range_of_media_types_has_no_method() {
    assert_warned(
        "media-type-range",
        &with_body("          text/plain: {}\n          ▶image/*: {}\n          text/csv: {}\n"),
    );
    // Alone, it is sent as bytes of no certain type.
    assert_warned("media-type-range", &with_body("          ▶image/*: {}\n"));
}

#[test]
fn the_credentials_of_a_scheme_that_computes_them() {
    let scheme = |scheme: &str| {
        let schemes =
            format!("components:\n  securitySchemes:\n    own: {{type: http, scheme: {scheme}}}\n");
        PETS.replace("components:\n", &schemes)
    };
    assert_warned("computed-credentials", &scheme("▶Digest"));
    assert_warned("computed-credentials", &scheme("▶hoba"));
    assert_warned("computed-credentials", &scheme("Token"));
}

#[test]
fn an_answer_is_read_in_one_media_type() {
    let json = "          content:\n            application/json:";
    let several = format!("          ▶content:\n            text/plain: {{}}\n{}", &json[19..]);
    assert_warned("several-media-types", &PETS.replace(json, &several));
}

#[test]
fn the_style_of_a_field_of_a_form_is_the_default_one() {
    assert_warned(
        "encoding-not-acted-upon",
        &with_body(
            "          application/x-www-form-urlencoded:\n            \
             schema: {type: object, properties: {a: {type: array}, b: {type: array}}}\n            \
             encoding:\n              ▶a: {style: spaceDelimited}\n              b: {style: form}\n",
        ),
    );
}

#[test]
fn what_a_schema_says_beyond_its_type_is_left_to_the_server() {
    let pets = PETS.replace("3.0.3", "3.1.0");
    let marked = pets.replace(
        "      required: [name]\n",
        "      required: [name]\n      ▶propertyNames: {pattern: a}\n      ▶if: {required: [name]}\n",
    );
    assert_warned("keyword-not-acted-upon", &marked);
}

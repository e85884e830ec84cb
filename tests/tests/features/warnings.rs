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
fn a_form_whose_schema_is_no_object_is_a_text() {
    let form = |schema: &str| {
        with_body(&format!("          application/x-www-form-urlencoded:\n            {schema}\n"))
    };
    let list = "▶schema: {type: array, items: {type: string}}";
    assert_warned("form-without-fields", &form(list));
    assert_warned("form-without-fields", &form("schema: {type: string}"));
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

/// [`PETS`] with these query parameters.
fn with_query(parameters: &str) -> String {
    let path = "        - {name: petId, in: path, required: true, schema: {type: string}}\n";
    PETS.replace(path, &format!("{path}{parameters}"))
}

/// OpenAPI 3.1.1, section 4.8.12.3, Style Values: what the table does not have.
#[test]
fn what_a_style_does_not_define_is_said() {
    assert_warned(
        "undefined-style",
        &with_query(
            "        - {name: a, in: query, schema: {type: array, items: {type: string}}}
        - ▶{name: b, in: query, schema: {type: array, items: {$ref: \"#/components/schemas/Pet\"}}}
        - {name: c, in: query, style: deepObject, explode: true, schema: {$ref: \"#/components/schemas/Pet\"}}
        - ▶{name: d, in: query, style: deepObject, explode: true, schema: {type: array, items: {type: string}}}
        - ▶{name: e, in: query, style: deepObject, explode: true, schema: {type: string}}
        - ▶{name: f, in: query, style: pipeDelimited, explode: true, schema: {type: array, items: {type: string}}}
        - ▶{name: g, in: header, schema: {type: array, items: {type: array, items: {type: string}}}}
        - {name: h, in: query, content: {application/json: {schema: {type: array, items: {type: array}}}}}
        - {name: i, in: query, style: deepObject, explode: true, schema: {type: object, additionalProperties: true}}
",
        ),
    );
}

#[test]
fn what_the_configuration_decides_needs_no_warning() {
    let text = with_query(
        "        - {name: b, in: query, schema: {type: array, items: {$ref: \"#/components/schemas/Pet\"}}}
        - {name: d, in: query, style: deepObject, explode: true, schema: {type: array, items: {type: string}}}
",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (spec, config) = (folder.path().join("spec.yaml"), folder.path().join("sdk.toml"));
    fs::write(&spec, text).expect("the document is written");
    fs::write(&config, "[nesting]\nstyle = \"brackets\"\nparameters.d = \"indices\"\n")
        .expect("the configuration is written");
    let files = [&spec, &config].map(|path| path.to_str().expect("a path"));
    let run = codegen_into(
        &folder.path().join("out"),
        &["--spec", files[0], "--config", files[1], "--deny-warnings"],
    );
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
}

#[test]
fn what_a_form_leaves_open_is_said() {
    assert_warned(
        "undefined-style",
        &with_body(
            "          application/x-www-form-urlencoded:\n            \
             schema: {type: object, properties: {a: {type: array, items: {type: string}}, b: {type: array, items: {type: string}}}}\n            \
             encoding:\n              ▶a: {style: deepObject, explode: true}\n              b: {style: spaceDelimited}\n",
        ),
    );
}

#[test]
fn what_of_an_encoding_is_not_acted_upon_is_said() {
    assert_warned(
        "encoding-not-acted-upon",
        &with_body(
            "          multipart/form-data:\n            \
             schema: {type: object, properties: {a: {$ref: \"#/components/schemas/Pet\"}, b: {type: string}, c: {type: string, format: binary}}}\n            \
             encoding:\n              ▶a: {contentType: application/xml}\n              \
             b: {contentType: application/xml, headers: {▶X-B: {schema: {type: string}}, X-C: {schema: {type: string, default: c}}}}\n              \
             c: {headers: {X-D: {schema: {type: string}}}}\n",
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

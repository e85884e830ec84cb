//! What is wrong with a document is told with file, line and column, all of it in one run, and
//! nothing is written.

use std::fs;
use std::path::Path;

use sdk_tests::command::{Reported, Run, codegen_into};
use sdk_tests::documents::{Broken, PETS};
use sdk_tests::folder::{differing, snapshot};
use tempfile::TempDir;
use xtask::Exit;

/// Runs the generator on `spec`, and checks that it fails and writes nothing.
fn refused(folder: &TempDir, spec: &Path, arguments: &[&str]) -> Run {
    let out = folder.path().join("out");
    let spec = spec.to_str().unwrap();
    let run = codegen_into(&out, &[&["--spec", spec, "--name", "pet-sdk"], arguments].concat());
    assert_eq!(run.exit, Exit::Failure, "{}{}", run.output, run.errors);
    assert!(!out.exists(), "something was written");
    run
}

/// The diagnostics on a broken document.
fn diagnostics(broken: &Broken, name: &str) -> Vec<Reported> {
    let folder = tempfile::tempdir().unwrap();
    let spec = broken.write(folder.path(), name);
    refused(&folder, &spec, &["--format", "json"]).diagnostics()
}

/// What is said of a document that is broken where only one thing can be meant: a crate is made of it, unless warnings
/// are denied.
fn repaired(broken: &Broken) -> Vec<Reported> {
    let folder = tempfile::tempdir().unwrap();
    let spec = broken.write(folder.path(), "pets.yaml");
    let arguments = ["--spec", spec.to_str().unwrap(), "--name", "pet-sdk", "--format", "json"];
    let run = codegen_into(&folder.path().join("made"), &arguments);
    assert_eq!(run.exit, Exit::Success, "{}{}", run.output, run.errors);
    let found = run.diagnostics();
    assert!(!found.is_empty(), "nothing is said");
    let denied = refused(&folder, &spec, &["--format", "json", "--deny-warnings"]).diagnostics();
    let places = |found: &[Reported]| found.iter().map(|it| it.place).collect::<Vec<_>>();
    assert_eq!(places(&denied), places(&found));
    found
}

/// Checks that the only diagnostic is `code`, at the marked place, with these words in its message.
fn assert_reported(broken: &Broken, code: &str, words: &str) {
    let diagnostics = diagnostics(broken, "pets.yaml");
    let [only] = diagnostics.as_slice() else {
        panic!("there should be one diagnostic: {diagnostics:#?}");
    };
    assert_eq!((only.code.as_str(), only.file.as_str()), (code, "pets.yaml"));
    assert_eq!([only.place], broken.places.as_slice());
    assert!(only.message.contains(words), "{}", only.message);
}

#[test]
fn a_missing_document() {
    let folder = tempfile::tempdir().unwrap();
    let run = refused(&folder, &folder.path().join("none.yaml"), &[]);
    assert!(run.errors.contains("none.yaml"), "{}", run.errors);
}

#[test]
fn a_folder_for_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let run = refused(&folder, folder.path(), &[]);
    assert!(run.errors.contains("error"), "{}", run.errors);
}

#[test]
fn a_document_that_is_no_text() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("logo.yaml");
    fs::write(&spec, b"\x89PNG\r\n\x1a\n\0\0\xff").unwrap();
    let run = refused(&folder, &spec, &[]);
    assert!(run.errors.contains("logo.yaml"), "{}", run.errors);
}

#[test]
fn no_yaml() {
    let broken = Broken::pets(&[("  version: 1.0.0\n", "  version: 1.0.0\n ▶oddly: indented\n")]);
    assert_reported(&broken, "invalid-yaml", "");
}

#[test]
fn no_json() {
    let broken = Broken::new("{\n  \"openapi\": \"3.0.3\",\n  \"info\": ▶]\n}\n");
    let diagnostics = diagnostics(&broken, "pets.json");
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    assert_eq!(diagnostics[0].file, "pets.json");
    assert_eq!([diagnostics[0].place], broken.places.as_slice());
}

#[test]
fn no_openapi() {
    let broken = Broken::new("▶title: A shopping list\nitems: [milk, bread]\n");
    assert_reported(&broken, "not-openapi", "not an OpenAPI document");
}

#[test]
fn swagger_2_names_a_converter() {
    let broken = Broken::new("swagger: ▶\"2.0\"\ninfo: {title: Old, version: \"1\"}\npaths: {}\n");
    assert_reported(&broken, "swagger-2", "Swagger 2.0");
    let folder = tempfile::tempdir().unwrap();
    let spec = broken.write(folder.path(), "old.yaml");
    let run = refused(&folder, &spec, &[]);
    assert!(run.errors.contains("swagger2openapi"), "{}", run.errors);
}

/// What makes the reference to the schema of a pet lead nowhere.
const DANGLING_REFERENCE: (&str, &str) =
    ("{$ref: \"#/components/schemas/Pet\"}", "{$ref: ▶\"#/components/schemas/Pat\"}");

#[test]
fn a_dangling_reference() {
    let broken = Broken::pets(&[DANGLING_REFERENCE]);
    assert_reported(&broken, "dangling-reference", "#/components/schemas/Pat");
}

/// A second operation beside `getPet`.
const SECOND_OPERATION: &str = "
  /pets:
    get:
      operationId: ▶getPet
      responses: {\"204\": {description: None}}
components:
";

#[test]
fn a_duplicate_operation_id() {
    let broken = Broken::pets(&[("\ncomponents:\n", SECOND_OPERATION)]);
    let found = repaired(&broken);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].code.as_str(), found[0].place),
        ("duplicate-operation-id", broken.places[0])
    );
    assert!(found[0].message.contains("getPet"), "{found:#?}");
}

#[test]
fn a_document_without_info() {
    let info = "info:\n  title: Pet Store\n  version: 1.0.0\n  license: {name: MIT}\n";
    let broken = Broken::pets(&[("openapi:", "▶openapi:"), (info, "")]);
    let found = repaired(&broken);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].code.as_str(), found[0].place), ("missing-field", broken.places[0]));
    assert!(found[0].message.contains("`info`"), "{found:#?}");
}

#[test]
fn a_path_without_a_slash() {
    let broken = Broken::pets(&[("  /pets/{petId}:", "  ▶pets/{petId}:")]);
    let found = repaired(&broken);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].code.as_str(), found[0].place), ("invalid-path", broken.places[0]));
}

/// What makes the parameter of the path `/pets/{petId}` another one.
const RENAMED_PARAMETER: [(&str, &str); 2] =
    [("    get:\n", "    ▶get:\n"), ("{name: petId, in: path", "▶{name: petName, in: path")];

#[test]
fn an_undeclared_path_parameter() {
    let broken = Broken::pets(&RENAMED_PARAMETER);
    let mut found = repaired(&broken);
    found.sort_by_key(|found| found.place);
    let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["undeclared-path-parameter", "unused-path-parameter"]);
    assert_eq!([found[0].place, found[1].place], broken.places.as_slice());
    assert!(found[0].message.contains("`petId` of `/pets/{petId}`"), "{found:#?}");
    assert!(found[1].message.contains("{petName}"), "{found:#?}");
}

#[test]
fn all_problems_are_told_in_one_run() {
    let broken = Broken::pets(&[
        RENAMED_PARAMETER[0],
        RENAMED_PARAMETER[1],
        DANGLING_REFERENCE,
        ("\ncomponents:\n", SECOND_OPERATION),
    ]);
    let mut found = diagnostics(&broken, "pets.yaml");
    found.sort_by_key(|found| found.place);
    let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "undeclared-path-parameter",
            "unused-path-parameter",
            "dangling-reference",
            "duplicate-operation-id",
        ]
    );
    let places: Vec<(u64, u64)> = found.iter().map(|found| found.place).collect();
    assert_eq!(places, broken.places);
}

#[test]
fn a_person_reads_file_line_and_column() {
    let broken = Broken::pets(&[DANGLING_REFERENCE]);
    let folder = tempfile::tempdir().unwrap();
    let spec = broken.write(folder.path(), "pets.yaml");
    let run = refused(&folder, &spec, &[]);
    let (line, column) = broken.places[0];
    assert!(run.errors.contains(&format!("pets.yaml:{line}:{column}")), "{}", run.errors);
    assert!(run.errors.contains("#/components/schemas/Pat"), "the line is shown: {}", run.errors);
    assert!(run.errors.contains("1 error"), "{}", run.errors);
}

#[test]
fn warnings_are_told_and_can_be_denied() {
    let broken = Broken::pets(&[("  version: 1.0.0\n", "  version: 1.0.0\n  vresion: 2.0.0\n")]);
    let folder = tempfile::tempdir().unwrap();
    let spec = broken.write(folder.path(), "pets.yaml");

    let denied = refused(&folder, &spec, &["--deny-warnings"]);
    assert!(denied.errors.contains("1 error"), "{}", denied.errors);

    let out = folder.path().join("out");
    let run = codegen_into(&out, &["--spec", spec.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.errors.contains("vresion"), "{}", run.errors);
    assert!(run.errors.contains("1 warning"), "{}", run.errors);
}

/// Runs the generator on a good document with this `sdk.toml`, which it refuses.
fn refused_configuration(configuration: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let spec = Broken::pets(&[]).write(folder.path(), "pets.yaml");
    let config = folder.path().join("sdk.toml");
    fs::write(&config, configuration).unwrap();
    refused(&folder, &spec, &["--config", config.to_str().unwrap()])
}

#[test]
fn a_configuration_with_a_key_that_does_nothing() {
    let run = refused_configuration("[package]\nnmae = \"pet-sdk\"\n");
    assert!(run.errors.contains("sdk.toml"), "{}", run.errors);
    assert!(run.errors.contains("line 2, column 1"), "{}", run.errors);
    assert!(run.errors.contains("unknown field `nmae`"), "{}", run.errors);
}

#[test]
fn a_configuration_that_is_no_toml() {
    let run = refused_configuration("[package\n");
    assert!(run.errors.contains("line 1, column 9"), "{}", run.errors);
}

#[test]
fn a_missing_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let spec = Broken::pets(&[]).write(folder.path(), "pets.yaml");
    let config = folder.path().join("none.toml");
    let run = refused(&folder, &spec, &["--config", config.to_str().unwrap()]);
    assert!(run.errors.contains("none.toml"), "{}", run.errors);
}

#[test]
fn a_broken_document_leaves_the_crate_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    let out = folder.path().join("out");
    let arguments = ["--spec", spec.to_str().unwrap(), "--name", "pet-sdk"];
    fs::write(&spec, PETS).unwrap();
    assert_eq!(codegen_into(&out, &arguments).exit, Exit::Success);
    let before = snapshot(&out);

    Broken::pets(&[DANGLING_REFERENCE]).write(folder.path(), "pets.yaml");
    assert_eq!(codegen_into(&out, &arguments).exit, Exit::Failure);

    assert_eq!(differing(&snapshot(&out), &before), [""; 0]);
}

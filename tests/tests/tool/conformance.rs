//! `cargo xtask conformance`: what comes of the examples of a document.

use std::fs;

use sdk_tests::command::proof;
use serde_json::Value;
use xtask::Exit;

/// Examples of what a server may say, right and wrong.
const DOCUMENT: &str = r##"openapi: 3.0.3
info: {title: Pets, version: 1.0.0, license: {name: MIT}}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pet]
      responses:
        "200":
          description: The pets
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
              examples:
                valid:
                  value:
                    - {kind: cat, lives: 9, bornAt: "2026-01-31T12:00:00+02:00", unknown: {a: [1, 2.5, null]}}
                    - {kind: dog, owner: {name: Ada}, weight: 1.5, tags: [a, b]}
                unknownTag:
                  value: [{kind: fish, scales: 3}]
                misfits:
                  value:
                    - {kind: dog, owner: nobody, bornAt: yesterday, weight: heavy, tags: {a: b}, house: null}
                    - {kind: dog, tags: [a, 1], notes: {a: text, b: 2}}
                incomplete:
                  value: [{kind: cat}]
                refused:
                  value: {kind: cat}
components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        bornAt: {type: string, format: date-time}
      discriminator:
        propertyName: kind
        mapping: {cat: "#/components/schemas/Cat", dog: "#/components/schemas/Dog"}
    Cat:
      allOf:
        - {$ref: "#/components/schemas/Pet"}
        - {type: object, required: [lives], properties: {lives: {type: integer}}}
    Dog:
      allOf:
        - {$ref: "#/components/schemas/Pet"}
        - type: object
          properties:
            owner: {$ref: "#/components/schemas/Owner"}
            weight: {type: number}
            house: {type: string, nullable: true}
            tags: {type: array, items: {type: string}}
            notes: {type: object, additionalProperties: {type: string}}
    Owner:
      type: object
      required: [name]
      properties: {name: {type: string}}
      example: {}
"##;

/// The outcome of each example by the last names of its place: `valid`, `exact`, and why it is not.
fn outcomes(report: &Value) -> Vec<[String; 4]> {
    let lines = report["examples"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .map(|line| {
            let pointer = text(&line["pointer"]);
            let name = pointer.trim_end_matches("/value").rsplit('/').next().unwrap_or_default();
            let verdict = match &line["verdict"] {
                Value::Object(verdict) => verdict.keys().next().unwrap().clone(),
                verdict => text(verdict),
            };
            [name.to_owned(), verdict, text(&line["outcome"]), text(&line["detail"])]
        })
        .collect()
}

#[test]
#[ignore = "compiles crates of its own; .ci/run runs it"]
fn nothing_that_can_be_read_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("pets.yaml");
    fs::write(&spec, DOCUMENT).unwrap();
    let spec = spec.to_str().unwrap();
    let out = folder.path().join("out");
    let run = proof(&["conformance", spec, "--out", out.to_str().unwrap(), "--json"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    let report: Value = serde_json::from_str(&run.output).expect("the report is JSON");
    let expected = [
        ["valid", "valid", "exact", ""],
        ["unknownTag", "valid", "exact", ""],
        ["misfits", "invalid", "exact", ""],
        ["incomplete", "valid", "exact", ""],
        [
            "refused",
            "invalid",
            "refused",
            "$: invalid type: map, expected a sequence at line 1 column 0",
        ],
        ["example", "invalid", "refused", "$: missing field `name`"],
    ];
    assert_eq!(outcomes(&report), expected.map(|line| line.map(str::to_owned)));
    let typed = report["typed"].as_array().expect("a list");
    assert!(typed.iter().all(|typed| typed["is_raw"] == false), "{typed:?}");
    assert_eq!(report["lost_subtypes"], Value::Array(Vec::new()));
    assert_eq!((&report["subtypes"], &report["subtype_examples"]), (&2.into(), &2.into()));

    // The tables, from what is built already.
    let run = proof(&["conformance", spec, "--out", out.to_str().unwrap()]);
    assert!(run.output.contains("| bodies | valid | 3 | 3 | 0 | 0 | 0 | 0 |\n"), "{}", run.output);
    assert!(
        run.output.contains("| bodies | invalid | 2 | 1 | 0 | 1 | 0 | 0 |\n"),
        "{}",
        run.output
    );
    assert!(run.output.contains("| properties | 9 | 0 |\n"), "{}", run.output);
    assert!(run.output.contains("| responses | 1 | 0 |\n"), "{}", run.output);
}

#[test]
fn a_document_with_errors_is_reported_as_ever() {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("broken.yaml");
    fs::write(&spec, DOCUMENT.replace("schemas/Owner\"}", "schemas/Nobody\"}")).unwrap();
    let run = proof(&["conformance", spec.to_str().unwrap()]);
    assert_eq!((run.exit, run.output.as_str()), (Exit::Failure, ""));
    assert!(run.errors.contains("dangling-reference"), "{}", run.errors);
}

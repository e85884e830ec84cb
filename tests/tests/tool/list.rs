//! `cargo xtask list`: what a document offers.

use std::fs;

use sdk_tests::command::{Run, xtask};
use serde_json::{Value, json};
use xtask::Exit;

/// Two tags, and an operation with neither tag nor operationId nor summary.
const DOCUMENT: &str = r#"openapi: 3.1.0
info: {title: Library, version: "1"}
paths:
  /books:
    get: {tags: [Book], operationId: listBooks, summary: List the books, responses: {}}
    post: {tags: [Book, Staff], operationId: addBook, summary: Add a book, responses: {}}
  /health:
    get: {responses: {}}
"#;

fn list(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("library.yaml");
    fs::write(&spec, DOCUMENT).unwrap();
    xtask(&[&["list", "--spec", spec.to_str().unwrap()], arguments].concat())
}

#[test]
fn every_operation_is_a_line_in_columns() {
    let run = list(&[]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert_eq!(
        run.output,
        "Book        GET   /books   listBooks  List the books\n\
         Book,Staff  POST  /books   addBook    Add a book\n\
         -           GET   /health  -\n"
    );
}

#[test]
fn a_tag_narrows_the_list() {
    let run = list(&["--tag", "Staff"]);
    assert_eq!(run.output, "Book,Staff  POST  /books  addBook  Add a book\n");
}

#[test]
fn a_tag_that_is_not_there_is_an_error() {
    let run = list(&["--tag", "Stuff"]);
    assert_eq!(run.exit, Exit::Failure);
    assert_eq!(run.output, "");
    assert!(run.errors.contains("the document has no tag `Stuff`"), "{}", run.errors);
    assert!(run.errors.contains("did you mean `Staff`?"), "{}", run.errors);
}

#[test]
fn tools_get_json() {
    let run = list(&["--tag", "Staff", "--format", "json"]);
    let list: Value = serde_json::from_str(&run.output).unwrap();
    let expected = json!([{
        "tags": ["Book", "Staff"],
        "method": "POST",
        "path": "/books",
        "operationId": "addBook",
        "summary": "Add a book"
    }]);
    assert_eq!(list, expected);
}

#[test]
fn without_a_document_it_lists_that_of_the_workspace() {
    let run = xtask(&["list", "--tag", "Session"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.contains("createSession"), "{}", run.output);
}

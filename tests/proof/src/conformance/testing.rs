//! What the tests of this module share.

use std::fs;

use serde_json::{Value, json};

use super::examples::{self, Example};
use super::types::Types;
use super::walk;
use codegen::Options;
use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;

/// A document with these paths and these component schemas.
pub fn document(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas}
    })
}

/// The SDK of a document.
pub fn sdk(document: &Value) -> Sdk {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let spec = folder.path().join("openapi.json");
    fs::write(&spec, document.to_string()).expect("the file is written");
    let options = Options { spec, ..Options::default() };
    let mut diagnostics = Diagnostics::new();
    let (read, config) = codegen::read(&options, &mut diagnostics).expect("the document is read");
    let lowered = codegen::lowered(read, config, &options, &mut diagnostics);
    lowered.expect("the document has no errors")
}

/// The examples of a document.
pub fn examples<'a>(document: &'a Value, sdk: &Sdk) -> Vec<Example<'a>> {
    examples::examples(document, &walk::nodes(document), &Types::new(document, sdk))
}

//! What the tests of normalizing share.

use serde_json::{Value, json};

use super::{Normalized, normalize, references};
use crate::{
    diagnostics::Diagnostics,
    load::{
        Sources,
        testing::{load_text, report},
    },
};

/// A document around these paths and components.
pub fn document(paths: Value, components: Value) -> Value {
    json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, "components": components})
}

/// Resolves the references of a document and shapes it; gives what there is to report, one problem a line.
pub fn shape_document(root: &mut Value) -> String {
    let mut diagnostics = Diagnostics::new();
    let mut sources = Sources::default();
    references::resolve(root, &mut sources, &mut diagnostics);
    super::coercion::coerce(root, &sources, &mut diagnostics);
    let lines = diagnostics.iter().map(|it| {
        let place = it.pointer.as_deref().unwrap_or_default();
        format!("{} {place}\n", it.code)
    });
    lines.collect()
}

/// Normalizes a schema; gives it with the codes of what there is to report.
pub fn shape_schema(schema: Value) -> (Value, Vec<String>) {
    let mut root =
        document(json!({}), json!({"schemas": {"S": schema, "Other": {"type": "object"}}}));
    let report = shape_document(&mut root);
    let codes =
        report.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    (root["components"]["schemas"]["S"].take(), codes)
}

/// Normalizes a schema about which there is nothing to report.
pub fn quiet_schema(schema: Value) -> Value {
    let (schema, codes) = shape_schema(schema);
    assert!(codes.is_empty(), "{codes:?}");
    schema
}

/// Loads and normalizes a text; gives the report, one problem a line.
pub fn normalize_text(text: &str) -> (Option<Normalized>, String) {
    let mut loaded = load_text("a.yaml", text);
    let document = loaded.result.take().expect("the document was loaded");
    let folder = loaded.folder().to_owned();
    let normalized = normalize(document, &mut loaded.diagnostics);
    (normalized, report(&loaded.diagnostics, &folder))
}

//! Every keyword in every place that a document can name.

use std::fs;

use proc_macro2::{TokenStream, TokenTree};

use crate::diagnostics::Diagnostics;
use crate::names::{KEYWORDS, NEVER_RAW};
use crate::output::Files;

const WEAK: [&str; 6] = ["auto", "default", "macro_rules", "raw", "safe", "union"];

/// A document in which each keyword is a tag, an operationId, a parameter, a property, a value, a title and a schema.
fn document() -> String {
    let keywords = KEYWORDS.iter().chain(&NEVER_RAW).chain(&WEAK).filter(|it| **it != "_");
    let (mut paths, mut schemas) = (String::new(), String::new());
    for (index, word) in keywords.enumerate() {
        paths.push_str(&format!(
            "  /p{index}/{{{word}}}: {{get: {{tags: ['{word}'], operationId: '{word}', parameters: [
    {{name: '{word}', in: path, required: true, schema: {{type: string}}}},
    {{name: '{word}', in: query, schema: {{type: string, enum: ['{word}', b]}}}}],
    responses: {{'200': {{description: OK, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{word}'}}}}}}}}}}}}}}\n"
        ));
        schemas.push_str(&format!(
            "    '{word}': {{type: object, required: ['{word}'], properties: {{'{word}': {{type: string}}, u: {{oneOf: [
      {{type: object, title: '{word}', required: ['{word}'], properties: {{'{word}': {{type: string}}}}}}, {{type: object, title: b, required: [b], properties: {{b: {{type: string}}}}}}]}}}}}}\n"
        ));
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: K, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n{schemas}"
    )
}

fn generated() -> Files {
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("openapi.yaml");
    fs::write(&spec, document()).unwrap();
    let mut diagnostics = Diagnostics::default();
    let options = crate::Options { spec, ..crate::Options::default() };
    let generated = crate::generate(&options, &mut diagnostics);
    let problems: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    generated.unwrap_or_else(|| panic!("{problems:?}")).files
}

/// The identifiers of a source that are no raw ones, those within macros included.
fn plain_identifiers(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => found.push(ident.to_string()),
            TokenTree::Group(group) => plain_identifiers(group.stream(), found),
            _ => {}
        }
    }
}

#[test]
fn a_document_of_keywords_makes_no_keyword_an_identifier() {
    let files = generated();
    // Keywords that no source of ours has a use for; every other file is parsed by `syn` before it leaves.
    let unused = ["abstract", "become", "box", "do", "final", "gen", "macro", "override", "priv"];
    for (path, text) in &files {
        let is_made = path.starts_with("src/api/") || path.starts_with("src/models/");
        if is_made && path.ends_with(".rs") {
            let mut found = Vec::new();
            plain_identifiers(text.parse().expect("the file is Rust"), &mut found);
            assert!(!found.iter().any(|it| unused.contains(&it.as_str())), "{path}");
        }
    }
    // A module has the name of its file.
    for word in ["crate", "self", "super"] {
        assert!(files.contains_key(&format!("src/api/{word}_api.rs")), "{word}");
    }
    // `Self` is no variant, be it of an enum of values or of a union.
    let variants = |text: &str| text.lines().any(|line| line.trim_start().starts_with("Self("));
    assert!(!files.iter().any(|(path, text)| path.starts_with("src/models/") && variants(text)));
}

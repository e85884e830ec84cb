//! Documents that are built from nothing: plausible ones, which are valid or nearly so.
//!
//! A choice of 0 is the smallest everywhere, so that a fuzzer whose input has ended gets a document that ends, too.

mod operations;
mod parameters;
mod schemas;
mod security;

use serde_json::{Map, Value, json};

use crate::Choices;

/// Names for schemas and properties: some equal in Rust, some no names there.
const NAMES: [&str; 16] = [
    "Pet",
    "pet",
    "PetList",
    "Error",
    "User",
    "user_name",
    "userName",
    "Node",
    "Self",
    "type",
    "Result",
    "String",
    "2fa",
    "a.b",
    "a-b",
    "Page",
];

/// Texts for descriptions, in Markdown.
const PROSE: [&str; 10] = [
    "A pet.",
    "",
    "First line.\n\nSecond paragraph with `code`, **bold** and [a link](https://example.com).",
    "```json\n{\"a\": 1}\n```",
    "- one\n- two\n  - three\n\n> quoted",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<b>HTML</b> & more <br/> of it",
    "Ends in a backslash \\",
    "    let x = 1;",
    "# Heading\n\nText with \"quotes\" and 'more'.",
];

/// The minor versions of OpenAPI 3, which write schemas in different ways.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Version {
    V30,
    V31,
}

/// What is being built.
struct Builder<'a, C> {
    choices: &'a mut C,
    version: Version,
    /// The names of the component schemas, which references may lead to.
    schemas: Vec<String>,
    /// The names of the security schemes.
    security: Vec<String>,
}

impl<C: Choices> Builder<'_, C> {
    fn name(&mut self) -> String {
        self.choices.text(&NAMES).to_owned()
    }

    /// Puts in what is optional, in one case of three.
    fn maybe(
        &mut self,
        map: &mut Map<String, Value>,
        key: &str,
        value: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.choices.one_in(3) {
            let value = value(self);
            map.insert(key.to_owned(), value);
        }
    }

    fn describe(&mut self, map: &mut Map<String, Value>) {
        self.maybe(map, "description", |it| it.choices.text(&PROSE).into());
        self.maybe(map, "deprecated", |_| json!(true));
    }
}

/// Builds a document.
pub fn build<C: Choices>(choices: &mut C) -> Value {
    let version = if choices.one_in(2) { Version::V31 } else { Version::V30 };
    let mut builder = Builder { choices, version, schemas: Vec::new(), security: Vec::new() };
    let schemas = builder.component_schemas();
    let schemes = builder.security_schemes();
    let mut document = Map::new();
    let number = if version == Version::V30 { "3.0.3" } else { "3.1.0" };
    document.insert("openapi".to_owned(), number.into());
    document.insert("info".to_owned(), json!({ "title": "A", "version": "1" }));
    builder.maybe(&mut document, "servers", servers);
    builder.maybe(&mut document, "security", Builder::requirements);
    builder.maybe(&mut document, "tags", tags);
    document.insert("paths".to_owned(), builder.paths());
    let components = json!({
        "schemas": schemas,
        "securitySchemes": schemes,
        "responses": { "Refused": builder.response() },
        "parameters": { "Limit": builder.parameter("query", "limit") },
        "requestBodies": { "Body": builder.body() },
    });
    document.insert("components".to_owned(), components);
    if version == Version::V31 {
        builder.maybe(&mut document, "webhooks", |it| json!({ "happened": it.path_item("/") }));
    }
    Value::Object(document)
}

fn servers<C: Choices>(builder: &mut Builder<'_, C>) -> Value {
    match builder.choices.below(4) {
        0 => json!([{ "url": "https://api.example.com/v1" }]),
        1 => json!([{ "url": "/v1" }, { "url": "https://example.com", "description": "Live" }]),
        2 => json!([{
            "url": "https://{region}.example.com:{port}",
            "variables": { "region": { "default": "eu", "enum": ["eu", "us"] }, "port": { "default": "443" } },
        }]),
        _ => json!([]),
    }
}

fn tags<C: Choices>(builder: &mut Builder<'_, C>) -> Value {
    let names = 1 + builder.choices.below(3);
    let tags = (0..names)
        .map(|_| json!({ "name": builder.name(), "description": builder.choices.text(&PROSE) }));
    tags.collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::choices::Nothing;
    use crate::trial::{self, Outcome};

    fn outcome(document: &Value) -> Outcome {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("document.json");
        fs::write(&path, document.to_string()).expect("the folder can be written");
        trial::run(&trial::options(&path))
    }

    #[test]
    fn a_document_of_no_choices_is_valid() {
        assert!(matches!(outcome(&build(&mut Nothing)), Outcome::Generated(_)));
    }

    #[test]
    fn most_documents_are_generated() {
        let outcomes: Vec<_> =
            (0..60).map(|seed| outcome(&build(&mut fastrand::Rng::with_seed(seed)))).collect();
        let generated = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Generated(_)));
        assert!(generated.count() >= 40, "{outcomes:.200?}");
        assert!(!outcomes.iter().any(|outcome| matches!(outcome, Outcome::Failed(_))));
    }
}

//! The document as the judge gets it.

use serde::Serialize;
use serde_json::Value;

use codegen::document::structure::{Object, Shape};
use codegen::document::walk::{Visitor, walk};
use codegen::document::{pointer, references};

/// An example that the judge does not get.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Removed {
    /// Where it stood, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The reference in it that leads nowhere.
    pub target: String,
}

/// Takes out the examples that are, or hold, a `$ref` which leads nowhere.
///
/// A `$ref` within the value of an example is data and means nothing. Prism takes it for a
/// reference all the same, and refuses the whole document for it.
///
/// What referred to such an example leads nowhere without it, and is taken out as well.
pub fn remove_dangling_examples(document: &mut Value) -> Vec<Removed> {
    let mut all = Vec::new();
    loop {
        let mut finder = Finder { document, found: Vec::new() };
        walk(document, Object::OpenApi, "", &mut finder);
        let found = finder.found;
        if found.is_empty() {
            return all;
        }
        for removed in &found {
            pointer::remove(document, &removed.pointer);
        }
        all.extend(found);
    }
}

struct Finder<'a> {
    document: &'a Value,
    found: Vec<Removed>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn enter(&mut self, value: &'a Value, shape: Shape, at: &str) -> bool {
        // Where any value may stand: an example, a default. An example goes as a whole: without a value it would be
        // none.
        if !matches!(shape, Shape::Any | Shape::Object(Object::Example)) {
            return true;
        }
        if let Some(target) = dangling(self.document, value) {
            self.found.push(Removed { pointer: at.to_owned(), target: target.to_owned() });
        }
        false
    }
}

/// A `$ref` within a value that leads to nothing in the document.
fn dangling<'v>(document: &Value, holder: &'v Value) -> Option<&'v str> {
    match holder {
        Value::Array(items) => items.iter().find_map(|item| dangling(document, item)),
        Value::Object(members) => members.iter().find_map(|(key, value)| match value.as_str() {
            Some(written) if key == "$ref" => {
                let found = references::target(holder);
                let leads = found.is_some_and(|found| pointer::get(document, &found).is_some());
                (!leads).then_some(written)
            }
            _ => dangling(document, value),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_examples_that_lead_nowhere_are_removed() {
        let media_type = json!({"examples": {
            "lost": {"$ref": "#/components/examples/Lost"},
            "holder": {"$ref": "#/components/examples/Holder"},
            "kept": {"$ref": "#/components/examples/Kept"}
        }});
        let mut document = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"text/plain": media_type}}}}}},
            "components": {
                "examples": {
                    "Holder": {"value": {"items": [{"$ref": "#/definitions/custom"}]}},
                    "Kept": {"value": {"$ref": "#/components/examples"}}
                },
                "schemas": {"Pet": {
                    "properties": {"example": {"$ref": "#/components/schemas/Pet"}},
                    "example": {"$ref": "other.yaml"}
                }}
            }
        });
        let removed = remove_dangling_examples(&mut document);
        let targets: Vec<&str> = removed.iter().map(|removed| removed.target.as_str()).collect();
        let expected = [
            "#/components/examples/Lost",
            "#/definitions/custom",
            "other.yaml",
            // It is lost only now.
            "#/components/examples/Holder",
        ];
        assert_eq!(targets, expected);
        let examples = &document["paths"]["/a"]["get"]["responses"]["200"]["content"]["text/plain"];
        let kept = json!({"examples": {"kept": {"$ref": "#/components/examples/Kept"}}});
        assert_eq!(*examples, kept);
        assert!(document.pointer("/components/schemas/Pet/example").is_none());
        assert!(document.pointer("/components/schemas/Pet/properties/example").is_some());
    }
}

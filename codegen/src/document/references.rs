//! The references in a document, and where they lead. Only what OpenAPI defines as one is a reference: an example may
//! hold a `$ref` key, too.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    pointer,
    structure::{Object, Shape},
    walk::{Visitor, walk},
};

/// How many references one pointer may lead through.
pub const LONGEST_CHAIN: usize = 64;

/// A reference and where it stands.
#[derive(Debug)]
pub struct Reference<'a> {
    /// The JSON pointer to the string that refers: the value of `$ref`, or of an entry of a discriminator's mapping.
    pub pointer: String,
    /// What it refers to, as it is written.
    pub target: &'a str,
    /// What it has to lead to.
    pub object: Object,
    /// Whether it is an entry of a discriminator's mapping, which may be the bare name of a schema.
    pub mapping: bool,
}

/// A reference where OpenAPI has none, such as one in the place of an operation.
#[derive(Debug)]
pub struct Misplaced<'a> {
    /// The JSON pointer to the object with the `$ref`.
    pub pointer: String,
    /// What it refers to, as it is written.
    pub target: &'a str,
    /// What it has to lead to.
    pub shape: Shape,
}

/// Lists the references in `value`, which is an `object` that stands at `at`.
pub fn references<'a>(value: &'a Value, object: Object, at: &str) -> Vec<Reference<'a>> {
    find(value, object, at).found
}

/// Lists the references in `value` that stand where OpenAPI has none.
pub fn misplaced<'a>(value: &'a Value, object: Object, at: &str) -> Vec<Misplaced<'a>> {
    find(value, object, at).misplaced
}

fn find<'a>(value: &'a Value, object: Object, at: &str) -> Finder<'a> {
    let mut finder = Finder { root: value, found: Vec::new(), misplaced: Vec::new() };
    walk(value, object, at, &mut finder);
    finder
}

struct Finder<'a> {
    root: &'a Value,
    found: Vec<Reference<'a>>,
    misplaced: Vec<Misplaced<'a>>,
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn enter(&mut self, value: &'a Value, shape: Shape, at: &str) -> bool {
        let reference = value.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference
            && !shape.may_have_reference_key()
            && !std::ptr::eq(value, self.root)
        {
            self.misplaced.push(Misplaced { pointer: at.to_owned(), target, shape });
            return false;
        }
        let Shape::Object(object) = shape else { return true };
        if let Some(target) = reference
            && object.section().is_some()
        {
            self.push(at, "$ref", target, object, false);
        }
        if object == Object::Schema
            && let Some(Value::String(target)) = value.get("$dynamicRef")
        {
            self.push(at, "$dynamicRef", target, object, false);
        }
        if object == Object::Discriminator
            && let Some(Value::Object(mapping)) = value.get("mapping")
        {
            let at = pointer::child(at, "mapping");
            for (key, target) in mapping {
                if let Value::String(target) = target {
                    self.push(&at, key, target, Object::Schema, true);
                }
            }
        }
        true
    }
}

impl<'a> Finder<'a> {
    fn push(&mut self, at: &str, key: &str, target: &'a str, object: Object, mapping: bool) {
        self.found.push(Reference { pointer: pointer::child(at, key), target, object, mapping });
    }
}

/// The JSON pointer to what a node refers to, where it is a reference within the document.
pub fn target(node: &Value) -> Option<Cow<'_, str>> {
    pointer::from_fragment(node.get("$ref")?.as_str()?.strip_prefix('#')?)
}

/// Follows a pointer, and the references that it runs into, to a node; gives the pointer that leads there directly.
pub fn follow(root: &Value, at: &str) -> Option<String> {
    let mut reached = String::new();
    let mut node = root;
    let mut rest: Vec<String> = pointer::tokens(at).map(|token| token.into_owned()).collect();
    rest.reverse();
    let mut references = 0;
    while let Some(token) = rest.pop() {
        let next = match node {
            Value::Object(map) => map.get(&token),
            Value::Array(list) => token.parse::<usize>().ok().and_then(|index| list.get(index)),
            _ => None,
        };
        if let Some(next) = next {
            pointer::push(&mut reached, &token);
            node = next;
            continue;
        }
        references += 1;
        let target = target(node)?;
        if references > LONGEST_CHAIN {
            return None;
        }
        rest.push(token);
        let onward: Vec<String> =
            pointer::tokens(&target).map(|token| token.into_owned()).collect();
        rest.extend(onward.into_iter().rev());
        reached.clear();
        node = root;
    }
    Some(reached)
}

/// Follows a pointer as [`follow`] does, and on while the node that it leads to is itself a reference; gives that
/// node with the pointer that leads there directly.
pub fn resolve<'a>(root: &'a Value, at: &str) -> Option<(String, &'a Value)> {
    let mut at = Cow::Borrowed(at);
    for _ in 0..LONGEST_CHAIN {
        let reached = follow(root, &at)?;
        let node = pointer::get(root, &reached)?;
        if !node.get("$ref").is_some_and(Value::is_string) {
            return Some((reached, node));
        }
        at = target(node)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_told_from_what_looks_like_one() {
        let document = json!({
            "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/r"}}}}},
            "components": {"schemas": {"A": {
                "properties": {"$ref": {"type": "string"}, "b": {"$ref": "#/s"}},
                "example": {"$ref": "#/no"},
                "discriminator": {"propertyName": "t", "mapping": {"x/y": "B"}},
                "items": [{"$ref": "#/i"}]
            }}},
            "x-other": {"$ref": "#/no"}
        });
        let found = references(&document, Object::OpenApi, "");
        let found: Vec<_> = found
            .iter()
            .map(|reference| (reference.pointer.as_str(), reference.target, reference.object))
            .collect();
        assert_eq!(
            found,
            [
                ("/paths/~1a/get/responses/200/$ref", "#/r", Object::Response),
                ("/components/schemas/A/properties/b/$ref", "#/s", Object::Schema),
                ("/components/schemas/A/discriminator/mapping/x~1y", "B", Object::Schema),
                ("/components/schemas/A/items/0/$ref", "#/i", Object::Schema),
            ]
        );
    }

    #[test]
    fn references_where_openapi_has_none_are_found() {
        let document = json!({
            "info": {"description": {"$ref": "about.md"}},
            "paths": {"/a": {"get": {"$ref": "get.yaml"}, "post": {
                "parameters": {"$ref": "#/p"},
                "responses": {"200": {"content": {"$ref": "#/c"}}}
            }}},
            "components": {
                "schemas": {"A": {
                    "properties": {"$ref": "properties.yaml"},
                    "discriminator": {"propertyName": "t", "mapping": {"$ref": "A"}},
                    "const": {"$ref": "#/no"}
                }},
                "securitySchemes": {"o": {"flows": {"password": {"scopes": {"$ref": "a scope"}}}}}
            }
        });
        let found = misplaced(&document, Object::OpenApi, "");
        let found: Vec<_> =
            found.iter().map(|misplaced| (misplaced.pointer.as_str(), misplaced.target)).collect();
        assert_eq!(
            found,
            [
                ("/info/description", "about.md"),
                ("/paths/~1a/get", "get.yaml"),
                ("/paths/~1a/post/parameters", "#/p"),
                ("/paths/~1a/post/responses/200/content", "#/c"),
                ("/components/schemas/A/properties", "properties.yaml"),
            ]
        );
    }

    #[test]
    fn a_pointer_is_followed_through_references() {
        let root = json!({"a": {"b": {"$ref": "#/c"}}, "c": {"d": 1}, "e": {"$ref": "#/e"}});
        assert_eq!(follow(&root, "/a/b/d").as_deref(), Some("/c/d"));
        assert_eq!(follow(&root, "/a/b").as_deref(), Some("/a/b"));
        assert_eq!(follow(&root, "/a/x"), None);
        assert_eq!(follow(&root, "/e/x"), None);
        assert_eq!(resolve(&root, "/a/b"), Some(("/c".to_owned(), &json!({"d": 1}))));
        assert_eq!(resolve(&root, "/a/b/d"), Some(("/c/d".to_owned(), &json!(1))));
        assert_eq!(resolve(&root, "/e"), None);
    }
}

//! Copies path items, callbacks, security schemes and examples to where they are referred to.

use serde_json::Value;

use crate::{
    diagnostics::Diagnostics,
    load::{
        SourceId, Sources, pointer,
        references::{Reference, references},
        structure::Object,
    },
};

/// How often references are replaced: a path item may hold callbacks, which hold path items, and so on.
const DEEPEST: usize = 16;

/// How many nodes may be copied; beyond that, copies of copies of copies are an attack.
const MOST_NODES: usize = 2_000_000;

/// Replaces every reference to a path item, a callback or a security scheme by what it refers to, and those to an example that have a
/// summary or a description of their own.
///
/// Fields beside the reference win over those of what it refers to. A callback that contains itself is an error.
pub fn inline(root: &mut Value, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let mut nodes_left = MOST_NODES;
    for round in 0.. {
        let found: Vec<(String, String, Object)> = references(root, Object::OpenApi, "")
            .into_iter()
            .filter(|it| is_copied(root, it))
            .map(|it| (it.pointer, it.target.to_owned(), it.object))
            .collect();
        if found.is_empty() {
            break;
        }
        if round == DEEPEST {
            for (at, target, object) in found {
                let message = format!("`{target}` is {} that contains itself", object.name());
                diagnostics.error("circular-reference", at, message);
            }
            break;
        }
        for (at, target, _) in found {
            let copied = replace(root, &at, &target, sources);
            let Some(left) = nodes_left.checked_sub(copied) else {
                diagnostics
                    .error("too-many-copies", at, format!("`{target}` is copied too often"))
                    .help("refer to it, and to what it refers to, from fewer places");
                return;
            };
            nodes_left = left;
        }
    }
    // Whatever is used has been copied, and openapiv3 does not know the section.
    if let Some(Value::Object(components)) = root.get_mut("components") {
        components.shift_remove("pathItems");
    }
}

/// Whether openapiv3 has no place for a reference, or for what stands beside it.
fn is_copied(root: &Value, reference: &Reference<'_>) -> bool {
    let at = reference.pointer.as_str();
    match reference.object {
        Object::PathItem => !at.starts_with("/components/pathItems/"),
        Object::Callback => !at.starts_with("/components/callbacks/"),
        Object::SecurityScheme => true,
        // An example may be summed up anew where it is referred to.
        Object::Example => pointer::parent(at)
            .and_then(|place| pointer::get(root, place)?.as_object())
            .is_some_and(|map| map.contains_key("summary") || map.contains_key("description")),
        _ => false,
    }
}

/// Replaces the object that has the `$ref` at the pointer `at`; gives the number of nodes that were copied.
fn replace(root: &mut Value, at: &str, target: &str, sources: &mut Sources) -> usize {
    let Some(place) = pointer::parent(at) else {
        return 0;
    };
    let from = target.strip_prefix('#').unwrap_or(target);
    let copy = pointer::get(root, from).cloned();
    let nodes = copy.as_ref().map_or(0, count);
    let Some(Value::Object(map)) = pointer::get_mut(root, place) else {
        return 0;
    };
    map.shift_remove("$ref");
    let Some(Value::Object(mut copy)) = copy else {
        return 0;
    };
    for (key, value) in std::mem::take(map) {
        copy.insert(key, value);
    }
    *map = copy;
    sources.moved(place.to_owned(), SourceId::ROOT, from.to_owned());
    nodes
}

/// The number of nodes in a value.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(count).sum(),
        Value::Array(list) => list.iter().map(count).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::normalize::testing::{document, shape_document};

    #[test]
    fn path_items_and_callbacks_are_copied_to_their_places() {
        let mut root = document(
            json!({
                "/a": {"$ref": "#/components/pathItems/A", "summary": "own"},
                "/b": {"post": {"responses": {}, "callbacks": {"done": {"$ref": "#/components/callbacks/Done"}}}}
            }),
            json!({
                "pathItems": {"A": {"summary": "theirs", "get": {"responses": {}}}},
                "callbacks": {"Done": {"{$request.body#/url}": {"$ref": "#/components/pathItems/A"}}}
            }),
        );
        assert_eq!(shape_document(&mut root), "");
        assert_eq!(root["paths"]["/a"], json!({"summary": "own", "get": {"responses": {}}}));
        let callback = &root["paths"]["/b"]["post"]["callbacks"]["done"]["{$request.body#/url}"];
        assert_eq!(*callback, json!({"summary": "theirs", "get": {"responses": {}}}));
        assert_eq!(root["components"].get("pathItems"), None);
    }

    #[test]
    fn an_example_can_be_described_anew() {
        let examples = json!({"a": {"$ref": "#/components/examples/A", "summary": "own"}, "b": {"$ref": "#/components/examples/A"}});
        let mut root = document(
            json!({"/a": {"get": {"responses": {"200": {"description": "d", "content": {"text/plain": {"examples": examples}}}}}}}),
            json!({"examples": {"A": {"summary": "theirs", "value": 1}}}),
        );
        assert_eq!(shape_document(&mut root), "");
        let examples =
            &root["paths"]["/a"]["get"]["responses"]["200"]["content"]["text/plain"]["examples"];
        assert_eq!(
            *examples,
            json!({"a": {"summary": "own", "value": 1}, "b": {"$ref": "#/components/examples/A"}})
        );
    }

    #[test]
    fn a_callback_in_itself_is_an_error() {
        let mut root = document(
            json!({"/a": {"$ref": "#/components/pathItems/A"}}),
            json!({"pathItems": {"A": {"post": {"responses": {}, "callbacks": {"c": {"x": {"$ref": "#/components/pathItems/A"}}}}}}}),
        );
        let report = shape_document(&mut root);
        assert!(report.starts_with("circular-reference /paths/~1a/post/callbacks/c/x"), "{report}");
    }
}

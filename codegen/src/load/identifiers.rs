//! The names that schemas give themselves: `$id` and anchors (JSON Schema 2020-12, section 8.2).

use std::collections::HashMap;

use serde_json::Value;

use crate::document::pointer;

/// Where the schemas with a name stand, by JSON pointer.
#[derive(Debug, Default)]
pub struct Identifiers {
    ids: HashMap<String, String>,
    anchors: HashMap<String, String>,
}

impl Identifiers {
    /// Collects the names in a document. Of two that are equal, the first counts.
    pub fn of(root: &Value) -> Self {
        let mut identifiers = Self::default();
        identifiers.collect(root, &mut String::new());
        identifiers
    }

    /// The pointer to the schema with this `$id`.
    pub fn id(&self, id: &str) -> Option<&str> {
        self.ids.get(id).map(String::as_str)
    }

    /// The pointer to the schema with this `$anchor` or `$dynamicAnchor`.
    pub fn anchor(&self, anchor: &str) -> Option<&str> {
        self.anchors.get(anchor).map(String::as_str)
    }

    fn collect(&mut self, node: &Value, at: &mut String) {
        let length = at.len();
        match node {
            Value::Object(map) => {
                for (key, value) in map {
                    let names = match key.as_str() {
                        "$id" => Some(&mut self.ids),
                        "$anchor" | "$dynamicAnchor" => Some(&mut self.anchors),
                        _ => None,
                    };
                    if let (Some(names), Value::String(name)) = (names, value) {
                        names.entry(name.clone()).or_insert_with(|| at.clone());
                    }
                    pointer::push(at, key);
                    self.collect(value, at);
                    at.truncate(length);
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    pointer::push_index(at, index);
                    self.collect(value, at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_found_where_they_stand() {
        let root = json!({"a": [{"$id": "one", "b": {"$anchor": "two"}}], "c": {"$anchor": "two"}});
        let identifiers = Identifiers::of(&root);
        assert_eq!(identifiers.id("one"), Some("/a/0"));
        assert_eq!(identifiers.anchor("two"), Some("/a/0/b"));
        assert_eq!(identifiers.anchor("one"), None);
    }
}

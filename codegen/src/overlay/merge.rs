//! Merges values into a document (Overlay 1.1.0, section 4.4.3).

use serde_json::Value;

use crate::document::pointer;
use crate::source::SourceId;

/// Where a value that is merged comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The file.
    pub(super) source: SourceId,
    /// The JSON pointer in it.
    pub(super) pointer: String,
}

impl Origin {
    fn child(&self, token: &str) -> Self {
        Self { source: self.source, pointer: pointer::child(&self.pointer, token) }
    }
}

/// Two values of which one cannot be merged into the other.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Mismatch {
    /// The JSON pointer to the target in the document.
    pub(super) at: String,
    /// What the target is.
    pub(super) target: &'static str,
    /// What was to be merged into it.
    pub(super) update: &'static str,
}

/// Merges a value into the target of an action, which stands at `at`: objects key by key, elements to the
/// end of lists, single values in the place of single values.
///
/// `note` is told the pointer of everything that is new, and where it comes from.
pub(super) fn update(
    target: &mut Value,
    value: &Value,
    at: &str,
    origin: &Origin,
    note: &mut dyn FnMut(String, Origin),
) -> Result<(), Mismatch> {
    match (target, value) {
        (Value::Array(list), single) if !single.is_array() => {
            note(pointer::child(at, &list.len().to_string()), origin.clone());
            list.push(single.clone());
            Ok(())
        }
        (target, value) => merge(target, value, at, origin, note),
    }
}

fn merge(
    target: &mut Value,
    value: &Value,
    at: &str,
    origin: &Origin,
    note: &mut dyn FnMut(String, Origin),
) -> Result<(), Mismatch> {
    match (target, value) {
        (Value::Object(map), Value::Object(more)) => {
            for (key, value) in more {
                let (at, origin) = (pointer::child(at, key), origin.child(key));
                match map.get_mut(key) {
                    Some(inner) => merge(inner, value, &at, &origin, note)?,
                    None => {
                        map.insert(key.clone(), value.clone());
                        note(at, origin);
                    }
                }
            }
        }
        (Value::Array(list), Value::Array(more)) => {
            for (index, value) in more.iter().enumerate() {
                let at = pointer::child(at, &list.len().to_string());
                note(at, origin.child(&index.to_string()));
                list.push(value.clone());
            }
        }
        (target, value) if kind(target) == SINGLE && kind(value) == SINGLE => {
            *target = value.clone();
            note(at.to_owned(), origin.clone());
        }
        (target, value) => {
            return Err(Mismatch { at: at.to_owned(), target: kind(target), update: kind(value) });
        }
    }
    Ok(())
}

/// What a value that is neither mapping nor list is called.
const SINGLE: &str = "a single value";

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "a mapping",
        Value::Array(_) => "a list",
        _ => SINGLE,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn merged(mut target: Value, value: Value) -> (Value, Vec<(String, String)>) {
        let origin = Origin { source: SourceId(1), pointer: "/u".to_owned() };
        let mut notes = Vec::new();
        update(&mut target, &value, "/t", &origin, &mut |to, from| notes.push((to, from.pointer)))
            .expect("the values fit");
        (target, notes)
    }

    #[test]
    fn objects_are_merged_and_lists_get_longer() {
        let (target, notes) = merged(
            json!({"a": 1, "b": {"c": [1]}, "d": "kept"}),
            json!({"a": null, "b": {"c": [2], "e": {}}}),
        );
        assert_eq!(target, json!({"a": null, "b": {"c": [1, 2], "e": {}}, "d": "kept"}));
        let notes: Vec<_> = notes.iter().map(|(to, from)| (to.as_str(), from.as_str())).collect();
        assert_eq!(notes, [("/t/a", "/u/a"), ("/t/b/c/1", "/u/b/c/0"), ("/t/b/e", "/u/b/e")]);
    }

    #[test]
    fn a_single_element_is_added_to_a_list() {
        assert_eq!(merged(json!([1]), json!({"a": 2})).0, json!([1, {"a": 2}]));
        assert_eq!(merged(json!([1]), json!([2, 3])).0, json!([1, 2, 3]));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let origin = Origin { source: SourceId(1), pointer: String::new() };
        let error = update(&mut json!({"a": [1]}), &json!({"a": 1}), "/t", &origin, &mut |_, _| {});
        let expected = Mismatch { at: "/t/a".to_owned(), target: "a list", update: SINGLE };
        assert_eq!(error, Err(expected));
    }
}

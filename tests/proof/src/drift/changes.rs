//! How servers deviate from their document: one change of a value at a time.

use std::fmt;

use codegen::document::pointer;
use fastrand::Rng;
use serde::Serialize;
#[cfg(test)]
use serde_json::Map;
use serde_json::{Value, json};

/// What is changed in an answer.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A member of an object is not there.
    Drop,
    /// A value is null.
    Null,
    /// A scalar is one of another type.
    Retype,
    /// A value stands in a list.
    Listify,
    /// An object has a member more.
    UnknownKey,
    /// A text is another one.
    UnknownText,
    /// The whole answer is null.
    NullAtTop,
}

impl Kind {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 7] = [
        Self::Drop,
        Self::Null,
        Self::Retype,
        Self::Listify,
        Self::UnknownKey,
        Self::UnknownText,
        Self::NullAtTop,
    ];

    /// Whether what stands somewhere is of another type then, or is not there.
    pub fn is_of_type_or_presence(self) -> bool {
        !matches!(self, Self::UnknownKey | Self::UnknownText)
    }

    /// Whether it can change a value that stands there.
    fn fits(self, value: &Value, within: Within) -> bool {
        match self {
            Self::Drop => within == Within::Object,
            Self::Null => within != Within::Nothing && !value.is_null(),
            Self::Retype => !value.is_object() && !value.is_array() && !value.is_null(),
            Self::Listify => true,
            Self::UnknownKey => value.is_object(),
            Self::UnknownText => value.is_string(),
            Self::NullAtTop => within == Within::Nothing && !value.is_null(),
        }
    }

    fn changed(self, value: &Value, random: &mut Rng) -> Value {
        match self {
            Self::Drop | Self::Null | Self::NullAtTop => Value::Null,
            Self::Retype => retyped(value, random),
            Self::Listify => json!([value]),
            Self::UnknownKey => {
                let mut members = value.as_object().cloned().unwrap_or_default();
                let name = format!("drift{}", random.u16(..));
                members.insert(name, json!({ "deep": [1, "two", null] }));
                Value::Object(members)
            }
            Self::UnknownText => json!(format!("drift {}", random.u16(..))),
        }
    }
}

/// What a value is directly within.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Within {
    Nothing,
    Object,
    Array,
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Drop => "a key dropped",
            Self::Null => "a null",
            Self::Retype => "a scalar of another type",
            Self::Listify => "a value wrapped in a list",
            Self::UnknownKey => "an unknown key",
            Self::UnknownText => "an unknown text",
            Self::NullAtTop => "a null at the top",
        })
    }
}

/// A scalar of another type.
fn retyped(value: &Value, random: &mut Rng) -> Value {
    let others = [json!(true), json!(random.u16(..)), json!(format!("drift {}", random.u16(..)))];
    let is_other = |other: &&Value| {
        (other.is_boolean(), other.is_number(), other.is_string())
            != (value.is_boolean(), value.is_number(), value.is_string())
    };
    let others: Vec<&Value> = others.iter().filter(is_other).collect();
    others.get(random.usize(..others.len())).copied().cloned().unwrap_or_default()
}

/// A value with one change of a kind, and the place of the change, a JSON pointer (RFC 6901). `None`:
/// there is nothing in it to change like this.
pub fn change(value: &Value, kind: Kind, random: &mut Rng) -> Option<(String, Value)> {
    let mut places = Vec::new();
    find(value, kind, "", Within::Nothing, &mut places);
    let at = random.choice(places)?;
    let mut changed = value.clone();
    if kind == Kind::Drop {
        pointer::remove(&mut changed, &at)?;
    } else {
        let place = pointer::get_mut(&mut changed, &at)?;
        *place = kind.changed(place, random);
    }
    Some((at, changed))
}

/// The places that a kind can change, as JSON pointers.
fn find(value: &Value, kind: Kind, at: &str, within: Within, places: &mut Vec<String>) {
    if kind.fits(value, within) {
        places.push(at.to_owned());
    }
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                find(member, kind, &pointer::child(at, key), Within::Object, places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = pointer::child(at, &index.to_string());
                find(item, kind, &at, Within::Array, places);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_changes_one_place() {
        let value = json!({ "a": "x", "b": [1, { "c": true }] });
        let mut random = Rng::with_seed(1);
        for kind in Kind::ALL {
            for _ in 0..100 {
                let (at, changed) = change(&value, kind, &mut random).expect("it can");
                let (before, after) = (value.pointer(&at), changed.pointer(&at));
                let before = before.expect("a place of the value");
                match (kind, after) {
                    (Kind::Drop, after) => assert_eq!(after, None),
                    (Kind::Null, Some(after)) => {
                        assert!(after.is_null() && !at.is_empty());
                    }
                    (Kind::NullAtTop, Some(after)) => assert!(after.is_null() && at.is_empty()),
                    (Kind::Retype, Some(after)) => assert_ne!(kind_of(before), kind_of(after)),
                    (Kind::Listify, Some(after)) => assert_eq!(*after, json!([before])),
                    (Kind::UnknownKey, Some(Value::Object(after))) => {
                        assert_eq!(after.len(), before.as_object().map_or(0, Map::len) + 1);
                    }
                    (Kind::UnknownText, Some(after)) => {
                        assert!(before.is_string() && after.is_string() && before != after);
                    }
                    (kind, after) => panic!("{kind} gave {after:?}"),
                }
                let mut restored = changed.clone();
                if kind != Kind::Drop {
                    *restored.pointer_mut(&at).expect("the place") = before.clone();
                    assert_eq!(restored, value, "{kind} at {at}");
                }
            }
        }
    }

    fn kind_of(value: &Value) -> std::mem::Discriminant<Value> {
        std::mem::discriminant(value)
    }

    #[test]
    fn what_cannot_be_changed_is_not() {
        let mut random = Rng::with_seed(1);
        assert_eq!(change(&json!([1, 2]), Kind::Drop, &mut random), None);
        assert_eq!(change(&json!({ "a": null }), Kind::Null, &mut random), None);
        assert_eq!(change(&json!(null), Kind::NullAtTop, &mut random), None);
        assert_eq!(change(&json!(7), Kind::UnknownText, &mut random), None);
    }

    #[test]
    fn the_same_seed_makes_the_same_changes() {
        let value = json!({ "a": "x", "b": [1, { "c": true }] });
        let changes = |seed| -> Vec<_> {
            let mut random = Rng::with_seed(seed);
            Kind::ALL.iter().map(|kind| change(&value, *kind, &mut random)).collect()
        };
        assert_eq!(changes(7), changes(7));
    }
}

//! How two JSON values differ.

use std::fmt;

use jiff::Timestamp;
use serde_json::{Number, Value};

/// One place where a value came back differently.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// The place, as a JSONPath (RFC 9535).
    pub path: String,
    /// What happened there.
    pub change: Change,
}

/// What happened to a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// It did not come back.
    Lost(Value),
    /// It was not there before.
    Added(Value),
    /// It came back as another.
    Changed(Value, Value),
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.path)?;
        match &self.change {
            Change::Lost(value) => write!(formatter, "{value} was lost"),
            Change::Added(value) => write!(formatter, "{value} was added"),
            Change::Changed(before, after) => write!(formatter, "{before} became {after}"),
        }
    }
}

/// All differences between what was read and what was written. Numbers are equal by value, and
/// date-times (RFC 3339) where they are the same instant.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(before, after, "$", &mut found);
    found
}

fn compare(before: &Value, after: &Value, path: &str, found: &mut Vec<Difference>) {
    let mut push = |path: &str, change| found.push(Difference { path: path.to_owned(), change });
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let path = format!("{path}.{name}");
                match after.get(name) {
                    Some(after) => compare(value, after, &path, found),
                    None => found.push(Difference { path, change: Change::Lost(value.clone()) }),
                }
            }
            for (name, value) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                let path = format!("{path}.{name}");
                found.push(Difference { path, change: Change::Added(value.clone()) });
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(before, after, &format!("{path}[{index}]"), found);
            }
        }
        _ if is_equal(before, after) => {}
        _ => push(path, Change::Changed(before.clone(), after.clone())),
    }
}

fn is_equal(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Number(before), Value::Number(after)) => is_equal_number(before, after),
        (Value::String(before), Value::String(after)) => {
            before == after || is_same_instant(before, after)
        }
        _ => before == after,
    }
}

fn is_equal_number(before: &Number, after: &Number) -> bool {
    before == after || ((before.is_f64() || after.is_f64()) && before.as_f64() == after.as_f64())
}

fn is_same_instant(before: &str, after: &str) -> bool {
    match (before.parse::<Timestamp>(), after.parse::<Timestamp>()) {
        (Ok(before), Ok(after)) => before == after,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn texts(before: Value, after: Value) -> Vec<String> {
        differences(&before, &after).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_difference_has_its_place() {
        let before = json!({"a": [{"b": 1, "c": null}], "d": "x"});
        let after = json!({"a": [{"b": 2}], "d": "x", "e": true});
        assert_eq!(
            texts(before, after),
            ["$.a[0].b: 1 became 2", "$.a[0].c: null was lost", "$.e: true was added"]
        );
        assert_eq!(texts(json!([1]), json!([1, 2])), ["$: [1] became [1,2]"]);
    }

    #[test]
    fn numbers_are_equal_by_value_and_date_times_as_instants() {
        let before = json!([1, 1.5, "2026-01-31T12:00:00+02:00"]);
        let after = json!([1.0, 1.5, "2026-01-31T10:00:00.000Z"]);
        assert!(texts(before, after).is_empty());
        assert_eq!(texts(json!("1"), json!(1)).len(), 1);
        assert_eq!(texts(json!(u64::MAX), json!(u64::MAX - 1)).len(), 1);
        assert_eq!(texts(json!("2026-01-31"), json!("2026-01-31T00:00:00Z")).len(), 1);
    }
}

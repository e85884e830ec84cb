//! How two values differ.

use serde_json::Value;

/// The differences of two JSON values, each with its place. Numbers are equal by value, and
/// date-times as instants.
pub fn of_json(expected: &Value, given: &Value, place: &str) -> Vec<String> {
    match (expected, given) {
        (Value::Object(expected), Value::Object(given)) => {
            let added = given.iter().filter(|(name, _)| !expected.contains_key(*name));
            let added = added.map(|(name, value)| format!("{place}.{name}: {value} was added"));
            let changed = expected.iter().flat_map(|(name, value)| match given.get(name) {
                Some(given) => of_json(value, given, &format!("{place}.{name}")),
                None => vec![format!("{place}.{name}: {value} was lost")],
            });
            added.chain(changed).collect()
        }
        (Value::Array(expected), Value::Array(given)) if expected.len() == given.len() => {
            let pairs = expected.iter().zip(given).enumerate();
            pairs
                .flat_map(|(index, (one, other))| of_json(one, other, &format!("{place}[{index}]")))
                .collect()
        }
        _ if is_equal(expected, given) => Vec::new(),
        _ => vec![format!("{place}: expected {expected}, but it is {given}")],
    }
}

fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => is_equal_text(one, other),
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}

/// Whether two texts say the same: as they are, as instants, or as JSON.
pub fn is_equal_text(one: &str, other: &str) -> bool {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let json = |text: &str| match text.starts_with(['{', '[']) {
        true => serde_json::from_str::<Value>(text).ok(),
        false => None,
    };
    let is_same_json = |one: &str, other: &str| match (json(one), json(other)) {
        (Some(one), Some(other)) => of_json(&one, &other, "").is_empty(),
        _ => false,
    };
    one == other
        || instant(one).is_some_and(|instant_of_one| Some(instant_of_one) == instant(other))
        || is_same_json(one, other)
}

//! Bounds of numbers.

use serde_json::{Map, Value};

use super::enumeration::whole;

/// The two bounds, each with the keyword that excludes it.
const BOUNDS: [(&str, &str); 2] =
    [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")];

/// Brings the bounds to the form of 3.0: a number, and a flag that says whether it is excluded.
///
/// A bound of an integer that is no 64-bit integer goes, so that the schema stays an integer to openapiv3.
pub fn normalize(map: &mut Map<String, Value>) {
    for (bound, exclusive) in BOUNDS {
        join(map, bound, exclusive);
    }
    if map.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    make_unsigned(map);
    for (bound, exclusive) in BOUNDS {
        if !make_integer(map, bound) {
            map.shift_remove(exclusive);
        }
    }
    make_integer(map, "multipleOf");
}

/// Gives an integer whose maximum no signed one of 64 bits reaches, and that is never negative, the format of unsigned
/// ones.
fn make_unsigned(map: &mut Map<String, Value>) {
    let is_beyond = |maximum: &Value| match maximum.as_u64() {
        Some(maximum) => i64::try_from(maximum).is_err(),
        // As a float, 2^64 - 1 is 2^64.
        None => maximum.as_f64().is_some_and(|it| it >= 2f64.powi(63) && it <= 2f64.powi(64)),
    };
    let is_negative = map.get("minimum").and_then(Value::as_f64).is_some_and(|it| it < 0.0);
    let is_free = map.get("format").is_none_or(|format| format == "int64");
    if is_free && !is_negative && map.get("maximum").is_some_and(is_beyond) {
        map.insert("format".to_owned(), Value::from("uint64"));
    }
}

/// Joins a bound with an exclusive bound that is a number, as in 3.1; the stricter of the two stays.
fn join(map: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    let Some(value) = map.get(exclusive) else {
        return;
    };
    if value.is_boolean() {
        return;
    }
    let value = map.shift_remove(exclusive).filter(Value::is_number);
    let Some(value) = value else { return };
    let stricter = match (map.get(bound).and_then(Value::as_f64), value.as_f64()) {
        (Some(inclusive), Some(excluded)) if bound == "minimum" => excluded >= inclusive,
        (Some(inclusive), Some(excluded)) => excluded <= inclusive,
        _ => true,
    };
    if stricter {
        map.insert(bound.to_owned(), value);
        map.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

/// Makes a number an integer, or else removes it. Gives whether the keyword can stay.
fn make_integer(map: &mut Map<String, Value>, keyword: &str) -> bool {
    let Some(value) = map.get_mut(keyword) else {
        return true;
    };
    if value.is_i64() {
        return true;
    }
    // A float beyond 2^53 may stand for another integer than the one that was written.
    let exact = value.as_f64().filter(|it| it.abs() <= 2f64.powi(53));
    if let Some(integer) = whole(exact).filter(|_| value.is_f64()) {
        *value = Value::from(integer);
        return true;
    }
    map.shift_remove(keyword);
    false
}

//! Expressions for values that hold no others.
//!
//! An *exact* expression is of its type whatever stands around it; one that is not exact is an
//! argument of type `impl Into<T>`, where a literal needs a suffix that rustc does not infer.

use serde_json::Value;

use crate::ir::{EnumValue, Scope, Type};
use crate::render::rust;

/// How many entries of a list or an object in free JSON are shown.
const BREADTH: usize = 4;

/// How deep free JSON is shown.
const DEPTH: usize = 4;

/// A string, whatever the example is.
pub fn string(example: Option<&Value>, exact: bool) -> String {
    let text = match example {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => "value".to_owned(),
        Some(other) => other.to_string(),
    };
    let literal = rust::string(&text);
    if exact { format!("{literal}.to_owned()") } else { literal }
}

/// An integer of that type: the example where it is one, or else 1.
pub fn integer(ty: &Type, example: Option<&Value>, exact: bool) -> String {
    let range = match ty {
        Type::Int32 => i32::MIN.into()..=i32::MAX.into(),
        Type::UInt64 => 0..=u64::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    };
    let given = example.and_then(|example| {
        example.as_i64().map(i128::from).or_else(|| example.as_u64().map(i128::from))
    });
    let number = given.filter(|number| range.contains(number)).unwrap_or(1);
    // Without a suffix, rustc takes what goes into `impl Into<T>` for an `i32`.
    let is_inferred = exact || (*ty != Type::UInt64 && i32::try_from(number).is_ok());
    if is_inferred { number.to_string() } else { format!("{number}_{}", ty.rust(Scope::MODELS)) }
}

/// A number: the example where it is one, or else 1.0.
pub fn float(example: Option<&Value>) -> String {
    format!("{:?}", example.and_then(Value::as_f64).unwrap_or(1.0))
}

/// A day: the example where it is one (RFC 3339, `full-date`).
pub fn date(example: Option<&Value>) -> String {
    let text = example.and_then(Value::as_str).unwrap_or_default();
    let (year, month, day) = day(text).unwrap_or((2026, 1, 31));
    format!("jiff::civil::date({year}, {month}, {day})")
}

/// A point in time: the example where it looks like one (RFC 3339, `date-time`).
pub fn timestamp(example: Option<&Value>) -> String {
    let given = example.and_then(Value::as_str).filter(|text| is_timestamp(text));
    let text = rust::string(given.unwrap_or("2026-01-31T12:00:00Z"));
    format!("{text}.parse::<jiff::Timestamp>()?")
}

/// The year, month and day of a text that names a day of the calendar.
fn day(text: &str) -> Option<(u16, u16, u16)> {
    let parts: Option<Vec<u16>> = text.split('-').map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts?[..] else { return None };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let exists = (1..=9999).contains(&year) && (1..=12).contains(&month);
    (exists && (1..=last).contains(&day)).then_some((year, month, day))
}

/// Whether a text has a day, a time and an offset.
fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't']) else { return false };
    let clock = time.strip_suffix(['Z', 'z']).or_else(|| Some(time.split_once(['+', '-'])?.0));
    let is_clock = |clock: &str| {
        clock.len() >= 8 && clock.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
    };
    day(date).is_some() && clock.is_some_and(is_clock)
}

/// A value of an open enum of strings, by its variant where the document lists it.
pub fn string_variant(path: &str, values: &[EnumValue], example: Option<&Value>) -> String {
    let text = example.and_then(Value::as_str);
    listed(path, values, example)
        .or_else(|| Some(format!("{path}::from({})", rust::string(text?))))
        .or_else(|| first(path, values))
        .unwrap_or_else(|| format!("{path}::from(\"value\")"))
}

/// A value of an open enum of integers, by its variant where the document lists it.
pub fn integer_variant(path: &str, values: &[EnumValue], example: Option<&Value>) -> String {
    let number = example.and_then(Value::as_i64);
    listed(path, values, example)
        .or_else(|| Some(format!("{path}::from({})", number?)))
        .or_else(|| first(path, values))
        .unwrap_or_else(|| format!("{path}::from(1)"))
}

fn listed(path: &str, values: &[EnumValue], example: Option<&Value>) -> Option<String> {
    let value = values.iter().find(|value| Some(&value.value) == example)?;
    Some(format!("{path}::{}", value.ident))
}

fn first(path: &str, values: &[EnumValue]) -> Option<String> {
    Some(format!("{path}::{}", values.first()?.ident))
}

/// Any JSON, as `serde_json::json!` has it.
pub fn json(example: Option<&Value>) -> String {
    format!("serde_json::json!({})", json_tokens(example.unwrap_or(&Value::Null), 0))
}

/// A JSON value as Rust tokens; little enough of it for the macro's recursion.
fn json_tokens(value: &Value, depth: usize) -> String {
    match value {
        Value::String(text) => rust::string(text),
        Value::Array(items) if depth < DEPTH => {
            let items: Vec<String> =
                items.iter().take(BREADTH).map(|item| json_tokens(item, depth + 1)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) if depth < DEPTH => {
            let entries: Vec<String> = entries
                .iter()
                .take(BREADTH)
                .map(|(key, item)| {
                    format!("{}: {}", rust::string(key), json_tokens(item, depth + 1))
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(_) => "[]".to_owned(),
        Value::Object(_) => "{}".to_owned(),
        // A suffix, since rustc takes a bare integer for an `i32`.
        Value::Number(number) if number.is_u64() && !number.is_i64() => format!("{number}_u64"),
        Value::Number(number) => match number.as_i64() {
            Some(large) if i32::try_from(large).is_err() => format!("{large}_i64"),
            Some(small) => small.to_string(),
            None => format!("{:?}", number.as_f64().unwrap_or(1.0)),
        },
        Value::Bool(_) | Value::Null => value.to_string(),
    }
}

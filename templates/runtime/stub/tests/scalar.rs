//! Which JSON values a scalar takes, and whether they are written as they came.

use std::fmt::Debug;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::runtime::json::{Limits, validated};
use crate::runtime::model::{Property, Written};

/// The value, and whether its text has to be kept.
fn read<T: Property>(json: &'static str) -> Option<(T, bool)> {
    let text = validated(json.as_bytes(), Limits::default()).expect("JSON");
    T::read(&text).expect("no limit").map(|value| (value, text.odd() > 0))
}

/// It is read as that, and written as it came.
fn same<T: Property + PartialEq + Debug>(json: &'static str, value: T) {
    let written = serde_json::to_string(&Written(&value)).expect("JSON");
    assert_eq!(written, json);
    assert_eq!(read(json), Some((value, false)), "{json}");
}

/// It is read as that, and is not written as it came.
fn odd<T: Property + PartialEq + Debug>(json: &'static str, value: T) {
    assert_eq!(read(json), Some((value, true)), "{json}");
}

fn other<T: Property + PartialEq + Debug>(json: &'static str) {
    assert_eq!(read::<T>(json), None, "{json}");
}

#[test]
fn texts_and_flags_are_of_their_type() {
    same(r#""a""#, "a".to_owned());
    odd(r#""\ud800""#, "\u{fffd}".to_owned());
    other::<String>("1");
    same("true", true);
    other::<bool>(r#""true""#);
    other::<bool>("0");
}

#[test]
fn integers_are_those_of_json_schema() {
    same("-1", -1_i32);
    odd("1.0", 1_i32);
    odd("-0", 0_i64);
    odd("3e2", 300_u64);
    same("18446744073709551615", u64::MAX);
    other::<i64>("18446744073709551615");
    other::<i32>("1099511627776");
    other::<u64>("-1");
    other::<i64>("1.5");
    other::<i64>("1e300");
    other::<i64>(r#""3""#);
}

#[test]
fn whole_numbers_are_written_without_a_fraction() {
    same("3", 3.0_f64);
    odd("3.0", 3.0_f64);
    same("-2", -2.0_f32);
    odd("-0.0", 0.0_f64);
}

#[test]
fn numbers_are_kept_to_the_last_digit() {
    same("0.1", 0.1_f64);
    same("0.1", 0.1_f32);
    same("-12.375", -12.375_f64);
    odd("0.10", 0.1_f64);
    odd("1e3", 1000.0_f64);
    odd("0.42187801003456116", 0.421_878_010_034_561_16_f64);
    odd("1e400", f64::INFINITY);
    other::<f64>("9223372036854775806");
    other::<f32>("16777217");
    other::<f32>("0.123456789012");
}

#[test]
fn dates_are_those_of_rfc_3339() {
    let noon: Timestamp = "2026-01-31T12:00:00Z".parse().expect("a date-time");
    same(r#""2026-01-31T12:00:00Z""#, noon);
    odd(r#""2026-01-31T14:00:00+02:00""#, noon);
    // Forms of ISO 8601 that RFC 3339 does not have.
    for json in [
        r#""2026-01-31T12:00Z""#,
        r#""2026-01-31T120000Z""#,
        r#""2026-01-31T12:00:00,0Z""#,
        r#""20260131T12:00:00Z""#,
        r#""2026-01-31 12:00:00Z""#,
    ] {
        odd(json, noon);
    }
    let end = "2016-12-31T23:59:59Z".parse::<Timestamp>().expect("a date-time");
    odd(r#""2016-12-31T23:59:60Z""#, end);
    for json in [r#""2026-01-31""#, r#""2026-01-31T12:00:00""#, r#""""#, r#""soon""#, "0"] {
        other::<Timestamp>(json);
    }
    same(r#""2026-01-31""#, "2026-01-31".parse::<Date>().expect("a date"));
    for json in [r#""2026-01-31T00:00:00""#, r#""2026-02-30""#, r#""soon""#, r#""""#] {
        other::<Date>(json);
    }
}

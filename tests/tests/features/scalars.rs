//! Formats, and numbers at the edge of what fits.

use std::net::Ipv4Addr;

use features_sdk::models::Formats;
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};

use crate::support::{kept, read};

#[test]
fn a_format_is_a_type_where_rust_has_one() {
    let formats: Formats = kept(json!({
        "date": "2026-02-03",
        "dateTime": "2026-02-03T04:05:06.789Z",
        "int32": -5,
        "float": 0.5,
        "double": 1e300,
        "decimal": 12.25,
    }));
    assert_eq!(formats.date, Some(date(2026, 2, 3)));
    let expected: Timestamp = "2026-02-03T04:05:06.789Z".parse().expect("a time");
    assert_eq!(formats.date_time, Some(expected));
    assert_eq!((formats.int32, formats.float, formats.double), (Some(-5), Some(0.5), Some(1e300)));
}

#[test]
fn other_formats_stay_text() {
    let text = json!({
        "uuid": "no uuid", "uri": "no uri", "byte": "YQ==", "email": "no mail", "duration": "P1D",
    });
    let formats: Formats = kept(text.clone());
    let fields = [formats.uuid, formats.uri, formats.byte, formats.email, formats.duration];
    let fields: Vec<Value> = fields.into_iter().flatten().map(Value::from).collect();
    let values: Vec<Value> = text.as_object().expect("an object").values().cloned().collect();
    assert_eq!(fields, values);
}

#[test]
fn integers_reach_to_the_end_of_64_bits() {
    let formats: Formats = kept(json!({ "int64": i64::MIN, "uint64": u64::MAX, "huge": i64::MAX }));
    assert_eq!(formats.int64, Some(i64::MIN));
    assert_eq!(formats.uint64, Some(u64::MAX));
    assert_eq!(formats.huge, Some(i64::MAX));
}

#[test]
fn an_integer_whose_own_default_is_beyond_a_signed_one_is_unsigned() {
    let formats: Formats = kept(json!({ "beyond": 9_223_372_036_854_776_000_u64 }));
    assert_eq!(formats.beyond, Some(9_223_372_036_854_776_000_u64));
}

#[test]
fn a_float_keeps_the_digits_that_single_precision_has_no_place_for() {
    let formats: Formats = kept(json!({ "float": 0.123_456_789_012 }));
    assert_eq!(formats.float, Some(0.123_456_789_012));
}

#[test]
fn a_value_that_does_not_fit_is_kept_beside_its_field() {
    let formats: Formats =
        kept(json!({ "int32": 3_000_000_000_u32, "huge": u64::MAX, "dateTime": "soon" }));
    assert_eq!((formats.int32, formats.huge, formats.date_time), (None, None, None));
}

#[test]
fn a_schema_or_a_format_may_be_a_type_of_the_users() {
    let formats: Formats = kept(json!({ "address": "192.0.2.1", "amount": 5, "port": 443 }));
    assert_eq!(formats.address, Some(Ipv4Addr::new(192, 0, 2, 1)));
    assert_eq!(formats.amount.map(std::num::NonZeroU64::get), Some(5));
    assert_eq!(formats.port.map(std::num::NonZeroU16::get), Some(443));
    let odd: Formats = kept(json!({ "address": "here", "amount": 0, "port": 0 }));
    assert_eq!((odd.address, odd.amount, odd.port), (None, None, None));
}

#[test]
fn a_type_of_the_users_may_come_from_a_crate_of_its_own() {
    let formats: Formats = read(json!({ "weights": { "z": 1.5, "a": 2.0 } }));
    let weights = formats.weights.expect("there are weights");
    // In the order of arrival, which the map of the SDK itself does not keep.
    assert_eq!(weights.keys().collect::<Vec<_>>(), ["z", "a"]);
}

//! Integers as JSON Schema has them.

use serde_json::json;

use crate::runtime::model::integer::{of_json, read};

#[test]
fn a_float_without_a_fraction_is_an_integer() {
    assert_eq!(of_json(&json!(1.0)), Some(1_i32));
    assert_eq!(of_json(&json!(-2.0)), Some(-2_i64));
    assert_eq!(of_json::<i64>(&json!(1.5)), None);
    assert_eq!(of_json::<i64>(&json!(1e300)), None);
    assert_eq!(of_json::<u64>(&json!(-1.0)), None);
    assert_eq!(read::<i64, _>(json!(3.0)).ok(), Some(3));
}

#[test]
fn an_integer_has_to_fit_its_type() {
    assert_eq!(of_json(&json!(u64::MAX)), Some(u64::MAX));
    assert_eq!(of_json::<i64>(&json!(u64::MAX)), None);
    let error = read::<i32, _>(json!(3_000_000_000_u64)).unwrap_err().to_string();
    assert_eq!(error, "invalid value: integer `3000000000`, expected an integer (i32)");
    let error = read::<i32, _>(json!("3")).unwrap_err().to_string();
    assert_eq!(error, "invalid type: string \"3\", expected an integer (i32)");
}

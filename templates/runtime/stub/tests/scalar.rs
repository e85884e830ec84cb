//! Which JSON values a scalar takes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use crate::runtime::model::scalar::Scalar;

#[test]
fn what_fits_is_taken() {
    assert_eq!(String::from_json(json!("a")), Ok("a".to_owned()));
    assert_eq!(i32::from_json(json!(-1)), Ok(-1));
    assert_eq!(f64::from_json(json!(1)), Ok(1.0));
    assert_eq!(f32::from_json(json!(0.1)), Ok(0.1));
    let noon = "2026-01-31T12:00:00Z";
    assert_eq!(Timestamp::from_json(json!(noon)), Ok(noon.parse().unwrap()));
}

#[test]
fn what_does_not_fit_comes_back() {
    assert_eq!(String::from_json(json!(1)), Err(json!(1)));
    assert_eq!(bool::from_json(json!("true")), Err(json!("true")));
    assert_eq!(i32::from_json(json!(1_u64 << 40)), Err(json!(1_u64 << 40)));
    assert_eq!(i64::from_json(json!(u64::MAX)), Err(json!(u64::MAX)));
    assert_eq!(i64::from_json(json!(1.5)), Err(json!(1.5)));
    assert_eq!(f64::from_json(json!(i64::MAX - 1)), Err(json!(i64::MAX - 1)));
    assert_eq!(f32::from_json(json!(16_777_217)), Err(json!(16_777_217)));
    assert_eq!(Timestamp::from_json(json!("2026-01-31")), Err(json!("2026-01-31")));
    assert_eq!(Date::from_json(json!("soon")), Err(json!("soon")));
    let midnight = "2026-01-31T00:00:00";
    assert_eq!(Date::from_json(json!(midnight)), Err(json!(midnight)));
}

#[test]
fn numbers_are_read_to_the_last_digit() {
    let text = "0.42187801003456116";
    let number: f64 = serde_json::from_str(text).unwrap();
    assert_eq!(number.to_string(), text);
}

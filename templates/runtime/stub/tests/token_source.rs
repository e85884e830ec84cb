//! How long an access token lives (RFC 6749).

use std::time::Duration;

use serde_json::{Value, json};

use crate::runtime::oauth::token_source::{DEFAULT_LIFE, MAX_LIFE, life};

#[test]
fn a_life_is_a_number_of_seconds_from_now() {
    let cases = [
        (json!(60), 60),
        (json!("60"), 60),
        (json!(60.0), 60),
        (Value::Null, DEFAULT_LIFE),
        (json!(u64::MAX), MAX_LIFE),
        (json!(1e300), MAX_LIFE),
        (json!("inf"), MAX_LIFE),
        (json!(-1), 0),
        (json!(i64::MIN), 0),
        (json!(-1e300), 0),
        (json!("NaN"), 0),
        (json!("soon"), 0),
        (json!([60]), 0),
    ];
    for (expires_in, seconds) in cases {
        assert_eq!(life(&expires_in), Duration::from_secs(seconds), "{expires_in}");
    }
}

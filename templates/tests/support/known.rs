//! What a model knows. It keeps what it does not know, so that a wrong name alone would lose
//! nothing.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::Value;

use {{ library }}::runtime::model::{Object, Properties};

/// Panics unless a model has a field for each of these properties, and for no other.
pub fn has_properties<M: Object>(expected: &[&str]) {
    check_names(M::PROPERTIES, expected);
}

/// Not generic, so that it is compiled once.
fn check_names(properties: Properties, expected: &[&str]) {
    let mut expected = expected.to_vec();
    let mut known = [properties.required, properties.others].concat();
    expected.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, expected, "the properties of {}", properties.model);
}

/// Panics unless an enum has a variant for each of these values.
pub fn has_values<E: DeserializeOwned + Debug>(expected: &[impl Into<Value> + Copy]) {
    for &value in expected {
        let value = value.into();
        let shown = format!("{:?}", E::deserialize(&value));
        check_known(std::any::type_name::<E>(), &value, &shown);
    }
}

fn check_known(model: &str, value: &Value, shown: &str) {
    let is_known = shown.starts_with("Ok(") && !shown.starts_with("Ok(Unknown(");
    assert!(is_known, "{value} is no value of {model}: {shown}");
}

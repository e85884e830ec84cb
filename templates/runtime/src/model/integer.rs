//! Integers as JSON has them: `1.0` is one (JSON Schema 2020-12, validation, section 6.1.1).

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde_json::Value;

/// The first integer that is as near to its neighbours as two floating-point numbers are.
const LIMIT: f64 = 9_007_199_254_740_992.0;

/// A type that some integers fit.
pub trait Integer: TryFrom<i128> {}

impl<T: TryFrom<i128>> Integer for T {}

/// The integer that a JSON value is.
pub fn of_json<T: Integer>(value: &Value) -> Option<T> {
    if let Some(integer) = value.as_i64() {
        return of_integer(integer);
    }
    if let Some(integer) = value.as_u64() {
        return of_integer(integer);
    }
    value.as_f64().and_then(of_float)
}

fn of_integer<T: Integer>(integer: impl Into<i128>) -> Option<T> {
    integer.into().try_into().ok()
}

fn of_float<T: Integer>(float: f64) -> Option<T> {
    let is_integer = float.fract() == 0.0 && float.abs() < LIMIT;
    is_integer.then_some(float as i128)?.try_into().ok()
}

/// Reads an integer.
///
/// # Errors
///
/// The value is no integer, or the type is too small for it.
pub fn read<'de, T: Integer, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(IntegerVisitor(PhantomData))
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an integer ({})", type_name::<T>())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        of_integer(value).ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        of_integer(value).ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        of_float(value).ok_or_else(|| E::invalid_type(Unexpected::Float(value), &self))
    }
}

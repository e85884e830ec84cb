//! The scalars among the [properties](super::Property): texts, numbers, flags and dates.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::integer;
use super::property::{Attempted, Property};
use crate::runtime::json::Reading;

/// A type whose values are JSON scalars.
pub trait Scalar: DeserializeOwned {
    /// Takes the value, or gives it back where it does not fit.
    ///
    /// # Errors
    ///
    /// The value itself.
    fn from_json(value: Value) -> Attempted<Self>;

    /// Reads a value that has to be of the type, but not of its format.
    ///
    /// # Errors
    ///
    /// The value is not of the type.
    fn strict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        Self::whole(deserializer).map(Ok)
    }

    /// Reads a value that has to fit.
    ///
    /// # Errors
    ///
    /// It does not.
    fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// Makes types that are a [`Scalar`] a [`Property`].
macro_rules! scalar_properties {
    ($($name:ty),+) => {$(
        impl<'de> Property<'de> for $name {
            fn attempt<D: Deserializer<'de>>(
                deserializer: D,
                _reading: Reading<'_>,
            ) -> Result<Attempted<Self>, D::Error> {
                let value = Value::deserialize(deserializer)?;
                Ok(Scalar::from_json(value))
            }

            fn strict<D: Deserializer<'de>>(
                deserializer: D,
                _reading: Reading<'_>,
            ) -> Result<Attempted<Self>, D::Error> {
                Scalar::strict(deserializer)
            }

            fn whole<D: Deserializer<'de>>(
                deserializer: D,
                _reading: Reading<'_>,
            ) -> Result<Self, D::Error> {
                Scalar::whole(deserializer)
            }
        }
    )+};
}

/// Makes types that are only known as a whole a [`Property`]: a type of the user's, that
/// takes the place of a generated one.
#[allow(unused_macros, reason = "not every SDK has one")]
macro_rules! opaque_properties {
    ($($name:ty),+ $(,)?) => {$(
        impl<'de> $crate::runtime::model::Property<'de> for $name {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
                _reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                $crate::runtime::model::attempt_opaque(deserializer)
            }

            fn strict<D: serde::Deserializer<'de>>(
                deserializer: D,
                _reading: $crate::runtime::model::Reading<'_>,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                $crate::runtime::model::strict_opaque(deserializer)
            }
        }
    )+};
}

/// Reads a value of a type of which nothing else is known.
pub fn attempt_opaque<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Attempted<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(&value).map_err(|_| value))
}

/// As [`attempt_opaque`], but only gives back a text: it may be of another format.
pub fn strict_opaque<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Attempted<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    match T::deserialize(&value) {
        Ok(fit) => Ok(Ok(fit)),
        Err(_) if value.is_string() => Ok(Err(value)),
        Err(error) => Err(D::Error::custom(error)),
    }
}

opaque_properties! { super::FilePart }

scalar_properties! { String, bool, i32, i64, u64, f64, f32, Timestamp, Date }

/// The integers.
macro_rules! integer_scalars {
    ($($name:ty),+) => {$(
        impl Scalar for $name {
            fn from_json(value: Value) -> Attempted<Self> {
                integer::of_json(&value).ok_or(value)
            }

            fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                integer::read(deserializer)
            }
        }
    )+};
}

integer_scalars! { i32, i64, u64 }

/// The texts of a format, each with a test of what reads as one but would be written otherwise.
macro_rules! text_scalars {
    ($($name:ty: $is_kept:expr),+) => {$(
        impl Scalar for $name {
            fn from_json(value: Value) -> Attempted<Self> {
                let text = value.as_str().filter($is_kept);
                text.and_then(|text| text.parse().ok()).ok_or(value)
            }

            fn strict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
                String::deserialize(deserializer).map(|text| Self::from_json(Value::String(text)))
            }
        }
    )+};
}

text_scalars! { Timestamp: |_| true, Date: is_full_date }

/// Whether a text can be a `full-date` (RFC 3339, section 5.6). One with a time reads as a date,
/// too, and would lose the time.
fn is_full_date(text: &&str) -> bool {
    text.len() == "2000-12-31".len()
}

impl Scalar for String {
    fn from_json(value: Value) -> Attempted<Self> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        }
    }
}

impl Scalar for bool {
    fn from_json(value: Value) -> Attempted<Self> {
        value.as_bool().ok_or(value)
    }
}

impl Scalar for f64 {
    /// An integer that no `f64` is equal to does not fit.
    fn from_json(value: Value) -> Attempted<Self> {
        let is_same = |number: &f64| match (value.as_i64(), value.as_u64()) {
            (Some(integer), _) => *number as i64 == integer,
            (None, Some(integer)) => *number as u64 == integer,
            (None, None) => true,
        };
        value.as_f64().filter(is_same).ok_or(value)
    }
}

impl Scalar for f32 {
    /// A number of more digits than an `f32` has does not fit.
    fn from_json(value: Value) -> Attempted<Self> {
        let Some(number) = value.as_f64() else { return Err(value) };
        let short = number as Self;
        // The shortest text of an `f32` is the text of the number, or else it has lost digits.
        match short.to_string().parse::<f64>() {
            Ok(read) if read == number => Ok(short),
            _ => Err(value),
        }
    }
}

//! Properties that keep what does not fit, so that no server can break a model with one.
//!
//! An optional property whose value is not what the schema says is absent, and the value is kept
//! beside the field as it came: one odd value does not cost the whole answer, and goes back
//! unchanged. A required property has to fit. Where misfits are refused, only a null and a text
//! that is not of its format are kept.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::Value;

use crate::runtime::json::Reading;

/// What fits, or the value as it came.
pub type Attempted<T> = Result<T, Value>;

/// A type that a value is read into where it fits, and is given back from where it does not.
///
/// Each function takes the text that is read, and hands it on to the values within.
pub trait Property<'de>: Deserialize<'de> {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// The value is no JSON, or is an object that lacks what it requires.
    fn attempt<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error>;

    /// Reads a value where misfits are refused.
    ///
    /// # Errors
    ///
    /// The value is not of the type; a text that is not of its format is given back.
    fn strict<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        Self::whole(deserializer, reading).map(Ok)
    }

    /// As [`strict`](Self::strict), but gives a null back, too, unless the type has one.
    ///
    /// # Errors
    ///
    /// The value is neither null nor of the type.
    fn strict_or_null<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        deserializer.deserialize_option(OrNull(reading, PhantomData))
    }

    /// Reads a value that has to fit.
    ///
    /// # Errors
    ///
    /// It does not.
    fn whole<D: Deserializer<'de>>(
        deserializer: D,
        _reading: Reading<'_>,
    ) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// Reads a [`Property`] wherever serde takes a seed.
pub struct Attempt<'r, T>(pub Reading<'r>, pub PhantomData<T>);

impl<'de, T: Property<'de>> DeserializeSeed<'de> for Attempt<'_, T> {
    type Value = Attempted<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Attempted<T>, D::Error> {
        if self.0.refuses_misfits() {
            T::strict(deserializer, self.0)
        } else {
            T::attempt(deserializer, self.0)
        }
    }
}

/// Reads a [`Property`] that may be null: that is given back even where misfits are refused.
pub struct AttemptOrNull<'r, T>(pub Reading<'r>, pub PhantomData<T>);

impl<'de, T: Property<'de>> DeserializeSeed<'de> for AttemptOrNull<'_, T> {
    type Value = Attempted<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Attempted<T>, D::Error> {
        if self.0.refuses_misfits() {
            T::strict_or_null(deserializer, self.0)
        } else {
            T::attempt(deserializer, self.0)
        }
    }
}

/// Takes a null, or what is of the type.
struct OrNull<'r, T>(Reading<'r>, PhantomData<T>);

impl<'de, T: Property<'de>> Visitor<'de> for OrNull<'_, T> {
    type Value = Attempted<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_none<E: Error>(self) -> Result<Attempted<T>, E> {
        Ok(Err(Value::Null))
    }

    fn visit_unit<E: Error>(self) -> Result<Attempted<T>, E> {
        Ok(Err(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Attempted<T>, D::Error> {
        T::strict(deserializer, self.0)
    }
}

/// Reads a [`Property`] that has to fit.
pub struct Whole<'r, T>(pub Reading<'r>, pub PhantomData<T>);

impl<'de, T: Property<'de>> DeserializeSeed<'de> for Whole<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::whole(deserializer, self.0)
    }
}

impl<'de> Property<'de> for Value {
    fn attempt<D: Deserializer<'de>>(
        deserializer: D,
        _reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        Self::deserialize(deserializer).map(Ok)
    }
}

impl<'de, T: Property<'de>> Property<'de> for Option<T> {
    fn attempt<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        T::attempt(deserializer, reading).map(or_null)
    }

    fn strict<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        T::strict_or_null(deserializer, reading).map(or_null)
    }

    fn strict_or_null<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        Self::strict(deserializer, reading)
    }

    fn whole<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Whole::<T>(reading, PhantomData))
    }
}

impl<'de, T: Property<'de>> Visitor<'de> for Whole<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("option")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::whole(deserializer, self.0).map(Some)
    }
}

/// Takes a null for a value.
fn or_null<T>(attempted: Attempted<T>) -> Attempted<Option<T>> {
    match attempted {
        Ok(value) => Ok(Some(value)),
        Err(Value::Null) => Ok(None),
        Err(other) => Err(other),
    }
}

/// A type whose values are JSON objects or arrays. What a type does not say, does not fit.
pub trait Container<'de>: Sized {
    /// What is expected, for error messages.
    const EXPECTED: &'static str;

    fn of_object<A: MapAccess<'de>>(
        map: A,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, A::Error> {
        let object = Value::deserialize(MapAccessDeserializer::new(map))?;
        misfit(object, Unexpected::Map, reading)
    }

    fn of_array<A: SeqAccess<'de>>(
        items: A,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, A::Error> {
        let array = Value::deserialize(SeqAccessDeserializer::new(items))?;
        misfit(array, Unexpected::Seq, reading)
    }
}

/// Gives a value back that does not fit, or the error where misfits are refused.
fn misfit<'de, T: Container<'de>, E: Error>(
    value: impl Into<Value>,
    unexpected: Unexpected<'_>,
    reading: Reading<'_>,
) -> Result<Attempted<T>, E> {
    if reading.refuses_misfits() {
        return Err(E::invalid_type(unexpected, &T::EXPECTED));
    }
    Ok(Err(value.into()))
}

/// Reads a [`Container`].
pub fn attempt_container<'de, T: Container<'de>, D: Deserializer<'de>>(
    deserializer: D,
    reading: Reading<'_>,
) -> Result<Attempted<T>, D::Error> {
    deserializer.deserialize_any(ContainerVisitor(reading, PhantomData))
}

struct ContainerVisitor<'r, T>(Reading<'r>, PhantomData<T>);

impl<'de, T: Container<'de>> Visitor<'de> for ContainerVisitor<'_, T> {
    type Value = Attempted<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Attempted<T>, A::Error> {
        T::of_object(map, self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Attempted<T>, A::Error> {
        T::of_array(items, self.0)
    }

    fn visit_unit<E: Error>(self) -> Result<Attempted<T>, E> {
        misfit(Value::Null, Unexpected::Unit, self.0)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Bool(value), self.0)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Signed(value), self.0)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Unsigned(value), self.0)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Float(value), self.0)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Str(value), self.0)
    }
}

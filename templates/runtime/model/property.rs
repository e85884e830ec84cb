//! Properties that keep what does not fit, so that no server can break a model with one.
//!
//! An optional property whose value is not what the schema says is absent, and the value is kept
//! beside the field as it came: one odd value does not cost the whole answer, and goes back
//! unchanged. A required property has to fit. Where misfits are refused, only a null and a text
//! that is not of its format are kept.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Value};

use super::misfits;

/// What fits, or the value as it came.
pub type Attempted<T> = Result<T, Value>;

/// A type that a value is read into where it fits, and is given back from where it does not.
pub trait Property<'de>: Deserialize<'de> {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// The value is no JSON, or is an object that lacks what it requires.
    fn attempt<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error>;

    /// Reads a value where misfits are refused.
    ///
    /// # Errors
    ///
    /// The value is not of the type; a text that is not of its format is given back.
    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        Self::deserialize(deserializer).map(Ok)
    }

    /// As [`strict`](Self::strict), but gives a null back, too, unless the type has one.
    ///
    /// # Errors
    ///
    /// The value is neither null nor of the type.
    fn strict_or_null<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Attempted<Self>, D::Error> {
        deserializer.deserialize_option(OrNull(PhantomData))
    }

    /// Reads a value that has to fit.
    ///
    /// # Errors
    ///
    /// It does not.
    fn whole<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}

/// Reads a [`Property`] wherever serde takes a seed.
pub struct Attempt<T>(PhantomData<T>);

impl<T> Attempt<T> {
    pub const NEW: Self = Self(PhantomData);
}

impl<'de, T: Property<'de>> DeserializeSeed<'de> for Attempt<T> {
    type Value = Attempted<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Attempted<T>, D::Error> {
        if misfits::are_refused() { T::strict(deserializer) } else { T::attempt(deserializer) }
    }
}

/// As [`Attempt`], but gives back a null even where misfits are refused.
pub struct AttemptOrNull<T>(PhantomData<T>);

impl<T> AttemptOrNull<T> {
    pub const NEW: Self = Self(PhantomData);
}

impl<'de, T: Property<'de>> DeserializeSeed<'de> for AttemptOrNull<T> {
    type Value = Attempted<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Attempted<T>, D::Error> {
        if misfits::are_refused() {
            T::strict_or_null(deserializer)
        } else {
            T::attempt(deserializer)
        }
    }
}

/// Takes a null, or what is of the type.
struct OrNull<T>(PhantomData<T>);

impl<'de, T: Property<'de>> Visitor<'de> for OrNull<T> {
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
        T::strict(deserializer)
    }
}

/// Reads a [`Property`] that has to fit.
pub struct Whole<T>(PhantomData<T>);

impl<T> Whole<T> {
    pub const NEW: Self = Self(PhantomData);
}

impl<'de, T: Property<'de>> DeserializeSeed<'de> for Whole<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::whole(deserializer)
    }
}

impl<'de> Property<'de> for Value {
    fn attempt<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        Self::deserialize(deserializer).map(Ok)
    }
}

impl<'de, T: Property<'de>> Property<'de> for Option<T> {
    fn attempt<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        T::attempt(deserializer).map(or_null)
    }

    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        T::strict_or_null(deserializer).map(or_null)
    }

    fn strict_or_null<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Attempted<Self>, D::Error> {
        Self::strict(deserializer)
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

    fn of_object<A: MapAccess<'de>>(map: A) -> Result<Attempted<Self>, A::Error> {
        let object = Value::deserialize(MapAccessDeserializer::new(map))?;
        misfit(object, Unexpected::Map)
    }

    fn of_array<A: SeqAccess<'de>>(items: A) -> Result<Attempted<Self>, A::Error> {
        let array = Value::deserialize(SeqAccessDeserializer::new(items))?;
        misfit(array, Unexpected::Seq)
    }
}

/// Gives a value back that does not fit, or the error where misfits are refused.
fn misfit<'de, T: Container<'de>, E: Error>(
    value: impl Into<Value>,
    unexpected: Unexpected<'_>,
) -> Result<Attempted<T>, E> {
    if misfits::are_refused() {
        return Err(E::invalid_type(unexpected, &T::EXPECTED));
    }
    Ok(Err(value.into()))
}

/// Reads a [`Container`].
pub fn attempt_container<'de, T: Container<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Attempted<T>, D::Error> {
    deserializer.deserialize_any(ContainerVisitor(PhantomData))
}

struct ContainerVisitor<T>(PhantomData<T>);

impl<'de, T: Container<'de>> Visitor<'de> for ContainerVisitor<T> {
    type Value = Attempted<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Attempted<T>, A::Error> {
        T::of_object(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Attempted<T>, A::Error> {
        T::of_array(items)
    }

    fn visit_unit<E: Error>(self) -> Result<Attempted<T>, E> {
        misfit(Value::Null, Unexpected::Unit)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Attempted<T>, E> {
        misfit(value, Unexpected::Str(value))
    }
}

impl<'de, T: Property<'de> + Serialize> Container<'de> for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn of_array<A: SeqAccess<'de>>(mut items: A) -> Result<Attempted<Self>, A::Error> {
        let mut list = Self::new();
        while let Some(item) = items.next_element_seed(Attempt::<T>::NEW)? {
            match item {
                Ok(item) => list.push(item),
                Err(misfit) => {
                    let mut raw = raw(list)?;
                    raw.push(misfit);
                    while let Some(item) = items.next_element()? {
                        raw.push(item);
                    }
                    return Ok(Err(Value::Array(raw)));
                }
            }
        }
        Ok(Ok(list))
    }
}

impl<'de, T: Property<'de> + Serialize> Container<'de> for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";

    fn of_object<A: MapAccess<'de>>(mut map: A) -> Result<Attempted<Self>, A::Error> {
        let mut members = Self::new();
        while let Some(key) = map.next_key::<String>()? {
            match map.next_value_seed(Attempt::<T>::NEW)? {
                Ok(value) => {
                    members.insert(key, value);
                }
                Err(misfit) => {
                    let (keys, values): (Vec<String>, Vec<T>) = members.into_iter().unzip();
                    let mut raw: Map<String, Value> = keys.into_iter().zip(raw(values)?).collect();
                    raw.insert(key, misfit);
                    while let Some((key, value)) = map.next_entry()? {
                        raw.insert(key, value);
                    }
                    return Ok(Err(Value::Object(raw)));
                }
            }
        }
        Ok(Ok(members))
    }
}

/// What was read, as JSON again.
fn raw<T: Serialize, E: Error>(values: Vec<T>) -> Result<Vec<Value>, E> {
    values.into_iter().map(|value| serde_json::to_value(value).map_err(E::custom)).collect()
}

impl<'de, T: Property<'de> + Serialize> Property<'de> for Vec<T> {
    fn attempt<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer)
    }

    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer)
    }
}

impl<'de, T: Property<'de> + Serialize> Property<'de> for BTreeMap<String, T> {
    fn attempt<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer)
    }

    fn strict<D: Deserializer<'de>>(deserializer: D) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer)
    }
}

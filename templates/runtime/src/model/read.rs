//! How one property is read.
//!
//! What a field cannot hold is kept beside it, so that it goes back.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error, MapAccess};
use serde_json::Value;

use crate::runtime::AdditionalProperties;
use crate::runtime::json::Reading;
use crate::runtime::model::{AttemptOrNull, Key, Property, Whole};

/// How many entries a node of a `BTreeMap` has room for.
const NODE: usize = 11;

pub fn required<'de, T: Property<'de>, V, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    key: &'static str,
    map: &mut A,
    additional: &mut AdditionalProperties<V>,
    reading: Reading<'_>,
) -> Result<(), A::Error> {
    *slot = Some(map.next_value_seed(Whole::<T>(reading, PhantomData))?);
    additional.keep_text(key, reading.take_odd());
    Ok(())
}

pub fn optional<'de, T: Property<'de>, V: DeserializeOwned, A: MapAccess<'de>>(
    slot: &mut Option<T>,
    key: &'static str,
    map: &mut A,
    additional: &mut AdditionalProperties<V>,
    reading: Reading<'_>,
) -> Result<(), A::Error> {
    let value = map.next_value_seed(AttemptOrNull::<T>(reading, PhantomData))?;
    let text = reading.take_odd();
    match value {
        Ok(value) => *slot = Some(value),
        Err(misfit) => {
            reading.add_misfit();
            keep(misfit, key, additional)?;
        }
    }
    additional.keep_text(key, text);
    Ok(())
}

/// Keeps a value beside its field, where the additional properties can hold it.
fn keep<V: DeserializeOwned, E: Error>(
    value: Value,
    key: &'static str,
    additional: &mut AdditionalProperties<V>,
) -> Result<(), E> {
    let is_null = value.is_null();
    match serde_json::from_value(value) {
        Ok(kept) => {
            additional.insert(key, kept);
            Ok(())
        }
        Err(_) if is_null => Ok(()),
        Err(error) => Err(E::custom(error)),
    }
}

pub fn additional<'de, V: Property<'de>, A: MapAccess<'de>>(
    additional: &mut AdditionalProperties<V>,
    key: Key<'de>,
    map: &mut A,
    reading: Reading<'_>,
) -> Result<(), A::Error> {
    let value = map.next_value_seed(Whole::<V>(reading, PhantomData))?;
    let text = reading.take_odd();
    let entries = if additional.is_empty() { NODE } else { 3 };
    reading.charge(key.as_str().len() + entries * size_of::<(String, V)>())?;
    let key = key.into_string();
    additional.insert(key.as_str(), value);
    additional.keep_text(&key, text);
    Ok(())
}

pub fn present<T, E: Error>(slot: Option<T>, key: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(key))
}

//! Lists and maps as [properties](super::Property): they hold properties themselves.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::property::{Attempt, Attempted, Container, Property, Whole, attempt_container};
use crate::runtime::json::Reading;

impl<'de, T: Property<'de> + Serialize> Container<'de> for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn of_array<A: SeqAccess<'de>>(
        mut items: A,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, A::Error> {
        let mut list = Self::new();
        while let Some(item) = items.next_element_seed(Attempt::<T>(reading, PhantomData))? {
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

    fn of_object<A: MapAccess<'de>>(
        mut map: A,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, A::Error> {
        let mut members = Self::new();
        while let Some(key) = map.next_key::<String>()? {
            match map.next_value_seed(Attempt::<T>(reading, PhantomData))? {
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

/// Reads values of which each has to fit.
struct WholeItems<'r, T>(Reading<'r>, PhantomData<T>);

impl<'de, T: Property<'de>> Visitor<'de> for WholeItems<'_, Vec<T>> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Whole::<T>(self.0, PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<'de, T: Property<'de>> Visitor<'de> for WholeItems<'_, BTreeMap<String, T>> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            members.insert(key, map.next_value_seed(Whole::<T>(self.0, PhantomData))?);
        }
        Ok(members)
    }
}

impl<'de, T: Property<'de> + Serialize> Property<'de> for Vec<T> {
    fn attempt<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer, reading)
    }

    fn strict<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer, reading)
    }

    fn whole<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(WholeItems::<Self>(reading, PhantomData))
    }
}

impl<'de, T: Property<'de> + Serialize> Property<'de> for BTreeMap<String, T> {
    fn attempt<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer, reading)
    }

    fn strict<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Attempted<Self>, D::Error> {
        attempt_container(deserializer, reading)
    }

    fn whole<D: Deserializer<'de>>(
        deserializer: D,
        reading: Reading<'_>,
    ) -> Result<Self, D::Error> {
        deserializer.deserialize_map(WholeItems::<Self>(reading, PhantomData))
    }
}

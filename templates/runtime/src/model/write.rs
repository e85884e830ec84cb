//! How an object is written.

use serde::ser::{Serialize, SerializeMap, Serializer};

use serde_json::value::RawValue;

use super::object::Properties;
use crate::runtime::AdditionalProperties;
use crate::runtime::json::nearest;

/// Writes one property after the other and remembers the first error.
pub struct Object<'a, S: Serializer, V> {
    map: Result<S::SerializeMap, S::Error>,
    additional: &'a AdditionalProperties<V>,
}

impl<'a, S: Serializer, V: Serialize> Object<'a, S, V> {
    pub fn new(serializer: S, additional: &'a AdditionalProperties<V>) -> Self {
        Self { map: serializer.serialize_map(None), additional }
    }

    pub fn required<T: Serialize>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.map {
            // Whatever cannot write a text as it is gets the nearest value.
            if let Some(text) = self.additional.text(key).and_then(|text| unchanged(text, value))
                && map.serialize_entry(key, &text).is_ok()
            {
                return;
            }
            if let Err(error) = map.serialize_entry(key, value) {
                self.map = Err(error);
            }
        }
    }

    pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        } else if let Some(kept) = self.additional.get(key) {
            self.required(key, kept);
        }
    }

    pub fn end(mut self, known: &Properties) -> Result<S::Ok, S::Error> {
        for (key, value) in self.additional.iter() {
            if !known.contains(key) {
                self.required(key, value);
            }
        }
        self.map?.end()
    }
}

/// The text that a value was read from, unless it was changed since.
fn unchanged<T: Serialize>(text: &str, value: &T) -> Option<Box<RawValue>> {
    let nearest = nearest(text).ok()?;
    let is_same = serde_json::to_value(value).is_ok_and(|value| value == nearest);
    is_same.then(|| RawValue::from_string(text.to_owned()).ok()).flatten()
}

//! How an object is written.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::object::Properties;
use crate::runtime::AdditionalProperties;

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
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.map = Err(error);
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

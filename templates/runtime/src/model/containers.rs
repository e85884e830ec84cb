//! Lists and maps as [properties](Property): an item of another type costs no more than itself.

use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::property::{Property, Written};
use super::read;
use crate::runtime::json::{Document, Items, Members, Stopped};

impl<T: Property> Property for Vec<T> {
    const EXPECTED: &'static str = "an array";

    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        text.tick()?;
        if text.peek() != b'[' {
            return Ok(None);
        }
        let mut list = Self::new();
        let mut items = Items::new(text)?;
        while items.advance::<T>()? {
            list.push(read::value(text)?);
        }
        Ok(Some(list))
    }

    fn zero() -> Option<Self> {
        Some(Self::new())
    }

    fn shown(&self) -> Value {
        self.iter().map(T::shown).collect()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(self.as_slice()).serialize(serializer)
    }
}

impl<T: Property> Property for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";

    fn read(text: &Document) -> Result<Option<Self>, Stopped> {
        text.tick()?;
        if text.peek() != b'{' {
            return Ok(None);
        }
        let mut map = Self::new();
        let mut members = Members::new(text)?;
        while let Some(key) = members.next_key() {
            members.charge::<T>(&key)?;
            map.insert(key.into_owned(), read::value(text)?);
        }
        Ok(Some(map))
    }

    fn zero() -> Option<Self> {
        Some(Self::new())
    }

    fn shown(&self) -> Value {
        self.iter().map(|(key, value)| (key.clone(), value.shown())).collect()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, Written(value))))
    }
}

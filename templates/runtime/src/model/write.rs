//! How an object is written.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::object::Object;
use super::properties::Properties;
use super::property::{Property, Written};
use crate::runtime::AdditionalProperties;
use crate::runtime::json::{nearest, read_again};

/// Writes one property after the other and remembers the first error.
pub struct Writer<'a, S: Serializer, V> {
    map: Result<S::SerializeMap, S::Error>,
    additional: &'a AdditionalProperties<V>,
    /// What tells a union's variant: a property of the model that has to be there.
    tag: Option<(&'static str, &'static str)>,
}

impl<'a, S: Serializer, V: Property> Writer<'a, S, V> {
    /// Begins an object, with the tag that tells a union's variant unless that is one of the properties
    /// that the model knows.
    #[inline]
    pub fn new(
        serializer: S,
        additional: &'a AdditionalProperties<V>,
        tag: Option<(&'static str, &'static str)>,
        known: &Properties,
    ) -> Self {
        let mut writer = Self { map: serializer.serialize_map(None), additional, tag };
        if let Some((key, value)) = tag.filter(|(key, _)| !known.contains(key))
            && additional.get(key).is_none()
        {
            writer.entry(key, value);
        }
        writer
    }

    #[inline]
    pub fn required<T: Property>(&mut self, key: &str, value: &T) {
        if self.additional.keeps_nothing() {
            self.entry(key, &Written(value));
        } else {
            self.required_as_it_came(key, value);
        }
    }

    fn required_as_it_came<T: Property>(&mut self, key: &str, value: &T) {
        match self.additional.json(key) {
            None => self.entry(key, &Written(value)),
            Some(text) if !is_unchanged(text, value) => self.entry(key, &Written(value)),
            // The server did not send it.
            Some("") => {}
            Some(text) => self.text(key, text, value),
        }
    }

    #[inline]
    pub fn optional<T: Property>(&mut self, key: &str, value: &Option<T>) {
        match value {
            Some(value) if self.additional.keeps_nothing() => self.entry(key, &Written(value)),
            None if self.additional.keeps_nothing() && self.tag.is_none() => {}
            _ => self.optional_as_it_came(key, value),
        }
    }

    fn optional_as_it_came<T: Property>(&mut self, key: &str, value: &Option<T>) {
        match (value, self.additional.get(key), self.additional.json(key)) {
            (Some(value), _, Some(text))
                if read_again(text).is_some_and(|read: T| is_same(&read, value)) =>
            {
                self.text(key, text, value);
            }
            (Some(value), ..) => self.entry(key, &Written(value)),
            (None, Some(kept), Some(text)) => self.text(key, text, kept),
            (None, Some(kept), None) => self.entry(key, &Written(kept)),
            (None, None, Some(text)) => self.text(key, text, &Value::Null),
            (None, None, None) => {
                if let Some((_, tag)) = self.tag.filter(|(name, _)| *name == key) {
                    self.entry(key, tag);
                }
            }
        }
    }

    #[inline]
    pub fn end(self, known: &Properties) -> Result<S::Ok, S::Error> {
        if self.additional.keeps_nothing() {
            return self.map?.end();
        }
        self.end_with_additional(known)
    }

    fn end_with_additional(mut self, known: &Properties) -> Result<S::Ok, S::Error> {
        for (key, value) in self.additional.iter() {
            if !known.contains(key) {
                self.required(key, value);
            }
        }
        self.map?.end()
    }

    /// Writes the JSON that was kept of a property.
    fn text<T: Property>(&mut self, key: &str, text: &str, value: &T) {
        match nearest(text) {
            Some((nearest, false)) => self.entry(key, &nearest),
            Some((nearest, true)) => {
                let Ok(map) = &mut self.map else { return };
                let raw = RawValue::from_string(text.to_owned()).ok();
                // Whatever cannot write a text as it is gets the nearest value.
                if raw.is_none_or(|raw| map.serialize_entry(key, &raw).is_err()) {
                    self.entry(key, &nearest);
                }
            }
            None => self.entry(key, &Written(value)),
        }
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.map = Err(error);
        }
    }
}

/// Whether a value is still what was made of a text: read from it, or standing in for it.
fn is_unchanged<T: Property>(text: &str, value: &T) -> bool {
    let made = match text {
        "" => T::zero(),
        text => read_again(text).or_else(|| Some(T::stand_in(text)?.0)),
    };
    made.is_some_and(|made| is_same(&made, value))
}

fn is_same<T: Property>(left: &T, right: &T) -> bool {
    let json = |value| serde_json::to_value(Written(value)).ok();
    json(left) == json(right)
}

/// The JSON that an object model stands for, unless it was changed since.
pub fn instead<T: Object>(model: &T) -> Option<Value> {
    let text = model.additional().instead()?;
    let (stand_in, _) = T::stand_in(text)?;
    if stand_in != *model {
        return None;
    }
    nearest(text).map(|(value, _)| value)
}

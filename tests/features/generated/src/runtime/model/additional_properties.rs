//! The properties of an object that its schema does not name.

use std::collections::BTreeMap;

use serde_json::Value;

/// Properties that a model has no field for, kept so that they go back unchanged.
///
/// It takes eight bytes while it is empty. A property that the schema names stands here
/// only where its field could not hold what the server sent: an explicit `null` for a
/// property that is not nullable, a date-time that is none, a text for a number. The field is
/// absent then, and wins over it as soon as it is set.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::box_collection, reason = "eight bytes in place of 24 in every model")]
pub struct AdditionalProperties<T = Value>(Option<Box<BTreeMap<String, T>>>);

impl<T> AdditionalProperties<T> {
    /// No properties.
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of the property `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.as_ref()?.get(name)
    }

    /// Sets the property `name` and gives its former value.
    pub fn insert(&mut self, name: impl Into<String>, value: T) -> Option<T> {
        self.0.get_or_insert_default().insert(name.into(), value)
    }

    /// Takes the property `name` out.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let properties = self.0.as_mut()?;
        let value = properties.remove(name);
        if properties.is_empty() {
            self.0 = None;
        }
        value
    }

    /// The properties with their names, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0
            .iter()
            .flat_map(|properties| properties.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// How many properties there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |properties| properties.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T> Default for AdditionalProperties<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, N: Into<String>> Extend<(N, T)> for AdditionalProperties<T> {
    fn extend<I: IntoIterator<Item = (N, T)>>(&mut self, properties: I) {
        for (name, value) in properties {
            self.insert(name, value);
        }
    }
}

impl<T, N: Into<String>> FromIterator<(N, T)> for AdditionalProperties<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(properties: I) -> Self {
        let mut all = Self::new();
        all.extend(properties);
        all
    }
}

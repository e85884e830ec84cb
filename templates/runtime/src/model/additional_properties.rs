//! The properties of an object that its schema does not name.

use std::collections::BTreeMap;

use serde_json::Value;

/// Properties that a model has no field for, kept so that they go back unchanged.
///
/// It takes eight bytes while it is empty. A property that the schema names stands here
/// only where its optional field could not hold what the server sent: an explicit `null` for a
/// property that is not nullable, a date-time that is none, a text for a number. The field is
/// absent then, and wins over it as soon as it is set.
///
/// Besides, it keeps the JSON of each property that a field shows otherwise than it came, and
/// [gives it](Self::json): what another value stands in for, as the server sent none or one of
/// another type; a number beyond `f64` or of more digits; half of a surrogate pair in a text; the
/// offset of a date-time. It goes back as it came, until the field has another value or its setter
/// is called.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AdditionalProperties<T = Value>(Option<Box<Kept<T>>>);

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Kept<T> {
    values: BTreeMap<String, T>,
    /// The JSON of what is shown otherwise than it came, be it one of these properties or a field.
    texts: BTreeMap<String, Box<str>>,
    /// The JSON that the whole model stands in for, as it is no object.
    instead: Option<Box<str>>,
}

impl<T> Kept<T> {
    fn is_empty(&self) -> bool {
        self.values.is_empty() && self.texts.is_empty() && self.instead.is_none()
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { values: BTreeMap::new(), texts: BTreeMap::new(), instead: None }
    }
}

impl<T> AdditionalProperties<T> {
    /// No properties.
    pub const fn new() -> Self {
        Self(None)
    }

    /// The value of the property `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.as_ref()?.values.get(name)
    }

    /// Sets the property `name` and gives its former value.
    pub fn insert(&mut self, name: impl Into<String>, value: T) -> Option<T> {
        let name = name.into();
        let kept = self.0.get_or_insert_default();
        kept.texts.remove(&name);
        kept.values.insert(name, value)
    }

    /// Takes the property `name` out.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let kept = self.0.as_mut()?;
        kept.texts.remove(name);
        let value = kept.values.remove(name);
        if kept.is_empty() {
            self.0 = None;
        }
        value
    }

    /// The JSON that the server sent for the property `name`, where its field, or its value here,
    /// shows it otherwise. Empty: the server did not send it, though the document requires it.
    pub fn json(&self, name: &str) -> Option<&str> {
        Some(self.0.as_ref()?.texts.get(name)?)
    }

    /// Whether there is neither a property nor the JSON of one, as in nearly all models.
    #[inline]
    pub(crate) fn keeps_nothing(&self) -> bool {
        self.0.is_none()
    }

    /// Keeps the JSON that the whole model stands in for. Empty: there was none.
    pub(crate) fn keep_instead(&mut self, json: &str) {
        if !json.is_empty() {
            self.0.get_or_insert_default().instead = Some(json.into());
        }
    }

    /// The JSON that the whole model stands in for.
    pub(crate) fn instead(&self) -> Option<&str> {
        self.0.as_ref()?.instead.as_deref()
    }

    /// Keeps the JSON of a property, or of a field, that holds what no value is equal to.
    pub(crate) fn keep_text(&mut self, name: &str, text: Box<str>) {
        self.0.get_or_insert_default().texts.insert(name.to_owned(), text);
    }

    /// Forgets that of an earlier value: of several, the last one counts.
    #[inline]
    pub(crate) fn forget_text(&mut self, name: &str) {
        if let Some(kept) = &mut self.0 {
            kept.texts.remove(name);
        }
    }

    /// The properties with their names, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0
            .iter()
            .flat_map(|kept| kept.values.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// How many properties there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.values.len())
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

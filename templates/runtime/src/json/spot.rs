//! A place in a text, from which a value can be read several times.

use std::any::TypeId;
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Error, Value};

use super::Limits;
use super::document::{Choice, Document, current, enter};
use super::odd;
use super::text::Text;

/// The name by which a deserializer of ours is asked for the place.
pub(super) const NAME: &str = "a place in a JSON text";

/// A place in a text, from which a value can be read several times.
///
/// The text is read on from the end of what was read last.
pub struct Spot {
    document: Rc<Document>,
    start: usize,
}

/// The place where a deserializer is. The value of another format is written as JSON for that.
///
/// # Errors
///
/// The value is no JSON.
pub fn spot<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Spot, D::Error> {
    deserializer.deserialize_newtype_struct(NAME, SpotVisitor)
}

impl Spot {
    fn of(value: &Value) -> Self {
        let document = Document::new(value.to_string().into(), Limits::default());
        Self { document: document.into(), start: 0 }
    }

    /// Reads the value. What a failure has taken is free again.
    ///
    /// # Errors
    ///
    /// The value is not of the type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.document.set_position(self.start);
        let left = self.document.left();
        let is_inner = current().is_some_and(|current| Rc::ptr_eq(&current, &self.document));
        let _entered = (!is_inner).then(|| enter(self.document.clone()));
        let odd_before = odd::count();
        let read = T::deserialize(Text(&self.document));
        if read.is_err() {
            self.document.set_left(left);
            odd::restore(odd_before);
        }
        read
    }

    /// Whether a limit was reached, so that nothing can be read any more.
    pub fn is_exhausted(&self) -> bool {
        self.document.failure().is_some()
    }

    /// Whether the value is an object.
    pub fn is_object(&self) -> bool {
        self.first() == b'{'
    }

    /// Whether the value is null.
    pub fn is_null(&self) -> bool {
        self.first() == b'n'
    }

    fn first(&self) -> u8 {
        self.document.set_position(self.start);
        self.document.peek()
    }

    /// The value of a member that is a string.
    pub fn member(&self, name: &str) -> Option<String> {
        if !self.is_object() || !self.document.member(name, usize::MAX) {
            return None;
        }
        (self.document.peek() == b'"').then(|| self.document.string().into_owned())
    }

    pub(crate) fn position(&self) -> usize {
        self.document.position()
    }

    pub(crate) fn leave(&self, end: usize) {
        self.document.set_position(end);
    }

    pub(crate) fn left(&self) -> usize {
        self.document.left()
    }

    pub(crate) fn set_left(&self, left: usize) {
        self.document.set_left(left);
    }

    pub(crate) fn choice<T: 'static>(&self) -> Option<Choice> {
        self.document.choice(self.start, TypeId::of::<T>())
    }

    pub(crate) fn remember<T: 'static>(&self, choice: Choice) {
        self.document.remember(self.start, TypeId::of::<T>(), choice);
    }

    /// Begins a union, which ends when the guard is dropped.
    pub(crate) fn union(&self) -> Union<'_> {
        self.document.begin_union();
        Union(&self.document)
    }
}

pub(crate) struct Union<'d>(&'d Document);

impl Drop for Union<'_> {
    fn drop(&mut self) {
        self.0.end_union();
    }
}

struct SpotVisitor;

impl<'de> Visitor<'de> for SpotVisitor {
    type Value = Spot;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    /// The position in the text that is being read.
    fn visit_u128<E: serde::de::Error>(self, position: u128) -> Result<Spot, E> {
        let start = usize::try_from(position).map_err(E::custom)?;
        let document = current().ok_or_else(|| E::custom("no text is being read"))?;
        Ok(Spot { document, start })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Spot, D::Error> {
        Value::deserialize(value).map(|value| Spot::of(&value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Spot, A::Error> {
        self.visit_newtype_struct(MapAccessDeserializer::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Spot, A::Error> {
        self.visit_newtype_struct(SeqAccessDeserializer::new(items))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Spot, E> {
        Ok(Spot::of(&value.into()))
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Spot, E> {
        Ok(Spot::of(&value.into()))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Spot, E> {
        Ok(Spot::of(&value.into()))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Spot, E> {
        Ok(Spot::of(&value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Spot, E> {
        Ok(Spot::of(&value.into()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Spot, E> {
        Ok(Spot::of(&Value::Null))
    }
}

/// The value nearest to a text that was kept.
pub(crate) fn nearest(text: &str) -> Result<Value, Error> {
    let document = Document::new(text.to_owned().into(), Limits::default());
    if text.is_empty() {
        return Err(Error::custom("no value"));
    }
    Spot { document: document.into(), start: 0 }.read()
}

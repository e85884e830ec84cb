//! A place in a text, from which a value can be read several times.

use std::any::TypeId;
use std::fmt;
use std::rc::Rc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Error, Value};

use super::Limits;
use super::document::{ALLOCATION, Choice, Document};
use super::odd::Odd;
use super::text::Text;
use crate::runtime::model::{Misfits, Property};

/// The name by which a deserializer of ours is asked for the place.
pub(super) const NAME: &str = "a place in a JSON text";
/// The name by which it is asked for the value as a text of its own.
pub(crate) const COPY: &str = "a copy of a JSON text";

/// The text that a value is read from, if it is one of ours.
///
/// What is found on the way is counted there. It is handed on from value to value; what a type of
/// the user's lies between starts anew.
#[derive(Clone, Copy)]
pub struct Reading<'r>(Option<&'r Rc<Document>>);

impl Reading<'_> {
    /// Whatever format serde reads: nothing is counted, and misfits are kept.
    pub const OF_SERDE: Self = Self(None);

    /// Whether a value of the wrong type is an error even where a model could keep it.
    pub fn refuses_misfits(self) -> bool {
        self.0.is_some_and(|document| document.misfits().are_refused())
    }

    /// Counts a misfit that was kept.
    pub fn add_misfit(self) {
        if let Some(document) = self.0 {
            document.misfits().add(1);
        }
    }

    /// The text of the property that was just read, if it holds what no value is equal to.
    pub fn take_odd(self) -> Option<Box<str>> {
        self.0?.take_odd()
    }

    /// Counts memory that is about to be taken for an entry of additional properties.
    ///
    /// # Errors
    ///
    /// It is more than is allowed.
    pub fn charge<E: serde::de::Error>(self, bytes: usize) -> Result<(), E> {
        match self.0 {
            Some(document) => document.charge(bytes + ALLOCATION).map_err(E::custom),
            None => Ok(()),
        }
    }
}

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
pub fn spot<'de, D: Deserializer<'de>>(
    deserializer: D,
    reading: Reading<'_>,
) -> Result<Spot, D::Error> {
    let name = if reading.0.is_some() { NAME } else { COPY };
    deserializer.deserialize_newtype_struct(name, SpotVisitor(reading))
}

/// The value at the position of a document as a text of its own. Before it stand whether misfits
/// are refused, and how much memory is left.
pub(super) fn copied(document: &Document) -> Result<Vec<u8>, Error> {
    document.peek();
    let start = document.position();
    document.skip()?;
    let text = document.slice(start, document.position());
    document.charge(text.len() + ALLOCATION)?;
    let mut copy = vec![u8::from(document.misfits().are_refused())];
    copy.extend(document.left().to_le_bytes());
    copy.extend(text.as_bytes());
    Ok(copy)
}

impl Spot {
    fn of(value: &Value) -> Self {
        let document = Document::new(value.to_string().into(), Limits::default());
        Self { document: document.into(), start: 0 }
    }

    /// The place in what [`copied`] gave.
    pub(crate) fn of_copy(copy: Vec<u8>) -> Option<Self> {
        let (head, text) = copy.split_at_checked(1 + size_of::<usize>())?;
        let (refuse_misfits, memory) = head.split_first()?;
        let limits = Limits {
            memory: Some(usize::from_le_bytes(memory.try_into().ok()?)),
            refuse_misfits: *refuse_misfits == 1,
            ..Limits::default()
        };
        let document = Document::new(text.to_vec().into(), limits);
        Some(Self { document: document.into(), start: 0 })
    }

    /// The place where a text begins.
    pub(super) fn start_of(document: Rc<Document>) -> Self {
        Self { document, start: 0 }
    }

    /// Reads the value. What a failure has taken is free again.
    ///
    /// # Errors
    ///
    /// The value is not of the type.
    pub fn read<T: for<'de> Property<'de>>(&self) -> Result<T, Error> {
        self.document.set_position(self.start);
        let left = self.document.left();
        let odd_before = self.odd().count();
        let read = T::whole(Text(&self.document), Reading(Some(&self.document)));
        if read.is_err() {
            self.document.set_left(left);
            self.odd().restore(odd_before);
        }
        read
    }

    pub(crate) fn misfits(&self) -> &Misfits {
        self.document.misfits()
    }

    pub(crate) fn odd(&self) -> &Odd {
        self.document.odd()
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

struct SpotVisitor<'r>(Reading<'r>);

impl<'de> Visitor<'de> for SpotVisitor<'_> {
    type Value = Spot;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    /// The position in the text that is being read.
    fn visit_u128<E: serde::de::Error>(self, position: u128) -> Result<Spot, E> {
        let start = usize::try_from(position).map_err(E::custom)?;
        let document = self.0.0.cloned().ok_or_else(|| E::custom("no text is being read"))?;
        Ok(Spot { document, start })
    }

    fn visit_byte_buf<E: serde::de::Error>(self, copy: Vec<u8>) -> Result<Spot, E> {
        Spot::of_copy(copy).ok_or_else(|| E::custom("no copy of a text"))
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

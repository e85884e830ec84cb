//! The members of an object and the items of an array.

use std::borrow::Cow;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};
use serde_json::Error;

use super::document::ALLOCATION;
use super::text::Text;

/// How many members a node of a `BTreeMap` has room for.
const NODE: usize = 11;

/// The members of an object.
pub(super) struct Members<'de> {
    text: Text<'de>,
    /// They go into the fields of a model.
    is_model: bool,
    is_first: bool,
    is_over: bool,
}

impl<'de> Members<'de> {
    pub(super) fn new(text: Text<'de>, is_model: bool) -> Self {
        Self { text, is_model, is_first: true, is_over: false }
    }

    /// Goes past what is left.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        while !self.is_over() {
            self.text.0.string();
            self.colon();
            self.text.0.skip()?;
        }
        Ok(())
    }

    /// Goes to the next member, or past the end.
    fn is_over(&mut self) -> bool {
        let document = self.text.0;
        if !self.is_over && document.peek() == b',' {
            document.advance(1);
        }
        if !self.is_over && document.peek() != b'"' {
            document.advance(1);
            self.is_over = true;
        }
        self.is_over
    }

    fn colon(&self) {
        self.text.0.peek();
        self.text.0.advance(1);
    }

    /// Counts what a map takes for a member.
    fn charge<T>(&mut self) -> Result<(), Error> {
        if self.is_model {
            return Ok(());
        }
        let entry = size_of::<String>() + size_of::<T>();
        let entries = if self.is_first { NODE } else { 2 };
        self.is_first = false;
        self.text.0.charge(entries * entry)
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if self.is_over() {
            return Ok(None);
        }
        let key = self.text.0.string();
        self.colon();
        if !self.is_model {
            self.text.0.charge(key.len() + ALLOCATION)?;
        }
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            Cow::Owned(key) => seed.deserialize(StringDeserializer::new(key)).map(Some),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.charge::<V::Value>()?;
        let document = self.text.0;
        document.peek();
        let (start, odd, odd_before) =
            (document.position(), document.odd(), document.odd().count());
        let value = seed.deserialize(self.text)?;
        if odd.count() != odd_before {
            odd.note(odd_before, start, document.position());
        } else {
            odd.clear();
        }
        Ok(value)
    }
}

/// The items of an array.
pub(super) struct Items<'de> {
    text: Text<'de>,
    is_over: bool,
}

impl<'de> Items<'de> {
    pub(super) fn new(text: Text<'de>) -> Self {
        Self { text, is_over: false }
    }

    /// Goes past what is left.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        while !self.is_over() {
            self.text.0.skip()?;
        }
        Ok(())
    }

    /// Goes to the next item, or past the end.
    fn is_over(&mut self) -> bool {
        let document = self.text.0;
        if !self.is_over && document.peek() == b',' {
            document.advance(1);
        }
        if !self.is_over && document.peek() == b']' {
            document.advance(1);
            self.is_over = true;
        }
        self.is_over
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.is_over() {
            return Ok(None);
        }
        // A list that grows has twice the room that it needs.
        self.text.0.charge(2 * size_of::<T::Value>())?;
        seed.deserialize(self.text).map(Some)
    }
}

//! The members of an object and the items of an array, one after the other.

use std::borrow::Cow;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess};
use serde_json::Error;

use super::Stopped;
use super::document::{ALLOCATION, Document, Failure};
use super::scan::{past_white_space, plain_string_end};
use super::text::Text;

/// How many members a node of a `BTreeMap` has room for.
const NODE: usize = 11;

/// How far an object or an array was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// Its bracket.
    Begun,
    /// A value of it.
    Within,
    Over,
}

impl Progress {
    /// Goes to the next value, or past the end, whose bracket is given. What is neither stops the reading.
    #[inline]
    fn is_over(&mut self, document: &Document, end: u8) -> bool {
        let next = document.peek();
        let is_value = match *self {
            Self::Begun => next != end,
            Self::Within if next == b',' => {
                document.advance(1);
                // A comma comes before a value (RFC 8259, sections 4 and 5).
                document.peek() != end
            }
            Self::Within | Self::Over => false,
        };
        if is_value && !document.is_stopped() {
            *self = Self::Within;
            return false;
        }
        self.end(document, next == end);
        true
    }

    /// Goes past the end, where it is there.
    #[cold]
    fn end(&mut self, document: &Document, is_there: bool) {
        if *self != Self::Over && !document.is_stopped() {
            if is_there {
                document.advance(1);
            } else {
                document.fail(Failure::Grammar);
            }
        }
        *self = Self::Over;
    }
}

/// The members of an object.
pub struct Members<'d> {
    document: &'d Document<'d>,
    /// No member was charged yet.
    is_first: bool,
    progress: Progress,
}

impl<'d> Members<'d> {
    /// The members of the object at the position of a document.
    ///
    /// # Errors
    ///
    /// It is nested too deep.
    pub fn new(document: &'d Document<'d>) -> Result<Self, Stopped> {
        document.descend()?;
        document.advance(1);
        Ok(Self { document, is_first: true, progress: Progress::Begun })
    }

    /// Where the key of the next member is. `None`: there is none.
    #[inline]
    fn key_position(&self) -> Option<usize> {
        let text = self.document.bytes();
        let next = past_white_space(text, self.document.position());
        match self.progress {
            Progress::Begun => Some(next),
            // A comma comes before a member (RFC 8259, section 4).
            Progress::Within if text.get(next) == Some(&b',') => {
                Some(past_white_space(text, next + 1))
            }
            Progress::Within | Progress::Over => None,
        }
    }

    /// Goes to the next value, if its key is this one, which stands in JSON as it is, without an escape.
    #[inline]
    pub fn next_is(&mut self, key: &str) -> bool {
        let text = self.document.bytes();
        let after = self.key_position().and_then(|quote| {
            let rest = text.get(quote..)?.strip_prefix(b"\"")?;
            rest.strip_prefix(key.as_bytes())?.strip_prefix(b"\":")
        });
        match after {
            Some(rest) if !self.document.is_stopped() => {
                self.document.set_position(past_white_space(text, text.len() - rest.len()));
                self.progress = Progress::Within;
                true
            }
            _ => false,
        }
    }

    /// Goes to the next value, and gives its key.
    #[inline]
    pub fn next_key(&mut self) -> Option<Cow<'d, str>> {
        match self.next_plain_key() {
            Some(key) => Some(Cow::Borrowed(key)),
            None => self.next_odd_key(),
        }
    }

    /// As [`Self::next_key`], at a key with an escape, or at the end.
    fn next_odd_key(&mut self) -> Option<Cow<'d, str>> {
        if self.is_over() {
            return None;
        }
        let key = self.document.string();
        self.document.expect(b':');
        self.document.peek();
        Some(key)
    }

    /// As [`Self::next_key`], for a key without an escape. `None`, without a step: there is none.
    fn next_plain_key(&mut self) -> Option<&'d str> {
        let text = self.document.bytes();
        let quote = self.key_position()?;
        if text.get(quote) != Some(&b'"') || self.document.is_stopped() {
            return None;
        }
        let end = plain_string_end(text, quote + 1)?;
        let colon = past_white_space(text, end + 1);
        if text.get(colon) != Some(&b':') {
            return None;
        }
        self.document.set_position(past_white_space(text, colon + 1));
        self.progress = Progress::Within;
        Some(self.document.slice(quote + 1, end))
    }

    /// Goes past what is left.
    pub(super) fn finish(&mut self) -> Result<(), Stopped> {
        while self.next_key().is_some() {
            self.document.skip()?;
        }
        Ok(())
    }

    /// Goes to the next member, or past the end.
    fn is_over(&mut self) -> bool {
        if self.progress.is_over(self.document, b'}') {
            return true;
        }
        // A key is a string (RFC 8259, section 4).
        if self.document.byte() == b'"' {
            return false;
        }
        self.document.fail(Failure::Grammar);
        self.progress = Progress::Over;
        true
    }

    /// Counts what a map takes for a member with that key.
    ///
    /// # Errors
    ///
    /// It is more than is allowed.
    pub fn charge<T>(&mut self, key: &str) -> Result<(), Stopped> {
        let entry = size_of::<String>() + size_of::<T>();
        let entries = if self.is_first { NODE } else { 2 };
        self.is_first = false;
        self.document.charge(entries * entry + key.len() + ALLOCATION)
    }
}

impl Drop for Members<'_> {
    fn drop(&mut self) {
        self.document.ascend();
    }
}

impl<'d> MapAccess<'d> for Members<'d> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'d>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.next_key() else { return Ok(None) };
        self.document.charge(key.len() + ALLOCATION).map_err(Error::custom)?;
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            Cow::Owned(key) => seed.deserialize(StringDeserializer::new(key)).map(Some),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'d>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.charge::<V::Value>("").map_err(Error::custom)?;
        self.document.peek();
        seed.deserialize(Text(self.document))
    }
}

/// The items of an array.
pub struct Items<'d> {
    document: &'d Document<'d>,
    progress: Progress,
}

impl<'d> Items<'d> {
    /// The items of the array at the position of a document.
    ///
    /// # Errors
    ///
    /// It is nested too deep.
    pub fn new(document: &'d Document<'d>) -> Result<Self, Stopped> {
        document.descend()?;
        document.advance(1);
        Ok(Self { document, progress: Progress::Begun })
    }

    /// Goes to the next item, which goes into a list of that type. `false`: past the end.
    ///
    /// # Errors
    ///
    /// The list takes more memory than is allowed.
    #[inline]
    pub fn advance<T>(&mut self) -> Result<bool, Stopped> {
        if self.is_over() {
            return Ok(false);
        }
        // A list that grows has twice the room that it needs.
        self.document.charge(2 * size_of::<T>())?;
        Ok(true)
    }

    /// Goes past what is left.
    pub(super) fn finish(&mut self) -> Result<(), Stopped> {
        while !self.is_over() {
            self.document.skip()?;
        }
        Ok(())
    }

    #[inline]
    fn is_over(&mut self) -> bool {
        self.progress.is_over(self.document, b']')
    }
}

impl Drop for Items<'_> {
    fn drop(&mut self) {
        self.document.ascend();
    }
}

impl<'d> SeqAccess<'d> for Items<'d> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'d>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if !self.advance::<T::Value>().map_err(Error::custom)? {
            return Ok(None);
        }
        seed.deserialize(Text(self.document)).map(Some)
    }
}

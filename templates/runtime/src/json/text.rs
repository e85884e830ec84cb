//! The serde format of a document.

use std::borrow::Cow;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Error;

use super::access::{Items, Members};
use super::copy::{self, COPY};
use super::document::{ALLOCATION, Document};
use super::odd;

/// The value at the position of a document.
#[derive(Clone, Copy)]
pub(super) struct Text<'de>(pub(super) &'de Document<'de>);

impl<'de> Text<'de> {
    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let start = self.0.position();
        let mut members = Members::new(self.0).map_err(Error::custom)?;
        match visitor.visit_map(&mut members) {
            Ok(value) => {
                members.finish().map_err(Error::custom)?;
                Ok(value)
            }
            Err(error) => Err(self.failed(start, error)),
        }
    }

    fn array<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let start = self.0.position();
        let mut items = Items::new(self.0).map_err(Error::custom)?;
        match visitor.visit_seq(&mut items) {
            Ok(value) => {
                items.finish().map_err(Error::custom)?;
                Ok(value)
            }
            Err(error) => Err(self.failed(start, error)),
        }
    }

    /// An error is where reading stopped; that of a container that was not even begun, before it.
    fn failed(self, start: usize, error: Error) -> Error {
        if self.0.position() == start + 1 {
            self.0.set_position(start);
        }
        error
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.0.number();
        if text != "-0" && !text.contains(['.', 'e', 'E']) {
            if let Ok(number) = text.parse() {
                return visitor.visit_u64(number);
            }
            if let Ok(number) = text.parse() {
                return visitor.visit_i64(number);
            }
        }
        let (number, is_odd) = odd::number(text);
        if is_odd {
            self.0.add_odd();
        }
        visitor.visit_f64(number)
    }
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let document = self.0;
        document.tick().map_err(Error::custom)?;
        match document.peek() {
            b'{' => self.object(visitor),
            b'[' => self.array(visitor),
            b'"' => {
                let text = document.string();
                document.charge(text.len() + ALLOCATION).map_err(Error::custom)?;
                match text {
                    Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                    Cow::Owned(text) => visitor.visit_string(text),
                }
            }
            b't' => {
                document.word("true");
                visitor.visit_bool(true)
            }
            b'f' => {
                document.word("false");
                visitor.visit_bool(false)
            }
            b'n' => {
                document.word("null");
                visitor.visit_unit()
            }
            _ => self.number(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.peek() == b'n' {
            self.0.word("null");
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == COPY {
            return visitor.visit_byte_buf(copy::of_value(self.0).map_err(Error::custom)?);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.peek() != b'{' {
            let text = self.0.scalar().unwrap_or_default();
            return visitor.visit_enum(serde::de::value::StringDeserializer::new(text));
        }
        let mut members = Members::new(self.0).map_err(Error::custom)?;
        let value = visitor.visit_enum(MapAccessDeserializer::new(&mut members))?;
        members.finish().map_err(Error::custom)?;
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.0.skip().map_err(Error::custom)?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

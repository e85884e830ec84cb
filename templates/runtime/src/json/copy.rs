//! Values whose text is not at hand: those within a type of the user's, or of another serde format.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::document::{ALLOCATION, Document};
use super::{Limits, Note, Refused, Stopped};
use crate::runtime::deviation::Deviation;
use crate::runtime::json_path;
use crate::runtime::model::{Property, read};

/// The name by which a deserializer of ours is asked for the value as a text of its own.
pub(super) const COPY: &str = "a copy of a JSON text";

/// The value at the position of a document as a text of its own. Before it stand whether deviations
/// are refused, and how much memory is left.
pub(super) fn of_value(document: &Document) -> Result<Vec<u8>, Stopped> {
    document.peek();
    let start = document.position();
    document.skip()?;
    let text = document.slice(start, document.position());
    document.charge(text.len() + ALLOCATION)?;
    let mut copy = vec![u8::from(document.refused() == Refused::All)];
    copy.extend(document.left().to_le_bytes());
    copy.extend(text.as_bytes());
    Ok(copy)
}

/// Reads a type of the SDK from any serde format. What an optional property cannot hold is kept as
/// ever, and told to nobody. What has to be there has to be there: serde tries one type after the
/// other where its user says so.
///
/// # Errors
///
/// The value is no JSON, or is not what the document says where another would have to stand in.
pub fn deserialize<'de, T: Property, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(COPY, CopyVisitor(PhantomData))
}

struct CopyVisitor<T>(PhantomData<T>);

impl<T: Property> CopyVisitor<T> {
    fn read<E: serde::de::Error>(self, document: &Document) -> Result<T, E> {
        read::value(document).map_err(|Stopped| match document.take_deviations().pop() {
            Some(Note { missing: Some(property), start: 0, .. }) => E::missing_field(property),
            Some(Note { missing: Some(property), start, .. }) => E::custom(format_args!(
                "missing field `{property}` in {}",
                json_path::at_offset(document.bytes(), start)
            )),
            Some(note) => E::custom(Deviation::of(document.bytes(), note)),
            None => E::custom(Stopped),
        })
    }
}

impl<'de, T: Property> Visitor<'de> for CopyVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    /// What [`of_value`] gave.
    fn visit_byte_buf<E: serde::de::Error>(self, copy: Vec<u8>) -> Result<T, E> {
        let parts = copy.split_at_checked(1 + size_of::<usize>()).and_then(|(head, text)| {
            let (refuse_all, memory) = head.split_first()?;
            let refused = if *refuse_all == 1 { Refused::All } else { Refused::None };
            let memory = usize::from_le_bytes(memory.try_into().ok()?);
            Some((Limits { memory: Some(memory), refused, ..Limits::default() }, text))
        });
        let text = parts.and_then(|(limits, text)| Some((limits, std::str::from_utf8(text).ok()?)));
        let (limits, text) = text.ok_or_else(|| E::custom("no copy of a text"))?;
        self.read(&Document::new(text, limits))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<T, D::Error> {
        let text = Value::deserialize(value)?.to_string();
        let limits = Limits { refused: Refused::Broken, ..Limits::default() };
        self.read(&Document::new(&text, limits))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        self.visit_newtype_struct(MapAccessDeserializer::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        self.visit_newtype_struct(SeqAccessDeserializer::new(items))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<T, E> {
        self.visit_newtype_struct(value.into_deserializer())
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<T, E> {
        self.visit_newtype_struct(value.into_deserializer())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<T, E> {
        self.visit_newtype_struct(value.into_deserializer())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<T, E> {
        self.visit_newtype_struct(value.into_deserializer())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<T, E> {
        self.visit_newtype_struct(value.into_deserializer())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        self.visit_newtype_struct(().into_deserializer())
    }
}

//! JSON texts (RFC 8259), read within limits of memory and time.
//!
//! The models read from any serde format. The client reads them from here: what they take is
//! counted while they are made, the time is looked at, and a union, which has to try several
//! types, reads a place of the text again instead of a copy of it.

mod access;
mod document;
mod find;
mod odd;
mod spot;
mod text;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

pub(crate) use document::Choice;
pub(crate) use document::Document;
use document::Failure;
pub(crate) use odd::Count;
pub(crate) use spot::COPY;
pub(crate) use spot::nearest;
pub use spot::{Reading, Spot, spot};
use text::Text;

use crate::runtime::model::Property;

/// What reading a text may take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    /// The bytes of memory. `None`: any number.
    pub(crate) memory: Option<usize>,
    /// When it has to be done.
    pub(crate) deadline: Option<Instant>,
    /// Whether a value of the wrong type is an error even where a model could keep it.
    pub(crate) refuse_misfits: bool,
}

/// Why a text cannot be read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is not JSON, or the value ending or beginning at that byte is not of the type.
    Misfit(serde_json::Error, Option<usize>),
    /// The value would take more memory than it may.
    Memory,
    /// The time is over.
    Time,
}

/// Reads a text into a type of the SDK.
pub(crate) fn read<T: for<'de> Property<'de>>(text: &Bytes, limits: Limits) -> Result<T, Unread> {
    let document = validated(text, limits)?;
    let read = Spot::start_of(document.clone()).read();
    outcome(&document, read)
}

/// Reads a text into any type.
pub(crate) fn read_any<T: DeserializeOwned>(text: &Bytes, limits: Limits) -> Result<T, Unread> {
    let document = validated(text, limits)?;
    let read = T::deserialize(Text(&document));
    outcome(&document, read)
}

fn outcome<T>(document: &Document, read: Result<T, serde_json::Error>) -> Result<T, Unread> {
    match (document.failure(), read) {
        (Some(Failure::Memory), _) => Err(Unread::Memory),
        (Some(Failure::Time), _) => Err(Unread::Time),
        (None, Ok(value)) => Ok(value),
        (None, Err(error)) => Err(Unread::Misfit(error, Some(document.position()))),
    }
}

/// The text or number at a JSON Pointer (RFC 6901).
pub(crate) fn text_at(document: &Document, pointer: &str) -> Option<String> {
    document.find(pointer).then(|| document.scalar()).flatten()
}

/// A text whose grammar is right.
pub(crate) fn validated(text: &Bytes, limits: Limits) -> Result<std::rc::Rc<Document>, Unread> {
    serde_json::from_slice::<serde::de::IgnoredAny>(text)
        .map_err(|error| Unread::Misfit(error, None))?;
    if let Err(error) = std::str::from_utf8(text) {
        let offset = error.valid_up_to();
        let error = serde::de::Error::custom("invalid unicode code point");
        return Err(Unread::Misfit(error, Some(offset)));
    }
    Ok(Document::new(text.clone(), limits).into())
}

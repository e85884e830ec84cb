//! JSON texts (RFC 8259), read within limits of memory and time.
//!
//! The client reads the models from here: what they take is counted while they are made, the time is
//! looked at, what deviates from the document is noted, and a union, which has to try several types,
//! reads a place of the text again instead of a copy of it.

mod access;
mod copy;
mod deviations;
mod document;
mod find;
mod odd;
mod text;

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

pub use access::{Items, Members};
pub use copy::deserialize;
pub(crate) use deviations::Note;
use document::Failure;
pub use document::{ALLOCATION, Choice, Document};
use text::Text;

use crate::runtime::model::{Property, read};

/// What reading a text may take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    /// The bytes of memory. `None`: any number.
    pub(crate) memory: Option<usize>,
    /// When it has to be done.
    pub(crate) deadline: Option<Instant>,
    /// Which deviations from the document are errors.
    pub(crate) refused: Refused,
}

/// Which deviations from the document are errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Refused {
    /// None.
    #[default]
    None,
    /// Those where another value would have to stand in, unless that is within an optional property.
    Broken,
    /// All.
    All,
}

/// Reading a text stopped: the text knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a limit was reached")
    }
}

/// How much of a value is not what the document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tally {
    /// The bytes of what had to be of a type and is not, and one for each value that had to be there:
    /// others stand in for them.
    pub broken: usize,
    /// How many these are, and the values that are kept beside a field or are new to an enum.
    pub misfits: usize,
}

/// Why a text cannot be read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is not JSON, or the value ending or beginning at that byte is not of the type.
    Misfit(serde_json::Error, Option<usize>),
    /// It deviates from the document, which was to be refused.
    Deviation(Note),
    /// The value would take more memory than it may.
    Memory,
    /// The time is over.
    Time,
}

/// Reads a text into a type of the SDK. What the text deviates in is noted in the document.
pub(crate) fn read<T: Property>(document: &Document) -> Result<T, Unread> {
    document.peek();
    read::value(document).map_err(|Stopped| reason(document))
}

/// Reads a text into a type of the SDK if it is of that type as a whole.
pub(crate) fn read_fitting<T: Property>(document: &Document) -> Option<T> {
    document.peek();
    T::read(document).ok().flatten()
}

/// Reads a text into any type.
pub(crate) fn read_any<T: DeserializeOwned>(document: &Document) -> Result<T, Unread> {
    T::deserialize(Text(document)).map_err(|error| match document.failure() {
        Some(_) => reason(document),
        None => Unread::Misfit(error, Some(document.position())),
    })
}

/// Reads the value at the position of a text into a type that only serde knows. `None`: it is of
/// another type.
///
/// # Errors
///
/// A limit was reached.
pub fn read_opaque<T: DeserializeOwned>(document: &Document) -> Result<Option<T>, Stopped> {
    match T::deserialize(Text(document)) {
        Ok(value) => Ok(Some(value)),
        Err(_) if document.is_stopped() => Err(Stopped),
        Err(_) => Ok(None),
    }
}

fn reason(document: &Document) -> Unread {
    match (document.failure(), document.take_deviations().pop()) {
        (Some(Failure::Memory), _) => Unread::Memory,
        (Some(Failure::Time), _) => Unread::Time,
        (Some(Failure::Deviation), Some(note)) => Unread::Deviation(note),
        _ => {
            let error = serde::de::Error::custom("recursion limit exceeded");
            Unread::Misfit(error, Some(document.position()))
        }
    }
}

/// The text or number at a JSON Pointer (RFC 6901).
pub(crate) fn text_at(document: &Document, pointer: &str) -> Option<String> {
    document.find(pointer).then(|| document.scalar()).flatten()
}

/// A text whose grammar is right.
pub(crate) fn validated(text: &Bytes, limits: Limits) -> Result<Document, Unread> {
    serde_json::from_slice::<serde::de::IgnoredAny>(text)
        .map_err(|error| Unread::Misfit(error, None))?;
    if let Err(error) = std::str::from_utf8(text) {
        let offset = error.valid_up_to();
        let error = serde::de::Error::custom("invalid unicode code point");
        return Err(Unread::Misfit(error, Some(offset)));
    }
    Ok(Document::new(text.clone(), limits))
}

/// The value nearest to a text that was kept, and whether it is not written as that text.
pub(crate) fn nearest(text: &str) -> Option<(serde_json::Value, bool)> {
    let document = Document::new(text.to_owned().into(), Limits::default());
    let value = read_fitting(&document)?;
    Some((value, document.odd() > 0))
}

/// Reads a text that was kept into the type of its field; `None` where it is of another type.
pub(crate) fn read_again<T: Property>(text: &str) -> Option<T> {
    read_fitting(&Document::new(text.to_owned().into(), Limits::default()))
}

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
#[cfg(feature = "client")]
mod pointer;
#[cfg(feature = "client")]
mod reading;
mod scan;
mod text;

use std::fmt;
use std::time::Instant;

use serde::de::DeserializeOwned;

pub use access::{Items, Members};
pub use copy::deserialize;
pub(crate) use deviations::Note;
pub use document::{ALLOCATION, Choice, Document};
#[cfg(feature = "client")]
pub(crate) use pointer::text_at;
#[cfg(feature = "client")]
pub(crate) use reading::{Unread, read, read_any, unvalidated, validated};
use text::Text;

use crate::runtime::model::Property;

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

/// Reads a text into a type of the SDK if it is of that type as a whole.
pub(crate) fn read_fitting<T: Property>(document: &Document) -> Option<T> {
    document.peek();
    T::read(document).ok().flatten()
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

/// The value nearest to a text that was kept, and whether it is not written as that text.
pub(crate) fn nearest(text: &str) -> Option<(serde_json::Value, bool)> {
    let document = Document::new(text, Limits::default());
    let value = read_fitting(&document)?;
    Some((value, document.odd() > 0))
}

/// Reads a text that was kept into the type of its field; `None` where it is of another type.
pub(crate) fn read_again<T: Property>(text: &str) -> Option<T> {
    read_fitting(&Document::new(text, Limits::default()))
}

//! What the client reads of an answer.

use serde::de::DeserializeOwned;

use super::document::{Document, Failure};
use super::text::Text;
use super::{Limits, Note, Stopped};
use crate::runtime::model::{self, Property};

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

/// Reads a text, to its end, into a type of the SDK. What the text deviates in is noted in the document.
#[inline]
pub(crate) fn read<T: Property>(document: &Document) -> Result<T, Unread> {
    document.peek();
    let value = model::read::value(document).map_err(|Stopped| reason(document))?;
    document.finish();
    match document.failure() {
        None => Ok(value),
        Some(_) => Err(reason(document)),
    }
}

/// Reads a text into any type.
pub(crate) fn read_any<T: DeserializeOwned>(document: &Document) -> Result<T, Unread> {
    T::deserialize(Text(document)).map_err(|error| match document.failure() {
        Some(_) => reason(document),
        None => Unread::Misfit(error, Some(document.position())),
    })
}

fn reason(document: &Document) -> Unread {
    match (document.failure(), document.take_deviations().pop()) {
        (Some(Failure::Memory), _) => Unread::Memory,
        (Some(Failure::Time), _) => Unread::Time,
        (Some(Failure::Deviation), Some(note)) => Unread::Deviation(note),
        (Some(Failure::Grammar), _) => {
            let error = serde::de::Error::custom("no JSON");
            Unread::Misfit(error, Some(document.position()))
        }
        _ => {
            let error = serde::de::Error::custom("recursion limit exceeded");
            Unread::Misfit(error, Some(document.position()))
        }
    }
}

/// A text whose grammar is right.
pub(crate) fn validated(text: &[u8], limits: Limits) -> Result<Document<'_>, Unread> {
    serde_json::from_slice::<serde::de::IgnoredAny>(text)
        .map_err(|error| Unread::Misfit(error, None))?;
    unvalidated(text, limits)
}

/// A text whose grammar is checked while it is read.
pub(crate) fn unvalidated(text: &[u8], limits: Limits) -> Result<Document<'_>, Unread> {
    let text = std::str::from_utf8(text).map_err(|error| {
        let offset = error.valid_up_to();
        let error = serde::de::Error::custom("invalid unicode code point");
        Unread::Misfit(error, Some(offset))
    })?;
    Ok(Document::new(text, limits))
}

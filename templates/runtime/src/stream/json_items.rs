//! Request bodies of JSON texts that flow.

use std::fmt;

use futures_core::Stream;
use serde::Serialize;

use super::flow::{Source, Write, Written};
use super::framing::Format;
use crate::runtime::error::BoxError;

/// The items of a request body, one JSON text after the other: a list, or a stream that is asked for an item when the
/// connection can take it.
///
/// A call with a stream is made once: it is not made again after a failure.
///
/// ```text
/// client.batches().import(vec![one, another]).await?;
/// client.batches().import(JsonItems::from_stream(receiver)).await?;
/// ```
pub struct JsonItems<T>(Source<T>);

impl<T: 'static> JsonItems<T> {
    /// The items of a stream.
    pub fn from_stream(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Source::of_stream(stream))
    }

    /// The items of a stream that can fail, which breaks the request off: the call is then an
    /// [`Error::Transport`](crate::runtime::Error::Transport).
    pub fn from_try_stream<E: Into<BoxError> + 'static>(
        stream: impl Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self {
        Self(Source::of_try_stream(stream))
    }
}

impl<T> From<Vec<T>> for JsonItems<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Source::List(items))
    }
}

impl<T> fmt::Debug for JsonItems<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show("JsonItems", formatter)
    }
}

impl<T: Serialize + Send + 'static> JsonItems<T> {
    /// The body, in JSON Lines or as a JSON text sequence.
    pub(super) fn written(self, format: Format) -> Result<Written, BoxError> {
        self.0.written(JsonTexts { is_sequence: format == Format::JsonSequence })
    }
}

/// Writes each item as a JSON text.
struct JsonTexts {
    /// As a JSON text sequence (RFC 7464), and not on a line.
    is_sequence: bool,
}

impl<T: Serialize> Write<T> for JsonTexts {
    fn item(&mut self, bytes: &mut Vec<u8>, item: &T) -> Result<(), BoxError> {
        if self.is_sequence {
            bytes.push(super::json_sequence::RECORD_SEPARATOR);
        }
        serde_json::to_writer(&mut *bytes, item)?;
        bytes.push(b'\n');
        Ok(())
    }
}

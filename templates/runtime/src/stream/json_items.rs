//! Request bodies of JSON texts that flow.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame};
use serde::Serialize;

use super::framing::Format;
use crate::runtime::error::BoxError;

/// How many bytes of items that are there are sent at once.
const PIECE: usize = 16 * 1024;

type Flow<T> = Pin<Box<dyn Stream<Item = Result<T, BoxError>> + Send>>;

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

enum Source<T> {
    List(Vec<T>),
    Flow(Flow<T>),
}

impl<T: 'static> JsonItems<T> {
    /// The items of a stream.
    pub fn from_stream(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Source::Flow(Box::pin(Mapped { stream: Box::pin(stream), map: Ok })))
    }

    /// The items of a stream that can fail, which breaks the request off: the call is then an
    /// [`Error::Transport`](crate::runtime::Error::Transport).
    pub fn from_try_stream<E: Into<BoxError> + 'static>(
        stream: impl Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self {
        let map = |item: Result<T, E>| item.map_err(Into::into);
        Self(Source::Flow(Box::pin(Mapped { stream: Box::pin(stream), map })))
    }
}

impl<T> From<Vec<T>> for JsonItems<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Source::List(items))
    }
}

impl<T> fmt::Debug for JsonItems<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::List(items) => write!(formatter, "JsonItems({} items)", items.len()),
            Source::Flow(_) => formatter.write_str("JsonItems(stream)"),
        }
    }
}

/// A body, as far as it is there.
pub(crate) enum Written {
    Bytes(Vec<u8>),
    Flow(reqwest::Body),
}

impl<T: Serialize + Send + 'static> JsonItems<T> {
    /// Writes the items of a list, or says how those of a stream are to be written.
    pub(crate) fn written(self, format: Format) -> serde_json::Result<Written> {
        match self.0 {
            Source::List(items) => {
                let mut bytes = Vec::new();
                items.iter().try_for_each(|item| write(&mut bytes, item, format))?;
                Ok(Written::Bytes(bytes))
            }
            Source::Flow(items) => {
                let body = ItemsBody { items: Mutex::new(Some(items)), format, failure: None };
                Ok(Written::Flow(reqwest::Body::wrap(body)))
            }
        }
    }
}

/// Appends an item, as the format has it.
fn write(bytes: &mut Vec<u8>, item: &impl Serialize, format: Format) -> serde_json::Result<()> {
    if format == Format::JsonSequence {
        bytes.push(super::json_sequence::RECORD_SEPARATOR);
    }
    serde_json::to_writer(&mut *bytes, item)?;
    bytes.push(b'\n');
    Ok(())
}

/// A stream whose items are changed.
struct Mapped<S, F> {
    stream: Pin<Box<S>>,
    map: F,
}

/// Only what is behind the pointer is pinned.
impl<S, F> Unpin for Mapped<S, F> {}

impl<S: Stream, T, F: Fn(S::Item) -> T> Stream for Mapped<S, F> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let item = self.stream.as_mut().poll_next(context);
        item.map(|item| item.map(&self.map))
    }
}

/// Items that are written when they are sent.
struct ItemsBody<T> {
    /// The HTTP library shares bodies between threads, and never uses one from two.
    items: Mutex<Option<Flow<T>>>,
    format: Format,
    /// What is told once the items before it were sent.
    failure: Option<BoxError>,
}

impl<T: Serialize> ItemsBody<T> {
    /// The items that are there, up to a size. Nothing: there are no more.
    fn piece(&mut self, context: &mut Context<'_>) -> Poll<Vec<u8>> {
        let items = self.items.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        while bytes.len() < PIECE
            && let Some(flow) = items
        {
            let written = match flow.as_mut().poll_next(context) {
                Poll::Ready(Some(Ok(item))) => {
                    let start = bytes.len();
                    let written = write(&mut bytes, &item, self.format);
                    written.map_err(|cause| {
                        bytes.truncate(start);
                        BoxError::from(cause)
                    })
                }
                Poll::Ready(Some(Err(cause))) => Err(cause),
                Poll::Ready(None) => {
                    *items = None;
                    break;
                }
                Poll::Pending if bytes.is_empty() => return Poll::Pending,
                // The next piece asks again.
                Poll::Pending => break,
            };
            if let Err(cause) = written {
                (self.failure, *items) = (Some(cause), None);
                break;
            }
        }
        Poll::Ready(bytes)
    }
}

/// Nothing here is ever pinned.
impl<T> Unpin for ItemsBody<T> {}

impl<T: Serialize + 'static> Body for ItemsBody<T> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = self.piece(context);
        piece.map(|bytes| match bytes.is_empty() {
            true => self.failure.take().map(Err),
            false => Some(Ok(Frame::data(bytes.into()))),
        })
    }
}

//! Request bodies whose items flow.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame};

use crate::runtime::error::BoxError;

/// How many bytes of items that are there are sent at once.
const PIECE: usize = 16 * 1024;

/// Items that come, or an error in the place of the rest of them.
type Flow<T> = Pin<Box<dyn Stream<Item = Result<T, BoxError>> + Send>>;

/// Where the items of a body come from.
pub(super) enum Source<T> {
    List(Vec<T>),
    Flow(Flow<T>),
}

/// How items stand in a body.
pub(super) trait Write<T> {
    /// Appends an item.
    fn item(&mut self, bytes: &mut Vec<u8>, item: &T) -> Result<(), BoxError>;

    /// Appends what comes after the last item.
    fn end(&mut self, _bytes: &mut Vec<u8>) {}
}

/// A body, as far as it is there.
pub(super) enum Written {
    Bytes(Vec<u8>),
    Flow(reqwest::Body),
}

impl<T: 'static> Source<T> {
    pub(super) fn of_stream(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self::Flow(Box::pin(Mapped { stream: Box::pin(stream), map: Ok }))
    }

    pub(super) fn of_try_stream<E: Into<BoxError> + 'static>(
        stream: impl Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self {
        let map = |item: Result<T, E>| item.map_err(Into::into);
        Self::Flow(Box::pin(Mapped { stream: Box::pin(stream), map }))
    }
}

impl<T> Source<T> {
    /// Shows how many items there are, and not what they say.
    pub(super) fn show(&self, name: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(items) => write!(formatter, "{name}({} items)", items.len()),
            Self::Flow(_) => write!(formatter, "{name}(stream)"),
        }
    }
}

impl<T: Send + 'static> Source<T> {
    /// Writes the items of a list, or says how those of a stream are to be written.
    pub(super) fn written<W>(self, mut write: W) -> Result<Written, BoxError>
    where
        W: Write<T> + Send + Sync + 'static,
    {
        match self {
            Self::List(items) => {
                let mut bytes = Vec::new();
                items.iter().try_for_each(|item| write.item(&mut bytes, item))?;
                write.end(&mut bytes);
                Ok(Written::Bytes(bytes))
            }
            Self::Flow(items) => {
                let body = FlowBody { items: Mutex::new(Some(items)), write, failure: None };
                Ok(Written::Flow(reqwest::Body::wrap(body)))
            }
        }
    }
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
struct FlowBody<T, W> {
    /// The HTTP library shares bodies between threads, and never uses one from two.
    items: Mutex<Option<Flow<T>>>,
    write: W,
    /// What is told once the items before it were sent.
    failure: Option<BoxError>,
}

impl<T, W: Write<T>> FlowBody<T, W> {
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
                    let written = self.write.item(&mut bytes, &item);
                    written.inspect_err(|_| bytes.truncate(start))
                }
                Poll::Ready(Some(Err(cause))) => Err(cause),
                Poll::Ready(None) => {
                    self.write.end(&mut bytes);
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
impl<T, W> Unpin for FlowBody<T, W> {}

impl<T: 'static, W: Write<T> + 'static> Body for FlowBody<T, W> {
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

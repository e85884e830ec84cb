//! Streams of JSON texts.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::framing::Format;
use super::reader::Reader;
use crate::runtime::call::Call;
use crate::runtime::deviation::Deviation;
use crate::runtime::deviations::Deviations;
use crate::runtime::error::Result;
use crate::runtime::response::Answer;
use crate::runtime::transport::BoxFuture;

/// A successful answer that is a stream of JSON texts, as JSON Lines or as a JSON text sequence (RFC 7464), given one by
/// one by [`next`](Self::next) or as a [`Stream`]. Dropping it ends the request.
///
/// The call's time-out holds until the answer begins. Then the stream may take as long as it takes, unless nothing
/// comes for the time of [`ClientBuilder::stream_idle_timeout`](crate::runtime::ClientBuilder::stream_idle_timeout).
/// One item is in memory at a time, and none may be larger than
/// [`ClientBuilder::max_body_size`](crate::runtime::ClientBuilder::max_body_size).
///
/// An item that cannot be decoded is an [`Error::Decode`](crate::runtime::Error::Decode), after which others come.
/// A connection that breaks off is an [`Error::Transport`](crate::runtime::Error::Transport), and the end.
#[must_use = "the items come when they are asked for"]
pub struct JsonStream<T> {
    reader: Reader,
    decode: fn(&Answer) -> Result<T>,
    /// Those of the item that was given last.
    deviations: Deviations,
}

impl<T: 'static> JsonStream<T> {
    pub(crate) fn open(
        call: Call,
        format: Format,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<Self>> {
        let opening = Reader::open(call, format);
        let deviations = Deviations::default();
        Box::pin(async move { Ok(Self { reader: opening.await?, decode, deviations }) })
    }
}

impl<T> JsonStream<T> {
    /// Gives the next item. `None`: the stream has ended.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Where the item that was given last is not what the document says: see
    /// [`Response::deviations`](crate::runtime::Response::deviations).
    pub fn deviations(&self) -> Vec<Deviation> {
        self.deviations.list()
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.reader.head().status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.reader.head().headers
    }

    /// The id that the server gave to the request. The vendor's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.reader.head().request_id.as_deref()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        let mut last = Deviations::default();
        let make = |value, _, deviations| {
            last = deviations;
            value
        };
        let item = ready!(self.reader.poll(context, self.decode, make));
        self.deviations = last;
        Poll::Ready(item)
    }
}

impl<T> Stream for JsonStream<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reader.show("JsonStream", formatter)
    }
}

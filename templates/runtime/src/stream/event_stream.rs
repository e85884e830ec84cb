//! Streams of server-sent events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::event::Event;
use super::framing::Format;
use super::reader::Reader;
use crate::runtime::call::Call;
use crate::runtime::error::Result;
use crate::runtime::response::Answer;
use crate::runtime::transport::BoxFuture;

/// A successful answer that is a stream of server-sent events (WHATWG HTML, section 9.2), given one by one by
/// [`next`](Self::next) or as a [`Stream`]. Dropping it ends the request.
///
/// The call's time-out holds until the answer begins. Then the stream may take as long as it takes, unless nothing
/// comes for the time of [`ClientBuilder::stream_idle_timeout`](crate::runtime::ClientBuilder::stream_idle_timeout).
/// One event is in memory at a time, and none may be larger than
/// [`ClientBuilder::max_body_size`](crate::runtime::ClientBuilder::max_body_size).
///
/// An event whose data cannot be decoded is an [`Error::Decode`](crate::runtime::Error::Decode), after which others come.
/// A connection that breaks off is an [`Error::Transport`](crate::runtime::Error::Transport), and the end, unless
/// the stream is to be asked for again: see `reconnect` of the request.
#[must_use = "the events come when they are asked for"]
pub struct EventStream<T> {
    reader: Reader,
    decode: fn(&Answer) -> Result<T>,
}

impl<T: 'static> EventStream<T> {
    pub(crate) fn open(call: Call, decode: fn(&Answer) -> Result<T>) -> BoxFuture<Result<Self>> {
        let opening = Reader::open(call, Format::Events);
        Box::pin(async move { Ok(Self { reader: opening.await?, decode }) })
    }
}

impl<T> EventStream<T> {
    /// Gives the next event. `None`: the stream has ended.
    pub async fn next(&mut self) -> Option<Result<Event<T>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.reader.head().status
    }

    /// The headers of the answer; after a reconnection, of the last one.
    pub fn headers(&self) -> &HeaderMap {
        &self.reader.head().headers
    }

    /// The id that the server gave to the request. The vendor's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.reader.head().request_id.as_deref()
    }

    /// The id of the last event that had one. A call with the header `Last-Event-ID` goes on there, where the server
    /// can do that.
    pub fn last_event_id(&self) -> Option<&str> {
        self.reader.last_event_id()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>>>> {
        self.reader.poll(context, self.decode, Event::of)
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reader.show("EventStream", formatter)
    }
}

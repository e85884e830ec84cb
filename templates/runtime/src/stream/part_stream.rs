//! Streams of the parts of a body.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap};

use super::framing::{Format, Frame};
use super::reader::Reader;
use crate::runtime::call::Call;
use crate::runtime::deviation::Deviation;
use crate::runtime::deviations::Deviations;
use crate::runtime::error::Result;
use crate::runtime::response::Answer;
use crate::runtime::transport::BoxFuture;

/// A successful answer of several parts (RFC 2046, section 5.1), given one by one by [`next`](Self::next) or as a
/// [`Stream`]. Dropping it ends the request.
///
/// The call's time-out holds until the answer begins. Then the stream may take as long as it takes, unless nothing
/// comes for the time of [`ClientBuilder::stream_idle_timeout`](crate::runtime::ClientBuilder::stream_idle_timeout).
/// A part is given once the delimiter after it is there. One is in memory at a time, and none may be larger than
/// [`ClientBuilder::max_body_size`](crate::runtime::ClientBuilder::max_body_size).
///
/// A part that cannot be decoded is an [`Error::Decode`](crate::runtime::Error::Decode), after which others come.
/// A connection that breaks off is an [`Error::Transport`](crate::runtime::Error::Transport), and the end.
#[must_use = "the parts come when they are asked for"]
pub struct PartStream<T> {
    reader: Reader,
    decode: fn(&Answer) -> Result<T>,
}

/// A part of an answer of several.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StreamedPart<T> {
    /// What the part says, decoded. A `Content-Transfer-Encoding` is not: HTTP has none (RFC 9112, section 11.2).
    pub data: T,
    /// The headers of the part.
    pub headers: HeaderMap,
    deviations: Deviations,
}

impl<T> StreamedPart<T> {
    /// A part with that data, and without headers.
    pub fn new(data: T) -> Self {
        Self { data, headers: HeaderMap::new(), deviations: Deviations::default() }
    }

    /// Sets [`headers`](Self#structfield.headers).
    #[must_use]
    pub fn headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// The media type of the part. `None`: it has none, and is text in ASCII (RFC 2046, section 5.1).
    pub fn media_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Where the data is not what the document says: see
    /// [`Response::deviations`](crate::runtime::Response::deviations).
    pub fn deviations(&self) -> Vec<Deviation> {
        self.deviations.list()
    }

    fn of(data: T, frame: Frame, deviations: Deviations) -> Self {
        Self { data, headers: frame.headers.map(|it| *it).unwrap_or_default(), deviations }
    }
}

/// A part with that data, and without headers.
impl<T> From<T> for StreamedPart<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

impl<T: 'static> PartStream<T> {
    pub(crate) fn open(call: Call, decode: fn(&Answer) -> Result<T>) -> BoxFuture<Result<Self>> {
        let opening = Reader::open(call, Format::Parts);
        Box::pin(async move { Ok(Self { reader: opening.await?, decode }) })
    }
}

impl<T> PartStream<T> {
    /// Gives the next part. `None`: there is no more.
    pub async fn next(&mut self) -> Option<Result<StreamedPart<T>>> {
        poll_fn(|context| self.poll(context)).await
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

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<StreamedPart<T>>>> {
        self.reader.poll(context, self.decode, StreamedPart::of)
    }
}

impl<T> Stream for PartStream<T> {
    type Item = Result<StreamedPart<T>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for PartStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reader.show("PartStream", formatter)
    }
}

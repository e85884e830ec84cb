//! Bodies that are too large for the memory.

use std::fmt;
use std::future::{poll_fn, ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::body::broken_off;
use super::error::Result;
use super::response::Head;
use super::shown::Shown;
use super::transport::BoxFuture;

/// A successful answer whose body is read piece by piece, by [`chunk`](Self::chunk) or as a
/// stream.
///
/// The call's time-out holds until the answer begins; reading the body may take as long as it
/// takes. No limit on the body's size applies.
pub struct Download {
    head: Head,
    body: reqwest::Body,
}

impl Download {
    pub(crate) fn begin(head: Head, body: reqwest::Body, _limit: usize) -> BoxFuture<Result<Self>> {
        Box::pin(ready(Ok(Self { head, body })))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The id that the server gave to the request. The vendor's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
    }

    /// Gives the next piece of the body. `None`: it is complete.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`](super::Error::Transport): the connection broke off before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    /// As [`chunk`](Self::chunk), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`chunk`](Self::chunk); inside of an async runtime,
    /// [`Error::Request`](super::Error::Request).
    #[cfg(feature = "blocking")]
    pub fn chunk_blocking(&mut self) -> Result<Option<Bytes>> {
        super::blocking::block_on(self.head.operation, self.chunk())
    }

    /// The body as the HTTP library has it, to hand it on to another request.
    pub fn into_body(self) -> reqwest::Body {
        self.body
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(cause)) => {
                    return Poll::Ready(Some(Err(broken_off(self.head.operation, cause))));
                }
                // What is no data is a trailer, which nothing is made of.
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { operation, status, request_id, .. } = &self.head;
        formatter
            .debug_struct("Download")
            .field("operation", operation)
            .field("status", status)
            .field("request_id", &request_id.as_deref().map(Shown))
            .finish_non_exhaustive()
    }
}

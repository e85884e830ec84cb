//! Bodies that are too large for the memory.

use std::fmt;
use std::future::ready;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::body::broken_off;
use super::error::Result;
use super::response::Head;
use super::transport::BoxFuture;

/// A successful answer whose body is read piece by piece.
///
/// The call's time-out holds until the answer begins; reading the body may take as long
/// as it takes. No limit on the body's size applies.
pub struct Download {
    head: Head,
    body: reqwest::Response,
}

impl Download {
    pub(crate) fn begin(head: Head, body: reqwest::Body, _limit: usize) -> BoxFuture<Result<Self>> {
        let body = reqwest::Response::from(http::Response::new(body));
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
    /// [`Error::Transport`](super::Error::Transport): the connection broke off before
    /// the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.body.chunk().await.map_err(|cause| broken_off(self.head.operation, cause))
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

    /// The body as the HTTP library has it, to hand it on to another request or a
    /// stream.
    pub fn into_body(self) -> reqwest::Body {
        self.body.into()
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Head { operation, status, request_id, .. } = &self.head;
        formatter
            .debug_struct("Download")
            .field("operation", &operation.id)
            .field("status", status)
            .field("request_id", request_id)
            .finish_non_exhaustive()
    }
}

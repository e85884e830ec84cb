//! Bodies: what is sent, and how much of an answer is read.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use reqwest::header::CONTENT_LENGTH;

use super::error::{DecodeError, Error, RequestError, Result, TimeoutError, TransportError};
use super::operation::{Method, Operation};
use super::response::{Answer, Budget, Head};
use super::transport::BoxFuture;

/// The body of a request.
#[derive(Clone)]
pub(crate) enum RequestBody {
    /// In memory; it can be sent several times.
    Bytes(Bytes),
    /// A stream, which can be sent once; whoever sends it takes it out.
    Stream(Arc<Mutex<Option<reqwest::Body>>>),
}

impl RequestBody {
    pub(crate) fn stream(body: reqwest::Body) -> Self {
        Self::Stream(Arc::new(Mutex::new(Some(body))))
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if bytes.is_empty())
    }

    /// Whether the request can be made again after it was made.
    pub(crate) fn can_be_sent_again(&self) -> bool {
        matches!(self, Self::Bytes(_))
    }

    pub(crate) fn to_http(&self, operation: &'static Operation) -> Result<reqwest::Body> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone().into()),
            Self::Stream(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.take().ok_or_else(|| {
                    let message =
                        "the stream of the body was sent already, by a clone of this call";
                    Error::Request(RequestError::new(operation, message))
                })
            }
        }
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(formatter, "{} bytes", bytes.len()),
            Self::Stream(_) => formatter.write_str("stream"),
        }
    }
}

/// A body that was read, as far as that went.
pub(crate) struct Read {
    pub(crate) answer: Answer,
    /// Why the body is not whole.
    failure: Option<Error>,
}

/// Reads the whole body of a successful answer.
pub(crate) fn whole(head: Head, body: reqwest::Body, limit: usize) -> BoxFuture<Result<Answer>> {
    Box::pin(async move {
        let Read { answer, failure } = read(head, body, limit).await;
        failure.map_or(Ok(answer), Err)
    })
}

/// Reads a body up to a limit, which is checked before the memory is taken.
pub(crate) async fn read(head: Head, body: reqwest::Body, limit: usize) -> Read {
    let announced = head
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok())
        // The answer to HEAD tells the length of a body that it does not have.
        .filter(|_| head.operation.method != Method::HEAD);
    if announced.is_some_and(|length| length > limit as u64) {
        let failure = Some(too_large(&head, limit));
        let budget = Budget::of_body(limit);
        return Read { answer: Answer::new(head, Bytes::new(), budget), failure };
    }
    let mut response = reqwest::Response::from(http::Response::new(body));
    let mut bytes = BytesMut::new();
    let failure = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > limit => {
                break Some(too_large(&head, limit));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(cause) => break Some(broken_off(head.operation, cause)),
        }
    };
    let budget = Budget::of_body(limit);
    Read { answer: Answer::new(head, bytes.freeze(), budget), failure }
}

/// The error for a body, or an item of a stream, that is larger than the limit.
pub(crate) fn too_large(head: &Head, limit: usize) -> Error {
    let message =
        format!("is larger than the {limit} bytes that `ClientBuilder::max_body_size` allows");
    Error::Decode(DecodeError::new(head, Bytes::new(), message))
}

/// The error for a body that ends before its end.
pub(crate) fn broken_off(operation: &'static Operation, cause: reqwest::Error) -> Error {
    if cause.is_timeout() {
        return Error::Timeout(TimeoutError::new(operation, None));
    }
    Error::Transport(TransportError::new(operation, cause.without_url().into()))
}

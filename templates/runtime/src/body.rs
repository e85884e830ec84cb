//! Bodies: what is sent, and how much of an answer is read.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame};
use reqwest::header::CONTENT_LENGTH;

use super::error::{DecodeError, Error, RequestError, Result, TimeoutError, TransportError};
use super::operation::{Method, Operation};
use super::response::{Answer, Budget, Head};

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
pub(crate) async fn whole(head: Head, body: reqwest::Body, limit: usize) -> Result<Answer> {
    let Read { answer, failure } = read(head, body, limit).await;
    failure.map_or(Ok(answer), Err)
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
    let mut body = body;
    let mut chunks = Chunks::default();
    let failure = loop {
        match next_chunk(&mut body).await {
            Some(Ok(chunk)) if chunks.len() + chunk.len() > limit => {
                break Some(too_large(&head, limit));
            }
            Some(Ok(chunk)) => chunks.push(chunk),
            None => break None,
            Some(Err(cause)) => break Some(broken_off(head.operation, cause)),
        }
    };
    let budget = Budget::of_body(limit);
    Read { answer: Answer::new(head, chunks.joined(), budget), failure }
}

/// The next bytes of a body.
async fn next_chunk(body: &mut reqwest::Body) -> Option<reqwest::Result<Bytes>> {
    loop {
        let frame = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await?;
        // Trailers are no part of it.
        match frame.map(Frame::into_data) {
            Ok(Ok(chunk)) => return Some(Ok(chunk)),
            Ok(Err(_)) => {}
            Err(cause) => return Some(Err(cause)),
        }
    }
}

/// The bytes of a body, as far as they have come. One chunk alone, as most bodies are, is not copied.
#[derive(Default)]
struct Chunks {
    first: Bytes,
    /// All of them, from the second on.
    all: BytesMut,
}

impl Chunks {
    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
    }

    fn joined(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
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

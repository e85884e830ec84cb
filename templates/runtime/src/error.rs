//! Everything that can go wrong with a client and its calls.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;

use super::api_error::ApiError;
use super::operation::Operation;
use super::rate_limit::RateLimit;
use super::response::Head;
use super::shown::{Shown, shown};

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of any cause, as the layers and libraries underneath report it.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What can go wrong with a client and its calls.
///
/// Neither `Display` nor `Debug` ever shows a credential, or more of a URL than its origin. Of a
/// text of the server's they show 500 characters, in one line, with what is invisible escaped.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The server answered with a status other than success.
    Api(ApiError),
    /// No complete answer arrived: the connection failed or broke off.
    Transport(TransportError),
    /// The call took longer than it may.
    Timeout(TimeoutError),
    /// The answer's body is not what the document promises.
    Decode(DecodeError),
    /// The client is not set up as it has to be.
    Configuration(ConfigurationError),
    /// The client has no credential that the operation accepts, or could not get one.
    Authentication(AuthenticationError),
    /// The arguments of the call make no request. Nothing was sent.
    Request(RequestError),
    /// A page of a list does not lead to the next one.
    Paging(PagingError),
}

impl Error {
    /// The status of the answer, where there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// The id that the server gave to the request, where there was an answer. The
    /// vendor's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            _ => None,
        }
    }

    /// The rate limit, where the server's refusal reports one.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.as_api().and_then(ApiError::rate_limit)
    }

    /// Whether the same call may succeed if it is made again: after a rate limit (429), a failure that
    /// passes (408, 500, 502, 503, 504), a time-out or a failed connection. Whether it does no harm depends
    /// on the operation: the request may have been carried out although no answer came.
    ///
    /// The client makes calls again by itself where that does no harm, so that this is about errors
    /// that are left then.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Api(error) => {
                matches!(error.status().as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
            }
            Self::Timeout(_) | Self::Transport(_) => true,
            Self::Decode(_)
            | Self::Configuration(_)
            | Self::Authentication(_)
            | Self::Request(_)
            | Self::Paging(_) => false,
        }
    }

    /// The server's answer, where it was one other than success.
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(formatter),
            Self::Transport(error) => error.fmt(formatter),
            Self::Timeout(error) => error.fmt(formatter),
            Self::Decode(error) => error.fmt(formatter),
            Self::Configuration(error) => error.fmt(formatter),
            Self::Authentication(error) => error.fmt(formatter),
            Self::Request(error) => error.fmt(formatter),
            Self::Paging(error) => error.fmt(formatter),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => Some(error.cause.as_ref()),
            Self::Decode(error) => error.inner.cause.as_ref().map(|cause| cause as _),
            Self::Authentication(error) => error.cause.as_ref().map(|cause| cause.as_ref() as _),
            _ => None,
        }
    }
}

/// `METHOD path (operationId)`, as errors name an operation.
pub(crate) struct Named(pub(crate) &'static Operation);

impl fmt::Display for Named {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operation { id, method, path, .. } = self.0;
        write!(formatter, "{method} {path}")?;
        if id.is_empty() { Ok(()) } else { write!(formatter, " ({id})") }
    }
}

/// An error and all its causes in one line.
pub(crate) struct Chain<'e>(pub(crate) &'e (dyn StdError + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = self.0.to_string();
        formatter.write_str(&shown)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            let text = cause.to_string();
            if !shown.contains(&text) {
                write!(formatter, ": {text}")?;
            }
            shown = text;
            next = cause.source();
        }
        Ok(())
    }
}

/// No complete answer arrived: the connection failed or broke off.
#[derive(Debug)]
pub struct TransportError {
    operation: &'static Operation,
    cause: BoxError,
}

impl TransportError {
    pub(crate) fn new(operation: &'static Operation, cause: BoxError) -> Self {
        Self { operation, cause }
    }

    /// Whether no connection could be made, so that the server saw nothing of the
    /// request.
    pub fn is_connect(&self) -> bool {
        self.cause.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_connect)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_connect() { "no connection" } else { "no complete answer" };
        // The outermost error only says that a request failed.
        let cause = self.cause.source().unwrap_or(self.cause.as_ref());
        let cause = shown(&Chain(cause).to_string());
        write!(formatter, "{}: {what}: {cause}", Named(self.operation))
    }
}

/// The call took longer than it may.
#[derive(Debug)]
pub struct TimeoutError {
    operation: &'static Operation,
    exceeded: Exceeded,
}

/// What took too long.
#[derive(Debug)]
enum Exceeded {
    /// The call, which had that time.
    Call(Duration),
    /// The connection, or the answer, which had the time of the HTTP library.
    Connection,
    /// The next piece of an answer that had begun: nothing came for that time.
    #[cfg(feature = "streams")]
    Piece(Duration),
}

impl TimeoutError {
    pub(crate) fn new(operation: &'static Operation, after: Option<Duration>) -> Self {
        Self { operation, exceeded: after.map_or(Exceeded::Connection, Exceeded::Call) }
    }

    /// For a stream of which nothing came for that time.
    #[cfg(feature = "streams")]
    pub(crate) fn idle(operation: &'static Operation, after: Duration) -> Self {
        Self { operation, exceeded: Exceeded::Piece(after) }
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", Named(self.operation))?;
        match self.exceeded {
            Exceeded::Call(after) => write!(formatter, "not finished within {after:?}"),
            Exceeded::Connection => {
                formatter.write_str("the connection or the answer took too long")
            }
            #[cfg(feature = "streams")]
            Exceeded::Piece(after) => write!(formatter, "nothing came of the answer for {after:?}"),
        }
    }
}

/// The answer's body is not what the document promises.
#[derive(Debug)]
pub struct DecodeError {
    inner: Box<Undecodable>,
}

struct Undecodable {
    operation: &'static Operation,
    status: StatusCode,
    request_id: Option<String>,
    item: Option<u64>,
    path: String,
    message: String,
    body: Bytes,
    cause: Option<serde_json::Error>,
}

impl DecodeError {
    pub(crate) fn new(head: &Head, body: Bytes, message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Undecodable {
                operation: head.operation,
                status: head.status,
                request_id: head.request_id.clone(),
                item: head.item,
                path: String::new(),
                message: message.into(),
                body,
                cause: None,
            }),
        }
    }

    pub(crate) fn at(mut self, path: String, cause: serde_json::Error) -> Self {
        self.inner.path = path;
        self.inner.cause = Some(cause);
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.inner.status
    }

    /// The JSON path (RFC 9535) of the value that could not be decoded, such as
    /// `$.profile.emails[2]`. Empty where the body is not JSON at all.
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// The body as it arrived; of a stream, the item.
    pub fn body(&self) -> &Bytes {
        &self.inner.body
    }

    /// The number of the item that could not be decoded, from 0, where the answer is a stream.
    pub fn item(&self) -> Option<u64> {
        self.inner.item
    }

    /// The id that the server gave to the request. The vendor's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Undecodable { operation, status, request_id, item, path, message, .. } =
            self.inner.as_ref();
        match item {
            Some(item) => write!(formatter, "{}: item {item} of", Named(operation))?,
            None => write!(formatter, "{}: the body of", Named(operation))?,
        }
        write!(formatter, " the answer ({status}) ")?;
        if path.is_empty() {
            Shown(message).fmt(formatter)?;
        } else {
            write!(formatter, "does not fit at {}: {}", Shown(path), Shown(message))?;
        }
        match request_id {
            Some(id) => write!(formatter, " (request {})", Shown(id)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Undecodable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Undecodable")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("item", &self.item)
            .field("path", &Shown(&self.path))
            .field("message", &Shown(&self.message))
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The client is not set up as it has to be.
#[derive(Clone, Debug)]
pub struct ConfigurationError {
    problems: Vec<String>,
}

impl ConfigurationError {
    pub(crate) fn new(problems: Vec<String>) -> Self {
        Self { problems }
    }

    /// Everything that is wrong, one sentence each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the client cannot be built: {}", self.problems.join("; "))
    }
}

/// The client has no credential that the operation accepts, or could not get one.
#[derive(Debug)]
pub struct AuthenticationError {
    operation: &'static Operation,
    message: String,
    cause: Option<BoxError>,
}

impl AuthenticationError {
    pub(crate) fn new(operation: &'static Operation, message: impl Into<String>) -> Self {
        Self { operation, message: message.into(), cause: None }
    }

    /// Adds the cause, which the message has told already.
    pub(crate) fn because(mut self, cause: BoxError) -> Self {
        self.cause = Some(cause);
        self
    }
}

impl fmt::Display for AuthenticationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", Named(self.operation), self.message)
    }
}

/// The arguments of the call make no request.
#[derive(Clone, Debug)]
pub struct RequestError {
    operation: &'static Operation,
    message: String,
}

impl RequestError {
    pub(crate) fn new(operation: &'static Operation, message: impl Into<String>) -> Self {
        Self { operation, message: message.into() }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", Named(self.operation), self.message)
    }
}

/// A page of a list does not lead to the next one.
#[derive(Clone, Debug)]
pub struct PagingError {
    operation: &'static Operation,
    message: String,
}

impl PagingError {
    pub(crate) fn new(operation: &'static Operation, message: impl Into<String>) -> Self {
        Self { operation, message: message.into() }
    }
}

impl fmt::Display for PagingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", Named(self.operation), self.message)
    }
}

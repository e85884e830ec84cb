//! What the server answered.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use tokio::time::Instant;

use super::json::Limits;
use super::operation::Operation;
use super::rate_limit::RateLimit;
use super::retry::server_time;
use super::settings::Settings;
use super::shown::Shown;

/// The part of an answer before its body.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) rate_limit: Option<RateLimit>,
    /// A property of the wrong type does not fail the call.
    pub(crate) is_lenient: bool,
}

impl Head {
    pub(crate) fn new(
        operation: &'static Operation,
        settings: &Settings,
        status: StatusCode,
        mut headers: HeaderMap,
        is_lenient: bool,
    ) -> Self {
        for (name, value) in &mut headers {
            // A redirect repeats the query, where an API key can be.
            if name == SET_COOKIE || name == LOCATION {
                value.set_sensitive(true);
            }
        }
        let request_id = settings
            .request_id_headers
            .iter()
            .find_map(|name| headers.get(*name)?.to_str().ok())
            .map(str::to_owned);
        let rate_limit = RateLimit::read(&headers, &settings.rate_limit, server_time(&headers));
        Self { operation, status, headers, request_id, rate_limit, is_lenient }
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Head")
            .field("operation", self.operation)
            .field("status", &self.status)
            .field("headers", &ShownHeaders(&self.headers))
            .field("request_id", &self.request_id.as_deref().map(Shown))
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}

/// Headers, each as [`Shown`] shows it; those that may hold a secret without their value.
struct ShownHeaders<'h>(&'h HeaderMap);

impl fmt::Debug for ShownHeaders<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for (name, value) in self.0 {
            let text = match value.is_sensitive() {
                true => "[REDACTED]".into(),
                false => String::from_utf8_lossy(value.as_bytes()),
            };
            map.entry(&Shown(name.as_str()), &Shown(&text));
        }
        map.finish()
    }
}

/// A complete answer, before its body is decoded.
#[derive(Clone)]
pub struct Answer {
    pub(crate) head: Head,
    pub(crate) body: Bytes,
    pub(crate) budget: Budget,
}

/// What decoding an answer may take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budget {
    /// The bytes of memory.
    pub(crate) memory: usize,
    /// How long the call may take, and when that is over.
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
}

impl Budget {
    /// As much again as twice the largest body: with the body itself, three times.
    pub(crate) fn of_body(max_body_size: usize) -> Self {
        Self { memory: max_body_size.saturating_mul(2), ..Self::default() }
    }

    pub(crate) fn limits(&self) -> Limits {
        Limits { memory: Some(self.memory), deadline: self.deadline, ..Limits::default() }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("head", &self.head)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The body as it arrived.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

/// A successful answer with its decoded body.
#[derive(Clone, Debug)]
pub struct Response<T> {
    head: Head,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(head: Head, body: T) -> Self {
        Self { head, body }
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

    /// The rate limit, where the server reports one.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.head.rate_limit.as_ref()
    }

    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, without the rest.
    pub fn into_body(self) -> T {
        self.body
    }
}

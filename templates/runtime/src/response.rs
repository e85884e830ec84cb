//! What the server answered.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::decode;
use super::deviation::Deviation;
use super::deviations::Deviations;
use super::error::Result;
use super::json::Limits;
use super::model::{Property, Written};
use super::operation::Operation;
use super::rate_limit::RateLimit;
use super::retry::server_time;
use super::settings::Settings;
use super::shown::Shown;
use super::trace;

/// The part of an answer before its body.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) rate_limit: Option<RateLimit>,
    /// A body that is not what the document says fails the call.
    pub(crate) is_strict: bool,
    /// Which item of the body is decoded, from 0, where the body is a stream.
    pub(crate) item: Option<u64>,
}

impl Head {
    pub(crate) fn new(
        operation: &'static Operation,
        settings: &Settings,
        status: StatusCode,
        mut headers: HeaderMap,
        is_strict: bool,
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
        let rate_limit = RateLimit::read(&headers, &settings.rate_limit, || server_time(&headers));
        Self { operation, status, headers, request_id, rate_limit, is_strict, item: None }
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
    /// What decoding has found.
    pub(crate) deviations: OnceLock<Deviations>,
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
        let deadline = self.deadline.map(Instant::into_std);
        Limits { memory: Some(self.memory), deadline, ..Limits::default() }
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
    pub(crate) fn new(head: Head, body: Bytes, budget: Budget) -> Self {
        Self { head, body, budget, deviations: OnceLock::new() }
    }

    /// Notes what decoding has found, where it has found something: the first time counts.
    pub(crate) fn deviates(&self, deviations: Deviations) {
        if deviations.is_empty() {
            return;
        }
        if deviations.count() > 0 {
            trace::deviations(self.head.operation, &deviations);
        }
        let _ = self.deviations.set(deviations);
    }

    /// Decodes the body as JSON into a type of the SDK.
    ///
    /// # Errors
    ///
    /// Those of [`decode::model`](super::decode::model).
    pub fn into_response<T: Property>(self) -> Result<Response<T>> {
        let body = decode::model(&self)?;
        Ok(Response::new(self, body))
    }

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
    deviations: Deviations,
}

impl<T> Response<T> {
    pub(crate) fn new(answer: Answer, body: T) -> Self {
        let deviations = answer.deviations.into_inner().unwrap_or_default();
        Self { head: answer.head, body, deviations }
    }

    /// Where the body is not what the document says: the first thousand places, in their order.
    ///
    /// Nothing of such a body is lost: what a field cannot hold is kept beside it and goes back as
    /// it came, and zero, the empty text or the like stands in a required field. For a bug report to
    /// the vendor, print each with the operation and [`request_id`](Self::request_id); none shows a
    /// value unless you ask for it.
    pub fn deviations(&self) -> Vec<Deviation> {
        self.deviations.list()
    }

    /// How often the body is not what the document says, without looking for the places.
    pub fn deviation_count(&self) -> usize {
        self.deviations.count()
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

/// The body as the server sent it, to the letter of each value, also where it is not what the document
/// says and its type cannot keep that: null in place of a list, a number within a list of texts.
impl<T: Property> Serialize for Response<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let odd =
            self.deviations.odd_body().and_then(|body| RawValue::from_string(body.to_owned()).ok());
        match odd {
            Some(body) => body.serialize(serializer),
            None => Written(&self.body).serialize(serializer),
        }
    }
}

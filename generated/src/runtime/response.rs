//! What the server answered.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, SET_COOKIE};

use super::operation::Operation;
use super::rate_limit::RateLimit;
use super::retry::server_time;
use super::settings::Settings;

/// The part of an answer before its body.
#[derive(Clone, Debug)]
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
            if name == SET_COOKIE {
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

/// A complete answer, before its body is decoded.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(crate) head: Head,
    pub(crate) body: Bytes,
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

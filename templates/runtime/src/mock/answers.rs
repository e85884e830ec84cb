//! What the operations of a mock answer, and what they were asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{StatusCode, Url};
use serde::Serialize;

use super::next_page::leading_on;
use super::received::ReceivedRequest;
#[cfg(feature = "streams")]
use super::stream::{Step, SteppedBody};
use crate::runtime::error::BoxError;
use crate::runtime::operation::Operation;
use crate::runtime::response::Answer;
use crate::runtime::settings::ResetFormat;
use crate::settings::SETTINGS;

/// One answer of a mock.
#[derive(Clone, Debug)]
pub struct MockAnswer {
    status: StatusCode,
    headers: HeaderMap,
    body: MockBody,
    /// What leads to the next page of a list.
    next: Option<String>,
}

/// What comes after the head of an answer.
#[derive(Clone, Debug)]
enum MockBody {
    Whole(Bytes),
    /// Item by item. The function writes the item that ends the stream.
    #[cfg(feature = "streams")]
    Stepped(Vec<Step<Bytes>>, fn(&str) -> Bytes),
}

impl MockAnswer {
    /// An answer without a body.
    ///
    /// # Panics
    ///
    /// The status is not from 100 to 999.
    pub fn status(status: u16) -> Self {
        let status = match StatusCode::from_u16(status) {
            Ok(status) => status,
            Err(_) => panic!("{status} is no HTTP status"),
        };
        let body = MockBody::Whole(Bytes::new());
        Self { status, headers: HeaderMap::new(), body, next: None }
    }

    /// Sets the body, as that media type.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = MockBody::Whole(body.into());
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// A success whose body comes step by step.
    #[cfg(feature = "streams")]
    pub(super) fn stepped(
        media_type: &str,
        steps: Vec<Step<Bytes>>,
        write_text: fn(&str) -> Bytes,
    ) -> Self {
        let answer = Self::status(200).header(CONTENT_TYPE.as_str(), media_type);
        Self { body: MockBody::Stepped(steps, write_text), ..answer }
    }

    /// Ends a stream as the operation does, unless it breaks off.
    #[cfg(feature = "streams")]
    pub(super) fn ended_as(mut self, operation: &Operation) -> Self {
        if let MockBody::Stepped(steps, write_text) = &mut self.body
            && !operation.sentinel.is_empty()
            && !matches!(steps.last(), Some(Step::BreakOff))
        {
            steps.push(Step::Item(write_text(operation.sentinel)));
        }
        self
    }

    /// Sets a JSON body.
    ///
    /// # Panics
    ///
    /// The value cannot be written as JSON.
    #[must_use]
    pub fn json(self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => self.body("application/json", json),
            Err(cause) => panic!("the answer cannot be written as JSON: {cause}"),
        }
    }

    /// Adds a header.
    ///
    /// # Panics
    ///
    /// The name or the value cannot be that of a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => self.headers.append(name, value),
            _ => panic!("`{name}: {value}` is no header"),
        };
        self
    }

    /// Adds the headers of a rate limit of so many requests, of which so many are left in a window that
    /// ends so long after now; to whole seconds, rounded up. They are the headers that the API has; where
    /// it has none for the end of the window, `Retry-After` (RFC 9110, section 10.2.3) tells it.
    #[must_use]
    pub fn rate_limit(self, limit: u64, remaining: u64, resets_in: Duration) -> Self {
        let names = &SETTINGS.rate_limit;
        let answer = self.number(names.limit, limit).number(names.remaining, remaining);
        let seconds = resets_in.as_secs() + u64::from(resets_in.subsec_nanos() > 0);
        match names.reset_format {
            _ if names.reset.is_empty() => answer.number(RETRY_AFTER.as_str(), seconds),
            ResetFormat::DeltaSeconds => answer.number(names.reset, seconds),
            ResetFormat::EpochSeconds => {
                let now = Timestamp::now().as_millisecond().div_euclid(1000).unsigned_abs();
                answer.number(names.reset, now.saturating_add(1).saturating_add(seconds))
            }
        }
    }

    /// Adds a header, unless the API has none for it.
    fn number(self, name: &str, number: u64) -> Self {
        if name.is_empty() { self } else { self.header(name, &number.to_string()) }
    }

    /// Has the answer lead to a next page.
    pub(super) fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// The body, where it comes as a whole.
    pub(super) fn whole(&self) -> &[u8] {
        match &self.body {
            MockBody::Whole(body) => body,
            #[cfg(feature = "streams")]
            MockBody::Stepped(..) => &[],
        }
    }

    /// Puts another body, which comes as a whole, in the place of this one.
    pub(super) fn with_whole(mut self, body: impl Into<Bytes>) -> Self {
        self.body = MockBody::Whole(body.into());
        self
    }

    /// The answer to a request at that URL.
    fn to_http(&self, operation: &Operation, url: &Url) -> http::Response<reqwest::Body> {
        let Self { status, headers, body, .. } = match &self.next {
            Some(next) => leading_on(self.clone(), operation.paging, url, next),
            None => self.clone(),
        };
        let body = match body {
            MockBody::Whole(body) => body.into(),
            #[cfg(feature = "streams")]
            MockBody::Stepped(steps, _) => reqwest::Body::wrap(SteppedBody::new(steps)),
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

/// An answer that was had before, given again.
impl From<&Answer> for MockAnswer {
    fn from(answer: &Answer) -> Self {
        let (headers, body) = (answer.headers().clone(), answer.body().clone());
        let body = MockBody::Whole(body);
        Self { status: answer.status(), headers, body, next: None }
    }
}

/// What the operations answer, and what they were asked.
#[derive(Default)]
pub(super) struct Answers(Mutex<State>);

#[derive(Default)]
struct State {
    /// The answers of an operation that are still to come; the last one stays.
    answers: Vec<(&'static Operation, VecDeque<MockAnswer>)>,
    received: Vec<ReceivedRequest>,
}

impl Answers {
    pub(super) fn add(&self, operation: &'static Operation, answer: MockAnswer) {
        let mut state = self.state();
        match state.answers.iter_mut().find(|(other, _)| is_same(other, operation)) {
            Some((_, answers)) => answers.push_back(answer),
            None => state.answers.push((operation, VecDeque::from([answer]))),
        }
    }

    pub(super) fn received(&self) -> Vec<ReceivedRequest> {
        self.state().received.clone()
    }

    pub(super) async fn answer(
        &self,
        request: http::Request<reqwest::Body>,
    ) -> Result<http::Response<reqwest::Body>, BoxError> {
        let operation = request.extensions().get::<&'static Operation>().copied();
        let operation = operation.ok_or("a layer dropped the extensions of the request")?;
        let received = ReceivedRequest::read(operation, request).await?;
        let url = received.url().clone();
        let mut state = self.state();
        state.received.push(received);
        let answers = state.answers.iter_mut().find(|(other, _)| is_same(other, operation));
        let Some((_, answers)) = answers else {
            return Err(NoAnswer(operation).into());
        };
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        next.map(|answer| answer.to_http(operation, &url)).ok_or_else(|| NoAnswer(operation).into())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether two operations answer alike: what is asked for in several media types is several. An id may be that of
/// operations of two tags, so it tells nothing.
pub(super) fn is_same(one: &Operation, other: &Operation) -> bool {
    one.method == other.method && one.path == other.path && one.accept == other.accept
}

/// The error of an operation that has no answer.
#[derive(Debug)]
struct NoAnswer(&'static Operation);

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.0.id;
        write!(
            formatter,
            "the mock has no answer for `{id}`; give it one with `returns` or `fails`"
        )
    }
}

impl std::error::Error for NoAnswer {}

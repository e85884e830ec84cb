//! What the operations of a mock answer, and what they were asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::received::ReceivedRequest;
use super::stream::{Step, SteppedBody};
use crate::runtime::error::BoxError;
use crate::runtime::operation::Operation;
use crate::runtime::response::Answer;

/// One answer of a mock.
#[derive(Clone, Debug)]
pub struct MockAnswer {
    status: StatusCode,
    headers: HeaderMap,
    body: MockBody,
}

/// What comes after the head of an answer.
#[derive(Clone, Debug)]
enum MockBody {
    Whole(Bytes),
    /// Item by item. The function writes the item that ends the stream.
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
        Self { status, headers: HeaderMap::new(), body: MockBody::Whole(Bytes::new()) }
    }

    /// Sets the body, as that media type.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = MockBody::Whole(body.into());
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// A success whose body comes step by step.
    pub(super) fn stepped(
        media_type: &str,
        steps: Vec<Step<Bytes>>,
        write_text: fn(&str) -> Bytes,
    ) -> Self {
        let answer = Self::status(200).header(CONTENT_TYPE.as_str(), media_type);
        Self { body: MockBody::Stepped(steps, write_text), ..answer }
    }

    /// Ends a stream as the operation does, unless it breaks off.
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

    fn to_http(&self) -> http::Response<reqwest::Body> {
        let body = match self.body.clone() {
            MockBody::Whole(body) => body.into(),
            MockBody::Stepped(steps, _) => reqwest::Body::wrap(SteppedBody::new(steps)),
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// An answer that was had before, given again.
impl From<&Answer> for MockAnswer {
    fn from(answer: &Answer) -> Self {
        let (headers, body) = (answer.headers().clone(), answer.body().clone());
        Self { status: answer.status(), headers, body: MockBody::Whole(body) }
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
        let mut state = self.state();
        state.received.push(received);
        let answers = state.answers.iter_mut().find(|(other, _)| is_same(other, operation));
        let Some((_, answers)) = answers else {
            return Err(NoAnswer(operation).into());
        };
        let next = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        next.map(|answer| answer.to_http()).ok_or_else(|| NoAnswer(operation).into())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether two operations answer alike: what is asked for in several media types is several, though one by its id.
pub(super) fn is_same(one: &Operation, other: &Operation) -> bool {
    one.id == other.id && one.accept == other.accept
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

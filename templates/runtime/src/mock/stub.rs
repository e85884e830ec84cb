//! What one operation of a mock answers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;

use super::answers::{Answers, MockAnswer, is_same};
use super::next_page::counted;
use super::received::ReceivedRequest;
use crate::runtime::operation::Operation;
use crate::runtime::paging::Paging;
use crate::settings::ErrorModel;

/// What one operation of a [`Mock`](super::Mock) answers, `T` being the body of its
/// success.
///
/// Each answer holds for one call, and the last one for all that come after it.
pub struct Stub<T> {
    answers: Arc<Answers>,
    operation: &'static Operation,
    encode: fn(&T) -> MockAnswer,
}

impl<T> Stub<T> {
    pub(super) fn new(
        answers: Arc<Answers>,
        operation: &'static Operation,
        encode: fn(&T) -> MockAnswer,
    ) -> Self {
        Self { answers, operation, encode }
    }

    /// Answers with success and that body.
    pub fn returns(&self, body: impl Into<T>) -> &Self {
        let answer = (self.encode)(&body.into());
        #[cfg(feature = "streams")]
        let answer = answer.ended_as(self.operation);
        self.answers_with(answer)
    }

    /// Answers with success (200) and that JSON as it is, be it what the document says or not:
    /// [`Response::deviations`](crate::runtime::Response::deviations) tells where it deviates.
    pub fn returns_json(&self, json: impl fmt::Display) -> &Self {
        let body = json.to_string();
        self.answers_with(MockAnswer::status(200).body("application/json", body))
    }

    /// Answers with that page of a list, and with what leads to a next one: `next` stands in the query of
    /// the URL that does, such as `after=2`, beside what else the request had there; of lists with a
    /// cursor it is the cursor. Where the client counts items or pages itself, a page leads on by itself.
    pub fn returns_page(&self, page: impl Into<T>, next: &str) -> &Self {
        self.answers_with((self.encode)(&page.into()).next(next))
    }

    /// Answers with these pages of a list, each of which leads to the next one, in whatever way the lists
    /// of this operation do. The list ends with the last one.
    pub fn returns_pages(&self, pages: impl IntoIterator<Item = impl Into<T>>) -> &Self {
        let pages: Vec<_> = pages.into_iter().map(|page| (self.encode)(&page.into())).collect();
        let pages = counted(pages, self.operation.paging);
        let last = pages.len().saturating_sub(1);
        for (index, page) in pages.into_iter().enumerate() {
            let number = index + 2;
            let next = match self.operation.paging {
                Paging::Cursor { .. } => number.to_string(),
                _ => format!("page={number}"),
            };
            self.answers_with(if index < last { page.next(next) } else { page });
        }
        self
    }

    /// Answers as a server does whose rate limit of so many requests is used up (429), until a window
    /// ends so long after now.
    pub fn fails_with_rate_limit(&self, limit: u64, resets_in: Duration) -> &Self {
        let answer = MockAnswer::status(429).rate_limit(limit, 0, resets_in);
        self.answers_with(answer.body("application/json", "{}"))
    }

    /// Answers with that status and an empty JSON object.
    ///
    /// # Panics
    ///
    /// The status is not from 100 to 999.
    pub fn fails(&self, status: u16) -> &Self {
        self.answers_with(MockAnswer::status(status).body("application/json", "{}"))
    }

    /// Answers with that status and that error.
    ///
    /// # Panics
    ///
    /// The status is not from 100 to 999.
    pub fn fails_with(&self, status: u16, error: impl Into<ErrorModel>) -> &Self {
        self.answers_with(MockAnswer::status(status).json(&error.into()))
    }

    /// Answers with whatever the test says, down to the headers.
    pub fn answers_with(&self, answer: MockAnswer) -> &Self {
        self.answers.add(self.operation, answer);
        self
    }

    /// The requests for this operation that came, in their order.
    pub fn received(&self) -> Vec<ReceivedRequest> {
        let mut received = self.answers.received();
        received.retain(|request| is_same(request.operation(), self.operation));
        received
    }
}

impl<T> fmt::Debug for Stub<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Stub").field("operation", self.operation).finish_non_exhaustive()
    }
}

/// Writes the success of an operation: the reverse of
/// [`decode`](crate::runtime::decode).
pub mod encode {
    use super::{Bytes, MockAnswer, Serialize};
    #[cfg(feature = "streams")]
    pub use crate::runtime::mock::stream_answers::{
        binary_parts, events, json_lines, json_sequence, parts, text_events, text_parts,
    };

    /// JSON.
    pub fn json<T: Serialize>(body: &T) -> MockAnswer {
        MockAnswer::status(200).json(body)
    }

    /// JSON, or nothing.
    pub fn optional_json<T: Serialize>(body: &Option<T>) -> MockAnswer {
        body.as_ref().map_or_else(|| MockAnswer::status(204), json)
    }

    /// Text.
    #[expect(clippy::ptr_arg, reason = "a stub of `String` hands out its reference")]
    pub fn text(body: &String) -> MockAnswer {
        MockAnswer::status(200).body("text/plain; charset=utf-8", body.clone())
    }

    /// Bytes, also those of a download.
    pub fn bytes(body: &Bytes) -> MockAnswer {
        MockAnswer::status(200).body("application/octet-stream", body.clone())
    }

    /// No body.
    pub fn empty((): &()) -> MockAnswer {
        MockAnswer::status(204)
    }
}

//! What the tests of all operations share.

mod check;
mod client;
mod difference;
pub mod known;
mod received;
mod self_test;
mod server;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use {{ library }}::ApiError;

/// What the document says of one operation, for one set of arguments.
pub struct Contract<'c> {
    /// The request method.
    pub method: &'c str,
    /// The path, percent-encoded.
    pub path: &'c str,
    /// The query as names and values, decoded.
    pub query: &'c [(&'c str, &'c str)],
    /// The headers that the document has a say in.
    pub headers: &'c [(&'c str, &'c str)],
    /// The body: a text, or the fields of a form as `name=value&name=value`; empty for none.
    pub body: &'c str,
    /// The successful answers that the document shows.
    pub answers: &'c [Answer<'c>],
    /// The errors that it lists.
    pub refusals: &'c [Refusal<'c>],
}

/// An answer: status, media type and body. An answer without a body has no media type.
pub struct Answer<'c>(pub u16, pub &'c str, pub &'c str);

/// An answer other than success, and how its body is read.
pub struct Refusal<'c> {
    answer: Answer<'c>,
    read: fn(&ApiError) -> serde_json::Result<Value>,
}

impl<'c> Refusal<'c> {
    /// Status, media type and body, which is a `T`.
    pub fn of<T: DeserializeOwned + Serialize>(
        status: u16,
        media_type: &'c str,
        body: &'c str,
    ) -> Self {
        let read = |error: &ApiError| serde_json::to_value(error.json::<T>()?);
        Self { answer: Answer(status, media_type, body), read }
    }
}

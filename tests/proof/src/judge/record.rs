//! What the driver writes about each call.

use serde::Deserialize;

use super::Answer;

/// A call, and what came of it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Record {
    /// The number of the question.
    pub question: usize,
    /// What came of it.
    pub first: Attempt,
    /// What came of it where the server was asked to make its answer of the schema, in place of an
    /// example that the SDK did not decode.
    pub dynamic: Option<Attempt>,
    /// What a lenient client made of that example.
    pub lenient: Option<Attempt>,
}

/// A call that was made once.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Attempt {
    /// What went over the wire; none where nothing did.
    pub exchange: Option<Exchange>,
    /// What the SDK made of it.
    pub outcome: Outcome,
}

/// A request and its answer.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Exchange {
    /// The request method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The headers of the request.
    pub request_headers: Vec<(String, String)>,
    /// The body of the request, as far as it is UTF-8.
    pub request_body: String,
    /// What the server said.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What the SDK made of an answer.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is of the type that the call promises.
    Decoded,
    /// It is not: why.
    NotDecoded(String),
    /// It is an error: which.
    Refused(String),
    /// There is no answer: why.
    Failed(String),
}

//! Has an SDK judged by somebody else: every operation is called against a mock server that reads the
//! same document, and that server says what it has against the request.
//!
//! [`prepare`] makes the crate, a driver beside it that makes the calls, and the copy of the
//! document that the server can read. Whoever runs server and driver hands the driver's
//! [`Record`]s to [`Prepared::report`], together with a way to ask the server by hand.

mod answer;
mod document;
mod driver;
mod record;
mod report;
mod request;
mod sample_texts;
pub(crate) mod schema_nodes;
pub(crate) mod schema_values;
mod values;
mod verdict;

#[cfg(test)]
mod tests;

use serde_json::Value;

pub use answer::{Answer, Complaint};
pub use document::Removed;
pub use record::{Attempt, Exchange, Outcome, Record};
pub use report::{Line, Report};
pub use request::{Body, Request};
pub use values::Missing;
pub use verdict::Verdict;

use crate::validity::Schemas;
use codegen::diagnostics::Diagnostics;
use codegen::output::Files;
use codegen::{Options, render};
use verdict::Bench;

/// Puts a request to the server without the SDK: gives its answer, or why there is none.
pub type Ask<'a> = &'a mut dyn FnMut(&Request) -> Result<Answer, String>;

/// What is needed to have an SDK judged, and to make sense of the judgement.
#[derive(Debug)]
pub struct Prepared {
    /// The files of the crate, for the folder `sdk`.
    pub sdk: Files,
    /// The files of the driver, for a folder beside it. It takes the server's base URL, and writes
    /// its [`Record`]s to its standard output as JSON.
    pub driver: Files,
    /// The document as the server gets it: in one piece, without the examples of [`Self::removed`].
    pub document: Value,
    /// The examples that the server could not read.
    pub removed: Vec<Removed>,
    /// What the driver asks, in its order.
    pub questions: Vec<Question>,
    schemas: Schemas,
}

/// The call of one operation.
#[derive(Clone, Debug)]
pub struct Question {
    /// The operationId.
    pub id: String,
    /// The request method and the path template.
    pub operation: String,
    /// The request that the document asks for, worked out without the SDK, or why it cannot be.
    pub request: Result<Request, String>,
    /// Why the driver cannot make the call, where it cannot.
    pub obstacle: Option<String>,
    /// The parameters, and perhaps the body, for which no valid value is found.
    pub missing: Vec<Missing>,
    /// Where the operation stands in the document, as a JSON pointer (RFC 6901).
    pub pointer: Option<String>,
}

/// Generates the crate of a document in memory, the driver, and the server's copy of the document. All
/// problems of the document go to `diagnostics`; nothing comes of it where any of them is an error.
pub fn prepare(options: &Options, diagnostics: &mut Diagnostics) -> Option<Prepared> {
    let options = Options { name: Some(driver::CRATE.to_owned()), ..options.clone() };
    let (read, config) = codegen::read(&options, diagnostics)?;
    let mut document = read.root.clone();
    let removed = document::remove_dangling_examples(&mut document);
    let sdk = codegen::lowered(read, config, &options, diagnostics)?;
    let mut schemas = match Schemas::new(&document) {
        Ok(schemas) => schemas,
        Err(message) => {
            diagnostics.error("not-judged", None, format!("the schemas cannot be read: {message}"));
            return None;
        }
    };
    let mut asked = sdk.clone();
    let missing = values::choose(&mut asked, &document, &mut schemas);
    let files = driver::driver(&asked, &document)
        .and_then(|driver| Ok((render::render(&sdk, false, None)?, driver)));
    match files {
        Ok((sdk, driver)) => {
            let driver::Driver { files, mut questions } = driver;
            for (question, missing) in questions.iter_mut().zip(missing) {
                question.missing = missing;
            }
            Some(Prepared { sdk, driver: files, document, removed, questions, schemas })
        }
        Err(error) => {
            diagnostics.error("not-rendered", None, error.to_string());
            None
        }
    }
}

impl Prepared {
    /// The report on what came of the calls. `ask` puts a request to the server without the SDK, and
    /// gives its answer, or why there is none.
    pub fn report(&mut self, records: &[Record], ask: Ask<'_>) -> Report {
        let mut bench = Bench { document: &self.document, schemas: &mut self.schemas, ask };
        let line = |(number, question): (usize, &Question)| {
            let record = records.iter().find(|record| record.question == number);
            let verdict = match (record, &question.obstacle) {
                (Some(record), _) => bench.verdict(question, record),
                (None, Some(obstacle)) => Verdict::NotAsked(obstacle.clone()),
                (None, None) => Verdict::NotAsked("the driver did not make the call".to_owned()),
            };
            Line { id: question.id.clone(), operation: question.operation.clone(), verdict }
        };
        let lines = self.questions.iter().enumerate().map(line).collect();
        Report { lines, removed: self.removed.clone() }
    }
}

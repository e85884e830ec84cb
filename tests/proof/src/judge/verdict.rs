//! What is to be thought of a call.

use serde::Serialize;
use serde_json::Value;

use super::answer::{Answer, Complaint};
use super::record::{Attempt, Exchange, Outcome, Record};
use super::schema_nodes::SchemaNode;
use super::{Ask, Question, Request};
use crate::validity::{Formats, Schemas};
use codegen::render::samples::Sender;

/// The server in a command that is shown.
const BASE_URL: &str = "http://127.0.0.1:4010";

/// What is to be thought of a call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "verdict", content = "detail", rename_all = "snake_case")]
pub enum Verdict {
    /// The server has nothing against the request, and its answer was decoded.
    Passed,
    /// The same with an answer that the server made of the schema: the document's example, which it
    /// gives otherwise, is not what its schema says. What is wrong with the example.
    PassedDynamically(String),
    /// The same, but it took a lenient client, for want of a valid answer. What is wrong with it.
    PassedLeniently(String),
    /// The request is not as the document says, in the server's words.
    Violation(String),
    /// The answer is as the document says, and the SDK did not decode it.
    NotDecoded(String),
    /// The server cannot serve the operation to anybody.
    NotServed {
        /// What is wrong with its answer.
        reason: String,
        /// The command that asks for the same without the SDK.
        command: String,
        /// What is wrong with the answer to that.
        answer: String,
    },
    /// The call was not made.
    NotAsked(String),
}

impl Verdict {
    /// Whether the fault, if any, is not the SDK's.
    pub fn is_good(&self) -> bool {
        !matches!(self, Self::Violation(_) | Self::NotDecoded(_) | Self::NotAsked(_))
    }
}

/// What it takes to judge.
pub struct Bench<'a> {
    /// The document.
    pub document: &'a Value,
    /// Its schemas.
    pub schemas: &'a mut Schemas,
    /// Asks the server without the SDK.
    pub ask: Ask<'a>,
}

impl Bench<'_> {
    /// What is to be thought of the record of a question.
    pub fn verdict(&mut self, question: &Question, record: &Record) -> Verdict {
        let Some(exchange) = &record.first.exchange else {
            return match &record.first.outcome {
                // The server may have broken the connection off.
                Outcome::Failed(message) => {
                    let otherwise = Verdict::NotAsked(message.clone());
                    self.not_served(question, None, message, otherwise)
                }
                _ => Verdict::NotAsked("nothing went over the wire".to_owned()),
            };
        };
        match exchange.answer.complaint() {
            Some(Complaint::Server(reason)) => {
                let otherwise = Verdict::Violation(reason.clone());
                self.not_served(question, Some(exchange), &reason, otherwise)
            }
            Some(Complaint::Request(complaint)) => self.violation(question, exchange, &complaint),
            Some(Complaint::Status(_)) if self.is_documented_answer(question, record) => {
                Verdict::Passed
            }
            Some(complaint) => Verdict::Violation(complaint.to_string()),
            None => self.of_outcome(question, record, exchange),
        }
    }

    /// The server refuses the request. The fault is its own if it says the same of the same without the
    /// SDK, although the values in it are valid, or are the document's own examples.
    fn violation(&mut self, question: &Question, exchange: &Exchange, complaint: &str) -> Verdict {
        if let Some(missing) = question.missing.iter().find(|missing| !missing.has_example) {
            let name = &missing.name;
            return Verdict::Violation(format!("{complaint}; no valid value is found for {name}"));
        }
        let (request, what) = match &question.request {
            Ok(request) if question.missing.is_empty() => (request.clone(), "a valid request"),
            Ok(request) => (request.clone(), "the document's own example"),
            // Where the standard leaves open how a value is written, there is only the SDK's way.
            Err(reason) => (Request::of_exchange(exchange), reason.as_str()),
        };
        match (self.ask)(&request).map(|answer| answer.complaint()) {
            Ok(Some(Complaint::Request(answer))) if answer == complaint => Verdict::NotServed {
                reason: format!("it refuses {what}: {complaint}"),
                command: request.command(BASE_URL),
                answer,
            },
            _ => Verdict::Violation(complaint.to_owned()),
        }
    }

    fn of_outcome(&mut self, question: &Question, record: &Record, exchange: &Exchange) -> Verdict {
        let error = match &record.first.outcome {
            Outcome::Decoded => return Verdict::Passed,
            Outcome::NotDecoded(error) | Outcome::Refused(error) | Outcome::Failed(error) => error,
        };
        let takes_it = |attempt: &Attempt| attempt.outcome == Outcome::Decoded;
        let Some(reason) = self.fault(question, &exchange.answer) else {
            // The first client is strict, and so refuses what a schema alone does not: a discriminator
            // tells a variant that requires more than the schema it stands for. As shipped, none is.
            return match &record.lenient {
                Some(attempt) if takes_it(attempt) => Verdict::Passed,
                _ => Verdict::NotDecoded(error.clone()),
            };
        };
        if let Some(Attempt { exchange: Some(dynamic), outcome }) = &record.dynamic
            && dynamic.answer.complaint().is_none()
        {
            match outcome {
                Outcome::Decoded => return Verdict::PassedDynamically(reason),
                Outcome::NotDecoded(error)
                    if self.fault(question, &dynamic.answer).is_none()
                        && !record.lenient.as_ref().is_some_and(takes_it) =>
                {
                    return Verdict::NotDecoded(error.clone());
                }
                _ => {}
            }
        }
        match &record.lenient {
            Some(attempt) if takes_it(attempt) => Verdict::PassedLeniently(reason),
            _ => {
                let otherwise = Verdict::NotDecoded(error.clone());
                self.not_served(question, Some(exchange), &reason, otherwise)
            }
        }
    }

    /// Asks for the same without the SDK. The fault is the server's own if that does not go well
    /// either; else the verdict is `otherwise`.
    fn not_served(
        &mut self,
        question: &Question,
        exchange: Option<&Exchange>,
        reason: &str,
        otherwise: Verdict,
    ) -> Verdict {
        let request = question.request.as_ref().ok().cloned();
        let Some(request) = request.or_else(|| exchange.map(Request::of_exchange)) else {
            return otherwise;
        };
        let fault = match (self.ask)(&request) {
            Err(message) => Some(message),
            Ok(answer) => match answer.complaint() {
                Some(Complaint::Server(text)) => Some(text),
                Some(_) => None,
                None => self.fault(question, &answer),
            },
        };
        match fault {
            Some(answer) => Verdict::NotServed {
                reason: reason.to_owned(),
                command: request.command(BASE_URL),
                answer,
            },
            None => otherwise,
        }
    }

    /// Whether the operation documents no success, and the SDK made an error of the answer.
    fn is_documented_answer(&self, question: &Question, record: &Record) -> bool {
        let place = question.pointer.as_ref().and_then(|it| SchemaNode::at(self.document, it));
        place.is_some_and(|place| !place.has_success())
            && matches!(record.first.outcome, Outcome::Refused(_) | Outcome::Decoded)
    }

    /// What makes an answer other than the document says: the server's own words, or those of a
    /// validator. None where nothing does.
    fn fault(&mut self, question: &Question, answer: &Answer) -> Option<String> {
        let own = answer.own_violations();
        if !own.is_empty() {
            return Some(own.join("; "));
        }
        let operation = SchemaNode::at(self.document, question.pointer.as_ref()?)?;
        let media_type = answer.header("content-type").unwrap_or_default();
        let documented = operation.response(answer.status, media_type)?;
        if !media_type.contains("json") {
            return None;
        }
        let Ok(body) = serde_json::from_str(&answer.body) else {
            return Some("its body is no JSON".to_owned());
        };
        let schema = documented.child("schema")?;
        self.schemas.check(&schema.pointer, Sender::Server, Formats::Annotated, &body).problem()
    }
}

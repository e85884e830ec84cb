//! The answers that a test's server gives.

use serde_json::Value;

use super::operation::Tests;
use super::samples::Sender;
use crate::document::media_type;
use crate::ir::{BodyKind, Example, Method, Operation, Response, Status, StreamFormat, Type};
use crate::render::layout::Value as Layout;
use crate::render::rust;

/// A status that no document lists: whatever is no success is an error.
const UNLISTED_ERROR: u16 = 599;

/// What stands between the parts of an answer.
const BOUNDARY: &str = "part";

impl Tests<'_> {
    /// The successful answers: those that the document shows, or else one for each status.
    pub fn answers(&mut self, operation: &Operation) -> Result<Vec<Layout>, String> {
        let responses = operation.responses.iter().filter(|response| response.is_answer);
        let mut answers = Vec::new();
        for response in responses {
            let status = example_status(response.status, operation, 200);
            for (media_type, body) in self.bodies(operation, response, status)? {
                answers.push(answer("Answer", status, &media_type, body));
            }
        }
        if answers.is_empty() {
            answers.push(answer("Answer", 200, "", rust::string("")));
        }
        Ok(answers)
    }

    /// The errors that the document lists, or else one that it does not; and whether they name models.
    pub fn refusals(&mut self, operation: &Operation) -> (Vec<Layout>, bool) {
        let mut refusals = Vec::new();
        let mut names_models = false;
        for response in operation.responses.iter().filter(|response| !response.is_answer) {
            let status = example_status(response.status, operation, UNLISTED_ERROR);
            if !(300..600).contains(&status) {
                self.leave_out(operation, &format!("{status} is the status of no final answer"));
                continue;
            }
            let ty = response.ty.as_ref().filter(|_| response.kind == BodyKind::Json);
            let ty = ty.unwrap_or(&Type::Any);
            let function = format!("Refusal::of::<{}>", self.qualified(ty));
            match self.bodies(operation, response, status) {
                Ok(bodies) => {
                    names_models |= ty.names_models() && !bodies.is_empty();
                    refusals.extend(
                        bodies
                            .into_iter()
                            .map(|(kind, body)| answer(&function, status, &kind, body)),
                    );
                }
                Err(reason) => self.leave_out(operation, &format!("its error {status}: {reason}")),
            }
        }
        if refusals.is_empty() {
            let name = "Refusal::of::<serde_json::Value>";
            refusals.push(answer(name, UNLISTED_ERROR, "", rust::string("")));
        }
        (refusals, names_models)
    }

    /// The media type and the text of each body that a response is shown with.
    fn bodies(
        &mut self,
        operation: &Operation,
        response: &Response,
        status: u16,
    ) -> Result<Vec<(String, String)>, String> {
        let (Some(ty), Some(media_type)) = (&response.ty, &response.media_type) else {
            return Ok(vec![(String::new(), rust::string(""))]);
        };
        if operation.http_method == Method::Head {
            return Err("the answer to HEAD has no body (RFC 9110, section 9.3.2)".to_owned());
        }
        let texts = match response.kind {
            BodyKind::Json => self.json_bodies(operation, response, ty, status)?,
            BodyKind::Stream(format) => vec![self.stream_body(format, response, ty, status)?],
            _ => {
                let text = response.examples.first().and_then(|example| example.value.as_str());
                vec![rust::string(text.unwrap_or("text"))]
            }
        };
        Ok(texts.into_iter().map(|text| (concrete(media_type, response.kind), text)).collect())
    }

    /// A stream of the items that the document shows, or else of one.
    fn stream_body(
        &self,
        format: StreamFormat,
        response: &Response,
        item: &Type,
        status: u16,
    ) -> Result<String, String> {
        let samples = self.arguments.samples;
        let lists = response.examples.iter().filter_map(|example| example.value.as_array());
        let mut fitting = lists.filter(|items| items.iter().all(|it| samples.fits(item, it)));
        let items = match fitting.next() {
            Some(items) => items.clone(),
            None => vec![
                samples
                    .value(item, Sender::Server)
                    .ok_or_else(|| format!("no value can be made for its answer {status}"))?,
            ],
        };
        let write = |item: &Value| match (format, item) {
            (StreamFormat::TextEvents, Value::String(text)) => format!("data: {text}\n\n"),
            (StreamFormat::Events | StreamFormat::TextEvents, item) => format!("data: {item}\n\n"),
            (StreamFormat::JsonLines, item) => format!("{item}\n"),
            (StreamFormat::JsonSequence, item) => format!("\u{1E}{item}\n"),
            (StreamFormat::TextParts | StreamFormat::BinaryParts, Value::String(text)) => {
                format!("--{BOUNDARY}\r\n\r\n{text}\r\n")
            }
            (StreamFormat::Parts | StreamFormat::TextParts | StreamFormat::BinaryParts, item) => {
                format!("--{BOUNDARY}\r\nContent-Type: application/json\r\n\r\n{item}\r\n")
            }
        };
        let end = if format.has_parts() { format!("--{BOUNDARY}--\r\n") } else { String::new() };
        Ok(rust::string(&(items.iter().map(write).collect::<String>() + &end)))
    }

    fn json_bodies(
        &mut self,
        operation: &Operation,
        response: &Response,
        ty: &Type,
        status: u16,
    ) -> Result<Vec<String>, String> {
        let wanted = format!("{}_{status}", operation.method.trim_start_matches("r#"));
        let samples = self.arguments.samples;
        for example in self.unfit(ty, &response.examples) {
            let what = format!("{example} of its answer {status} is not as the schema says");
            self.leave_out(operation, &what);
        }
        let fitting: Vec<&Example> =
            response.examples.iter().filter(|example| samples.fits(ty, &example.value)).collect();
        if fitting.is_empty() {
            let value = samples
                .value(ty, Sender::Server)
                .ok_or_else(|| format!("no value can be made for its answer {status}"))?;
            return Ok(vec![self.fixtures.json(&wanted, &value)]);
        }
        let text = |example: &Example| {
            self.fixtures.json(example.name.as_deref().unwrap_or(&wanted), &example.value)
        };
        Ok(fitting.into_iter().map(text).collect())
    }
}

/// A media type that a server can answer with, in the place of a range of them. Parts need a boundary.
fn concrete(media_type: &str, kind: BodyKind) -> String {
    if matches!(kind, BodyKind::Stream(format) if format.has_parts()) {
        return format!("{}; boundary={BOUNDARY}", media_type::essence(media_type));
    }
    let concrete = match kind {
        _ if !media_type.contains('*') => media_type,
        BodyKind::Json => "application/json",
        BodyKind::Text | BodyKind::Form => "text/plain",
        BodyKind::Binary | BodyKind::Multipart | BodyKind::Stream(_) => "application/octet-stream",
    };
    concrete.to_owned()
}

fn answer(function: &str, status: u16, media_type: &str, body: String) -> Layout {
    let status = Layout::Source(status.to_string());
    Layout::Call(
        function.to_owned(),
        vec![status, Layout::string(media_type), Layout::Source(body)],
    )
}

/// A code that the status means and that no other response is for.
fn example_status(status: Status, operation: &Operation, default: u16) -> u16 {
    let is_listed = |code: &u16| {
        operation.responses.iter().any(|response| response.status == Status::Code(*code))
    };
    match status {
        Status::Code(code) => code,
        Status::Range(digit) => {
            let mut codes = digit * 100..(digit + 1) * 100;
            codes.find(|code| !is_listed(code)).unwrap_or(digit * 100)
        }
        Status::Default => default,
    }
}

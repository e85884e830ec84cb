//! The answers of a mock whose items come one by one.

use serde::Serialize;

use super::answers::MockAnswer;
use super::stream::MockStream;
use crate::runtime::stream::Event;

/// Server-sent events with JSON as data.
pub fn events<T: Serialize>(stream: &MockStream<Event<T>>) -> MockAnswer {
    event_stream(stream, json_text)
}

/// Server-sent events with text as data.
pub fn text_events(stream: &MockStream<Event<String>>) -> MockAnswer {
    event_stream(stream, String::clone)
}

/// JSON texts, one on each line.
pub fn json_lines<T: Serialize>(stream: &MockStream<T>) -> MockAnswer {
    let line = |text: &str| format!("{text}\n").into();
    let steps = stream.written(|item| line(&json_text(item)));
    MockAnswer::stepped("application/jsonl", steps, line)
}

/// A JSON text sequence (RFC 7464).
pub fn json_sequence<T: Serialize>(stream: &MockStream<T>) -> MockAnswer {
    let record = |text: &str| format!("\u{1E}{text}\n").into();
    let steps = stream.written(|item| record(&json_text(item)));
    MockAnswer::stepped("application/json-seq", steps, record)
}

fn event_stream<T>(stream: &MockStream<Event<T>>, write: impl Fn(&T) -> String) -> MockAnswer {
    let steps = stream.written(|event| {
        let field = |name: &str, value: &Option<String>| {
            value.as_ref().map_or(String::new(), |value| format!("{name}: {value}\n"))
        };
        let retry = event.retry.map(|retry| retry.as_millis().to_string());
        let fields = [
            field("event", &event.event_type),
            field("id", &event.id),
            field("retry", &retry),
            data(&write(&event.data)),
        ];
        format!("{}\n", fields.concat()).into()
    });
    MockAnswer::stepped("text/event-stream", steps, |text| format!("{}\n", data(text)).into())
}

/// The lines of an event's data.
fn data(text: &str) -> String {
    text.split('\n').map(|line| format!("data: {line}\n")).collect()
}

fn json_text<T: Serialize>(value: &T) -> String {
    match serde_json::to_string(value) {
        Ok(json) => json,
        Err(cause) => panic!("the item cannot be written as JSON: {cause}"),
    }
}

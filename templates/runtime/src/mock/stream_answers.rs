//! The answers of a mock whose items come one by one.

use std::cell::Cell;

use bytes::Bytes;
use serde::Serialize;

use super::answers::MockAnswer;
use super::stream::{MockStream, Step};
use crate::runtime::stream::{Event, StreamedPart};

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

/// The boundary of a mock's parts.
const BOUNDARY: &str = "part";

/// Parts with JSON as data.
pub fn parts<T: Serialize>(stream: &MockStream<StreamedPart<T>>) -> MockAnswer {
    part_stream(stream, "application/json", |data| json_text(data).into())
}

/// Parts with text as data.
pub fn text_parts(stream: &MockStream<StreamedPart<String>>) -> MockAnswer {
    part_stream(stream, "text/plain; charset=utf-8", |data| data.clone().into())
}

/// Parts with bytes as data.
pub fn binary_parts(stream: &MockStream<StreamedPart<Bytes>>) -> MockAnswer {
    part_stream(stream, "application/octet-stream", Bytes::clone)
}

/// A body of several parts. The delimiter after a part comes with it, so that the part is whole.
fn part_stream<T>(
    stream: &MockStream<StreamedPart<T>>,
    media_type: &str,
    write: impl Fn(&T) -> Bytes,
) -> MockAnswer {
    let (count, written) = (stream.count(), Cell::new(0));
    let mut steps = stream.written(|part| {
        let mut bytes = Vec::new();
        if written.get() == 0 {
            bytes.extend_from_slice(format!("--{BOUNDARY}\r\n").as_bytes());
        }
        written.set(written.get() + 1);
        if part.media_type().is_none() {
            bytes.extend_from_slice(format!("content-type: {media_type}\r\n").as_bytes());
        }
        for (name, value) in &part.headers {
            let field = [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"];
            bytes.extend_from_slice(&field.concat());
        }
        bytes.extend_from_slice(b"\r\n");
        bytes.extend_from_slice(&write(&part.data));
        let is_last = written.get() == count && !stream.ends_broken_off();
        let end = if is_last { "--" } else { "" };
        bytes.extend_from_slice(format!("\r\n--{BOUNDARY}{end}\r\n").as_bytes());
        bytes.into()
    });
    if count == 0 && !stream.ends_broken_off() {
        steps.push(Step::Bytes(format!("--{BOUNDARY}--\r\n").into()));
    }
    let media_type = format!("multipart/mixed; boundary={BOUNDARY}");
    MockAnswer::stepped(&media_type, steps, |text| Bytes::copy_from_slice(text.as_bytes()))
}

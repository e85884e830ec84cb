//! Answers and bodies that flow.

use sdk::runtime::{Answer as Received, Call, decode};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::body;
use crate::description::{Answer, Body, Format};
use crate::failure::Failure;
use crate::output::Output;

/// Makes the call, and prints each item of its answer on a line, as soon as it comes.
pub fn print(answer: Answer, call: Call, output: &mut Output) -> Result<(), Failure> {
    match answer {
        Answer::Events => {
            let events = call.events_blocking(decode::event_data)?;
            lines(events.map(|event| Ok(event?.data)), output)
        }
        Answer::JsonSequence => lines(call.json_sequence_blocking(text)?, output),
        Answer::Parts => {
            let parts = call.parts_blocking(text)?;
            lines(parts.map(|part| Ok(part?.data)), output)
        }
        _ => lines(call.json_lines_blocking(text)?, output),
    }
}

/// The text of an item; of bytes that are no text, what can be read.
fn text(answer: &Received) -> sdk::Result<String> {
    decode::text(answer).or_else(|_| {
        let bytes = decode::bytes(answer)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    })
}

fn lines(
    items: impl Iterator<Item = sdk::Result<String>>,
    output: &mut Output,
) -> Result<(), Failure> {
    for item in items {
        let item = item?;
        match serde_json::from_str::<&RawValue>(&item) {
            Ok(json) => output.item(json.get())?,
            Err(_) => output.item(&Value::String(item).to_string())?,
        }
        output.flush()?;
    }
    Ok(())
}

/// Puts the items of a file into a call: of a list, or JSON texts one after the other.
pub fn put(call: Call, body: &Body, file: &str, text: &str) -> Result<Call, Failure> {
    let texts = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let values: Vec<Value> =
        texts.collect::<Result<_, _>>().map_err(|cause| body::no_json(file, &cause))?;
    let items = match <[Value; 1]>::try_from(values) {
        Ok([Value::Array(items)]) => items,
        Ok([item]) => vec![item],
        Err(items) => items,
    };
    Ok(match body.format {
        Format::JsonSequence => call.json_sequence_body(body.media_type, items),
        Format::Parts(encodings) => call.parts_body(body.media_type, items, encodings),
        _ => call.json_lines_body(body.media_type, items),
    })
}

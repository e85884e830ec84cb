//! From the bytes of an answer to the type that the document promises.
//!
//! Each function here fits [`Call::send`](super::Call::send).

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use serde::de::{DeserializeOwned, Error as _};

use super::charset;
use super::deviation::Deviation;
use super::deviations::Deviations;
use super::error::{DecodeError, Error, TimeoutError};
use super::json::{self, Limits, Note, Refused, Unread};
use super::json_path;
use super::media_type::{essence, is_json};
use super::model::Property;
use super::response::Answer;
use super::shown::Shown;

/// Decodes a JSON body (RFC 8259) into any type.
///
/// Models within a type of your own are read from a copy of their text, and what deviates in them is
/// not told. For a type of the SDK, [`model`] is faster, and tells it.
///
/// # Errors
///
/// [`Error::Decode`]: the body is empty, is not JSON, or is not of the type.
pub fn json<T: DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    let text = json_text(answer);
    let document = json::validated(&text, limits(answer));
    let read = document.and_then(|document| json::read_any(&document));
    read.map_err(|cause| not_the_json(answer, cause))
}

/// As [`json`], but gives `None` where there is no body.
///
/// # Errors
///
/// [`Error::Decode`]: the body is there, but is not JSON, or is not of the type.
pub fn optional_json<T: DeserializeOwned>(answer: &Answer) -> Result<Option<T>, Error> {
    if answer.body.is_empty() { Ok(None) } else { json(answer).map(Some) }
}

/// Decodes a JSON body (RFC 8259) into a type of the SDK: a model, or what the document can hold
/// beside one, such as a list of models.
///
/// What is text by its media type becomes that, where a text fits and the document leaves the media type
/// to the server, or the body is no JSON.
///
/// JSON that is not what the document says is decoded, too, and a body that is empty gives what has
/// no content: see [`Response::deviations`](super::Response::deviations).
///
/// # Errors
///
/// [`Error::Decode`]: the body is not JSON, or deviates where the client is
/// [strict](super::ClientBuilder::strict).
pub fn model<T: Property>(answer: &Answer) -> Result<T, Error> {
    if answer.body.trim_ascii().is_empty()
        && !answer.head.is_strict
        && let Some(zero) = T::zero()
    {
        answer.deviates(Deviations::of_nothing(T::EXPECTED));
        return Ok(zero);
    }
    if takes_text_first(answer)
        && let Some(value) = of_text(answer)
    {
        return Ok(value);
    }
    let text = json_text(answer);
    let read = json::unvalidated(&text, limits(answer)).and_then(|document| {
        let value = json::read(&document)?;
        answer.deviates(Deviations::of(&document));
        Ok(value)
    });
    // That it is no JSON comes before all else that may be wrong, and `serde_json` says best why.
    read.or_else(|cause| match json::validated(&text, limits(answer)) {
        Ok(_) => Err(not_the_json(answer, cause)),
        Err(cause) if media_type_is_json(answer) => Err(not_the_json(answer, cause)),
        Err(cause) => of_text(answer).ok_or_else(|| not_the_json(answer, cause)),
    })
}

/// Whether a body that could be a text is one: the document leaves the media type to the server.
fn takes_text_first(answer: &Answer) -> bool {
    let is_told = !answer.head.headers.is_empty();
    is_told && answer.head.operation.accept.contains('*') && !media_type_is_json(answer)
}

/// Whether the server says that the body is JSON, or does not say what it is.
fn media_type_is_json(answer: &Answer) -> bool {
    media_type(answer)
        .is_none_or(|media_type| essence(media_type).is_empty() || is_json(media_type))
}

/// A text that is no JSON, as a type that a JSON string is read into.
fn of_text<T: Property>(answer: &Answer) -> Option<T> {
    let json = serde_json::to_vec(&text(answer).ok()?).ok()?;
    json::read_fitting(&json::validated(&json, limits(answer)).ok()?)
}

/// As [`model`], but gives `None` where there is no body.
///
/// # Errors
///
/// As for [`model`].
pub fn optional_model<T: Property>(answer: &Answer) -> Result<Option<T>, Error> {
    if answer.body.is_empty() { Ok(None) } else { model(answer).map(Some) }
}

/// Gives a body of text, in the charset that the answer names, or else in UTF-8.
///
/// # Errors
///
/// [`Error::Decode`]: the body is no text in that charset.
pub fn text(answer: &Answer) -> Result<String, Error> {
    let text = charset::in_utf8(&answer.head.headers, &answer.body);
    match std::str::from_utf8(&text) {
        Ok(text) => Ok(text.to_owned()),
        Err(cause) => {
            let offset = cause.valid_up_to();
            Err(error(answer, format!("is not UTF-8 text: byte {offset} begins no character")))
        }
    }
}

/// Gives the data of an event as it is: text in UTF-8 (WHATWG HTML, section 9.2.5).
///
/// # Errors
///
/// [`Error::Decode`]: the bytes are no UTF-8, which those of an event always are.
#[cfg(feature = "streams")]
pub fn event_data(answer: &Answer) -> Result<String, Error> {
    match std::str::from_utf8(&answer.body) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(error(answer, "is not UTF-8 text".to_owned())),
    }
}

/// Gives the body as it is.
///
/// # Errors
///
/// None; the signature is that of the other functions.
pub fn bytes(answer: &Answer) -> Result<Bytes, Error> {
    Ok(answer.body.clone())
}

/// Gives nothing: the operation answers without a body.
///
/// # Errors
///
/// None; the signature is that of the other functions.
pub fn empty(_answer: &Answer) -> Result<(), Error> {
    Ok(())
}

/// Reads JSON that is of a type of the SDK as a whole.
pub(crate) fn fitting<T: Property>(answer: &Answer) -> Option<T> {
    let limits = Limits { refused: Refused::None, ..limits(answer) };
    json::read_fitting(&json::validated(&json_text(answer), limits).ok()?)
}

/// The body in UTF-8.
pub(crate) fn json_text(answer: &Answer) -> Cow<'_, [u8]> {
    charset::in_utf8(&answer.head.headers, &answer.body)
}

fn limits(answer: &Answer) -> Limits {
    let refused = if answer.head.is_strict { Refused::All } else { Refused::None };
    Limits { refused, ..answer.budget.limits() }
}

/// Not generic, so that it is compiled once and not for every model.
fn not_the_json(answer: &Answer, cause: Unread) -> Error {
    let body = &json_text(answer);
    if body.is_empty() {
        return error(answer, "is empty, where JSON was expected".to_owned());
    }
    match cause {
        Unread::Time => {
            Error::Timeout(TimeoutError::new(answer.head.operation, answer.budget.timeout))
        }
        Unread::Memory => {
            let memory = answer.budget.memory;
            error(
                answer,
                format!(
                    "would take more than {memory} bytes of memory once it is decoded, which is twice \
                 what `ClientBuilder::max_body_size` allows for a body"
                ),
            )
        }
        Unread::Misfit(cause, Some(offset)) => {
            let (line, column) = json_path::line_and_column(body, offset);
            let message = format!("{cause} at line {line} column {column}");
            misfit(answer, json_path::at_offset(body, offset), message)
        }
        Unread::Misfit(cause, None) => no_json(answer, &cause),
        Unread::Deviation(note) => deviation(answer, note),
    }
}

/// The error for a body that is not what the document says.
fn deviation(answer: &Answer, note: Note) -> Error {
    let body = &json_text(answer);
    let (line, column) = json_path::line_and_column(body, note.start + 1);
    let deviation = Deviation::of(body, note);
    let message = format!("{} at line {line} column {column}", deviation.what());
    misfit(answer, deviation.path().to_owned(), message)
}

/// The error for a body that is no JSON at all.
fn no_json(answer: &Answer, cause: &serde_json::Error) -> Error {
    let body = &json_text(answer);
    let (line, column) = (cause.line(), cause.column());
    let path = json_path::at(body, line, column);
    if cause.is_syntax() && path == "$" && column <= 1 {
        // An item has no media type of its own.
        let message = match answer.head.item {
            Some(_) => "is not JSON".to_owned(),
            None => format!("is not JSON but {}", media_type(answer).unwrap_or("of no media type")),
        };
        return error(answer, message);
    }
    let message = match cause.classify() {
        serde_json::error::Category::Eof => {
            format!("it breaks off after {} bytes", body.len())
        }
        _ => cause.to_string(),
    };
    misfit(answer, path, message)
}

fn misfit(answer: &Answer, path: String, message: String) -> Error {
    // The library's words can quote a whole value of the body.
    let cause = serde_json::Error::custom(Shown(&message));
    let error = DecodeError::new(&answer.head, answer.body.clone(), message);
    Error::Decode(error.at(path, cause))
}

fn media_type(answer: &Answer) -> Option<&str> {
    answer.head.headers.get(CONTENT_TYPE)?.to_str().ok()
}

fn error(answer: &Answer, message: String) -> Error {
    Error::Decode(DecodeError::new(&answer.head, answer.body.clone(), message))
}

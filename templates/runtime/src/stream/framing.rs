//! From bytes to the items of a stream, however the bytes are cut into pieces.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap};

use super::events::EventParser;
use super::json_lines::JsonLines;
use super::json_sequence::JsonSequence;
use super::parts::Parts;
use crate::runtime::media_type::parameter;

/// One item as it came.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The data of an event, or a JSON text.
    pub(crate) data: Bytes,
    /// The type of an event, where the server names one.
    pub(crate) event_type: Option<String>,
    /// The id of the last event that had one.
    pub(crate) id: Option<String>,
    /// After how long to connect again, where the event says so.
    pub(crate) retry: Option<Duration>,
    /// The headers of a part.
    pub(crate) headers: Option<Box<HeaderMap>>,
    /// The item is, or may be, the beginning of a longer one.
    pub(crate) is_cut: bool,
}

/// An item is larger than the limit; the rest of it is passed over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// How items stand in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Server-sent events (WHATWG HTML, section 9.2).
    Events,
    /// A JSON text on each line.
    JsonLines,
    /// JSON text sequences (RFC 7464).
    JsonSequence,
    /// The parts of a body of several (RFC 2046, section 5.1).
    Parts,
}

impl Format {
    /// Why an item is no whole one, of what follows nothing.
    pub(crate) fn of_cut_item(self) -> &'static str {
        match self {
            Self::Parts => "is cut off: no delimiter follows it (RFC 2046, section 5.1.1)",
            _ => "may be cut off: nothing follows it (RFC 7464, section 2.4)",
        }
    }
}

/// The state of cutting a stream into items.
pub(crate) enum Framing {
    Events(EventParser),
    JsonLines(JsonLines),
    JsonSequence(JsonSequence),
    Parts(Parts),
}

impl Framing {
    /// At the beginning of a stream, of whose items none may be larger than so many bytes.
    /// `headers` are those of the answer.
    pub(crate) fn new(format: Format, limit: usize, headers: &HeaderMap) -> Self {
        match format {
            Format::Parts => Self::Parts(Parts::new(boundary(headers).unwrap_or_default(), limit)),
            Format::Events => Self::Events(EventParser::new(limit)),
            Format::JsonLines => Self::JsonLines(JsonLines::new(limit)),
            Format::JsonSequence => Self::JsonSequence(JsonSequence::new(limit)),
        }
    }

    /// Takes bytes from the front of a piece up to the end of the next item. `None`: the piece is used up.
    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Option<Result<Frame, TooLarge>> {
        match self {
            Self::Events(events) => events.next(piece),
            Self::JsonLines(lines) => lines.next(piece),
            Self::JsonSequence(sequence) => sequence.next(piece),
            Self::Parts(parts) => parts.next(piece),
        }
    }

    /// The item that ends with the stream.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        match self {
            // An event that no blank line ends is incomplete (WHATWG HTML, section 9.2.6).
            Self::Events(events) => {
                events.restart();
                None
            }
            Self::JsonLines(lines) => lines.finish(),
            Self::JsonSequence(sequence) => sequence.finish(),
            Self::Parts(parts) => parts.finish(),
        }
    }

    /// The id of the last event that had one.
    pub(crate) fn last_event_id(&self) -> Option<&str> {
        match self {
            Self::Events(events) => events.last_event_id(),
            _ => None,
        }
    }

    /// After how long the server wants the client to connect again, where it says so.
    pub(crate) fn reconnection_time(&self) -> Option<Duration> {
        match self {
            Self::Events(events) => events.reconnection_time(),
            _ => None,
        }
    }
}

/// The boundary of an answer of several parts (RFC 2046, section 5.1.1).
pub(super) fn boundary(headers: &HeaderMap) -> Option<&str> {
    let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    parameter(media_type, "boundary").filter(|boundary| !boundary.is_empty())
}

/// What UTF-8 text may begin with to say that it is that.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

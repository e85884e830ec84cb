//! From bytes to the items of a stream, however the bytes are cut into pieces.

use std::time::Duration;

use bytes::Bytes;

use super::events::EventParser;
use super::json_lines::JsonLines;
use super::json_sequence::JsonSequence;

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
    /// The item may be the beginning of a longer one.
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
}

/// The state of cutting a stream into items.
pub(crate) enum Framing {
    Events(EventParser),
    JsonLines(JsonLines),
    JsonSequence(JsonSequence),
}

impl Framing {
    /// At the beginning of a stream, of whose items none may be larger than so many bytes.
    pub(crate) fn new(format: Format, limit: usize) -> Self {
        match format {
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
        }
    }

    /// The id of the last event that had one.
    pub(crate) fn last_event_id(&self) -> Option<&str> {
        match self {
            Self::Events(events) => events.last_event_id(),
            Self::JsonLines(_) | Self::JsonSequence(_) => None,
        }
    }

    /// After how long the server wants the client to connect again, where it says so.
    pub(crate) fn reconnection_time(&self) -> Option<Duration> {
        match self {
            Self::Events(events) => events.reconnection_time(),
            Self::JsonLines(_) | Self::JsonSequence(_) => None,
        }
    }
}

/// What UTF-8 text may begin with to say that it is that.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

//! Event streams (WHATWG HTML, sections 9.2.5 and 9.2.6).

use std::mem;
use std::time::Duration;

use bytes::{Buf, Bytes};

use super::framing::{BYTE_ORDER_MARK, Frame, TooLarge};
use super::search::{is_ascii, position_of_line_end};

/// Reads events from pieces of a stream.
#[derive(Default)]
pub(crate) struct EventParser {
    limit: usize,
    /// Nothing has come but what may be a byte order mark.
    is_past_first_line: bool,
    /// The last line ended in CR, to which an LF may belong.
    is_after_cr: bool,
    /// The beginning of the line that has not ended yet.
    line: Vec<u8>,
    /// Something of that line was not kept.
    is_line_dropped: bool,
    /// The event is too large; what comes up to its end is not kept.
    is_skipping: bool,
    data: Data,
    event_type: String,
    retry: Option<Duration>,
    /// The id of the event that has not ended yet, which holds from its dispatch on.
    new_id: Option<String>,
    last_event_id: String,
    reconnection_time: Option<Duration>,
}

/// The lines of an event's data that have come.
#[derive(Default)]
enum Data {
    #[default]
    None,
    /// One, as it stands in what came.
    Line(Bytes),
    /// Several, with a line feed between them.
    Lines(Vec<u8>),
}

impl Data {
    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Line(line) => line.len(),
            Self::Lines(lines) => lines.len(),
        }
    }

    fn push(&mut self, line: Bytes) {
        *self = match mem::take(self) {
            Self::None => Self::Line(line),
            Self::Line(first) => Self::Lines([&first, b"\n".as_slice(), &line].concat()),
            Self::Lines(mut lines) => {
                lines.push(b'\n');
                lines.extend_from_slice(&line);
                Self::Lines(lines)
            }
        };
    }

    /// All of it; none where no line has come.
    fn take(&mut self) -> Option<Bytes> {
        match mem::take(self) {
            Self::None => None,
            Self::Line(line) => Some(line),
            Self::Lines(lines) => Some(lines.into()),
        }
    }
}

impl EventParser {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    pub(crate) fn last_event_id(&self) -> Option<&str> {
        Some(self.last_event_id.as_str()).filter(|id| !id.is_empty())
    }

    pub(crate) fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    /// Begins at the beginning of a stream again, with what the last one said of reconnecting.
    pub(crate) fn restart(&mut self) {
        let last_event_id = mem::take(&mut self.last_event_id);
        let reconnection_time = self.reconnection_time;
        *self = Self { last_event_id, reconnection_time, ..Self::new(self.limit) };
    }

    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Option<Result<Frame, TooLarge>> {
        loop {
            let first = *piece.first()?;
            if mem::take(&mut self.is_after_cr) && first == b'\n' {
                piece.advance(1);
                continue;
            }
            let end = match first {
                b'\n' | b'\r' => Some(0),
                _ => position_of_line_end(piece),
            };
            let Some(end) = end else {
                let kept = self.keep(piece);
                piece.clear();
                return kept.err().map(Err);
            };
            self.is_after_cr = piece.get(end) == Some(&b'\r');
            let is_blank = self.end_line(piece, end);
            piece.advance(end + 1);
            match is_blank {
                Ok(false) => {}
                Ok(true) => {
                    if let Some(event) = self.dispatch() {
                        return Some(Ok(event));
                    }
                }
                Err(TooLarge) => return Some(Err(TooLarge)),
            }
        }
    }

    /// Keeps the beginning of a line.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), TooLarge> {
        let is_comment = self.line.first().or(bytes.first()) == Some(&b':');
        if self.is_skipping || (is_comment && !self.line.is_empty()) {
            self.is_line_dropped = true;
            return Ok(());
        }
        if is_comment {
            self.line.push(b':');
            return Ok(());
        }
        if self.size() + bytes.len() > self.limit {
            self.is_line_dropped = true;
            return Err(self.overflow());
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    /// Takes a line that ends within a piece. Says whether it is blank, and so ends an event.
    fn end_line(&mut self, piece: &Bytes, end: usize) -> Result<bool, TooLarge> {
        let bytes = piece.get(..end).unwrap_or_default();
        let was_dropped = mem::take(&mut self.is_line_dropped);
        let mut kept = mem::take(&mut self.line);
        let (line, source) = if kept.is_empty() {
            (bytes, Some(piece))
        } else {
            kept.extend_from_slice(bytes);
            (kept.as_slice(), None)
        };
        let is_first = !mem::replace(&mut self.is_past_first_line, true);
        let line = match is_first {
            true => line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line),
            false => line,
        };
        let is_blank = line.is_empty() && !was_dropped;
        let taken = match is_blank || self.is_skipping || was_dropped {
            true => Ok(()),
            false => self.field(line, source),
        };
        // Its memory is for the next line.
        kept.clear();
        self.line = kept;
        taken.map(|()| is_blank)
    }

    /// Takes a field, whose line stands in `source` where that is given.
    fn field(&mut self, line: &[u8], source: Option<&Bytes>) -> Result<(), TooLarge> {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = match colon.and_then(|at| line.split_at_checked(at)) {
            Some((name, rest)) => {
                let value = rest.strip_prefix(b":").unwrap_or(rest);
                (name, value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, &[][..]),
        };
        match name {
            b"data" => {
                let line = match source {
                    _ if !is_utf8(value) => lossy(value).into(),
                    Some(source) => source.slice_ref(value),
                    None => Bytes::copy_from_slice(value),
                };
                self.data.push(line);
            }
            b"event" => self.event_type = lossy(value),
            b"id" if !value.contains(&0) => self.new_id = Some(lossy(value)),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = lossy(value).parse().unwrap_or(u64::MAX);
                self.retry = Some(Duration::from_millis(milliseconds));
                self.reconnection_time = self.retry;
            }
            // A comment, or a field that the standard does not have.
            _ => {}
        }
        if self.size() > self.limit { Err(self.overflow()) } else { Ok(()) }
    }

    fn size(&self) -> usize {
        let id = self.new_id.as_ref().unwrap_or(&self.last_event_id);
        self.data.len() + self.event_type.len() + id.len() + self.line.len()
    }

    fn overflow(&mut self) -> TooLarge {
        self.is_skipping = true;
        self.forget();
        self.new_id = None;
        TooLarge
    }

    /// Forgets what has come of an event.
    fn forget(&mut self) {
        self.data = Data::None;
        self.line = Vec::new();
        self.event_type = String::new();
        self.retry = None;
    }

    /// Ends an event, at a blank line.
    fn dispatch(&mut self) -> Option<Frame> {
        if mem::take(&mut self.is_skipping) {
            self.forget();
            return None;
        }
        if let Some(id) = self.new_id.take() {
            self.last_event_id = id;
        }
        let event_type = mem::take(&mut self.event_type);
        let retry = self.retry.take();
        Some(Frame {
            data: self.data.take()?,
            event_type: Some(event_type).filter(|event_type| !event_type.is_empty()),
            id: self.last_event_id().map(str::to_owned),
            retry,
            ..Frame::default()
        })
    }
}

/// Whether bytes are UTF-8. That they are ASCII, which most are, is found faster.
fn is_utf8(bytes: &[u8]) -> bool {
    is_ascii(bytes) || std::str::from_utf8(bytes).is_ok()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

//! Event streams (WHATWG HTML, sections 9.2.5 and 9.2.6).

use std::mem;
use std::time::Duration;

use bytes::{Buf, Bytes};

use super::framing::{BYTE_ORDER_MARK, Frame, TooLarge};

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
    data: Vec<u8>,
    event_type: String,
    retry: Option<Duration>,
    /// The id that holds from the next dispatch on.
    id: String,
    last_event_id: String,
    reconnection_time: Option<Duration>,
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
        let id = last_event_id.clone();
        *self = Self { last_event_id, reconnection_time, id, ..Self::new(self.limit) };
    }

    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Option<Result<Frame, TooLarge>> {
        loop {
            let first = *piece.first()?;
            if mem::take(&mut self.is_after_cr) && first == b'\n' {
                piece.advance(1);
                continue;
            }
            let end = piece.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let Some(end) = end else {
                let kept = self.keep(piece);
                piece.clear();
                return kept.err().map(Err);
            };
            self.is_after_cr = piece.get(end) == Some(&b'\r');
            let event = self.end_line(piece.get(..end).unwrap_or_default());
            piece.advance(end + 1);
            if event.is_some() {
                return event;
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

    /// Takes a line whose last bytes these are. Gives the event that it ends.
    fn end_line(&mut self, bytes: &[u8]) -> Option<Result<Frame, TooLarge>> {
        let was_dropped = mem::take(&mut self.is_line_dropped);
        let mut kept = mem::take(&mut self.line);
        let line = if kept.is_empty() {
            bytes
        } else {
            kept.extend_from_slice(bytes);
            &kept
        };
        let is_first = !mem::replace(&mut self.is_past_first_line, true);
        let line = match line.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) if is_first => rest,
            _ => line,
        };
        let ended = if line.is_empty() && !was_dropped {
            self.dispatch().map(Ok)
        } else if self.is_skipping || was_dropped {
            None
        } else {
            self.field(line).err().map(Err)
        };
        // Its memory is for the next line.
        kept.clear();
        self.line = kept;
        ended
    }

    fn field(&mut self, line: &[u8]) -> Result<(), TooLarge> {
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
                match std::str::from_utf8(value) {
                    Ok(text) => self.data.extend_from_slice(text.as_bytes()),
                    Err(_) => self.data.extend_from_slice(lossy(value).as_bytes()),
                }
                self.data.push(b'\n');
            }
            b"event" => self.event_type = lossy(value),
            b"id" if !value.contains(&0) => self.id = lossy(value),
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = lossy(value).parse().unwrap_or(u64::MAX);
                self.retry = Some(Duration::from_millis(milliseconds));
                self.reconnection_time = self.retry;
            }
            // A comment, or a field that the standard does not have.
            _ => {}
        }
        // The last line's end is no part of the data.
        if self.size() > self.limit.saturating_add(1) { Err(self.overflow()) } else { Ok(()) }
    }

    fn size(&self) -> usize {
        self.data.len() + self.event_type.len() + self.id.len() + self.line.len()
    }

    fn overflow(&mut self) -> TooLarge {
        self.is_skipping = true;
        self.forget();
        self.id.clone_from(&self.last_event_id);
        TooLarge
    }

    /// Forgets what has come of an event.
    fn forget(&mut self) {
        self.data = Vec::new();
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
        if self.last_event_id != self.id {
            self.last_event_id.clone_from(&self.id);
        }
        let event_type = mem::take(&mut self.event_type);
        let retry = self.retry.take();
        // The end of the last line of data, where there is a line.
        self.data.pop()?;
        Some(Frame {
            data: mem::take(&mut self.data).into(),
            event_type: Some(event_type).filter(|event_type| !event_type.is_empty()),
            id: self.last_event_id().map(str::to_owned),
            retry,
            is_cut: false,
        })
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

//! JSON text sequences (RFC 7464): a record separator before each JSON text, and a line feed after it.

use std::mem;

use bytes::Bytes;

use super::framing::{Frame, TooLarge};

/// What stands before each text. Within one it would be escaped (RFC 8259, section 7).
pub(super) const RECORD_SEPARATOR: u8 = 0x1E;

/// Reads JSON texts from pieces of a stream.
#[derive(Default)]
pub(crate) struct JsonSequence {
    limit: usize,
    text: Vec<u8>,
    progress: Progress,
    /// The text is too large; what comes up to its end is not kept.
    is_skipping: bool,
}

/// How far a JSON text has come, by its brackets and quotes alone.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    has_begun: bool,
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
}

impl Progress {
    fn take(&mut self, byte: u8) {
        self.has_begun |= !byte.is_ascii_whitespace();
        if self.is_in_string {
            self.is_in_string = byte != b'"' || self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            return;
        }
        match byte {
            b'"' => self.is_in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a line feed here is the one after the text, and not within it.
    fn is_complete(self) -> bool {
        self.has_begun && self.depth == 0 && !self.is_in_string
    }
}

impl JsonSequence {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Option<Result<Frame, TooLarge>> {
        while !piece.is_empty() {
            let end = self.end_of_text(piece);
            let rest = piece.split_to(end.map_or(piece.len(), |end| end + 1));
            if !self.is_skipping && self.text.len() + rest.len() > self.limit.saturating_add(1) {
                self.is_skipping = end.is_none();
                self.text = Vec::new();
                return Some(Err(TooLarge));
            }
            if !self.is_skipping {
                self.text.extend_from_slice(&rest);
            }
            end?;
            let frame = self.finish();
            if frame.is_some() {
                return frame.map(Ok);
            }
        }
        None
    }

    /// Where the byte is that ends the text: the separator before the next one, or the line feed after
    /// this one, for which no next one has to be waited for.
    fn end_of_text(&mut self, piece: &[u8]) -> Option<usize> {
        for (index, byte) in piece.iter().enumerate() {
            let is_end = *byte == RECORD_SEPARATOR
                || (*byte == b'\n' && !self.is_skipping && self.progress.is_complete());
            if is_end {
                self.progress = Progress::default();
                return Some(index);
            }
            self.progress.take(*byte);
        }
        None
    }

    /// Ends the text.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        self.progress = Progress::default();
        let mut text: Bytes = mem::take(&mut self.text).into();
        if mem::take(&mut self.is_skipping) {
            return None;
        }
        if text.last() == Some(&RECORD_SEPARATOR) {
            text.truncate(text.len() - 1);
        }
        let last = *text.trim_ascii().last()?;
        // Where nothing follows a number, true, false or null, that may have been cut off (section 2.4).
        let shows_its_end = matches!(last, b'"' | b'}' | b']');
        let is_cut = !shows_its_end && !text.last().is_some_and(u8::is_ascii_whitespace);
        Some(Frame { data: text, is_cut, ..Frame::default() })
    }
}

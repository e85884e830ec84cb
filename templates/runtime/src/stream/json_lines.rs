//! JSON Lines: a JSON text on each line.

use std::mem;

use bytes::{Buf, Bytes};

use super::framing::{BYTE_ORDER_MARK, Frame, TooLarge};
use super::search::position_of_line_feed;

/// Reads lines from pieces of a stream. Blank lines are passed over.
#[derive(Default)]
pub(crate) struct JsonLines {
    limit: usize,
    is_past_first_line: bool,
    /// The beginning of the line that has not ended yet.
    line: Vec<u8>,
    /// The line is too large; what comes up to its end is not kept.
    is_skipping: bool,
}

impl JsonLines {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Option<Result<Frame, TooLarge>> {
        while !piece.is_empty() {
            let end = position_of_line_feed(piece);
            let rest = piece.split_to(end.unwrap_or(piece.len()));
            if !self.is_skipping && self.line.len() + rest.len() > self.limit {
                self.is_skipping = true;
                self.line = Vec::new();
                return Some(Err(TooLarge));
            }
            if end.is_none() {
                if !self.is_skipping {
                    self.line.extend_from_slice(&rest);
                }
                return None;
            }
            piece.advance(1);
            let line = self.end_line(rest);
            if line.is_some() {
                return line.map(Ok);
            }
        }
        None
    }

    pub(crate) fn finish(&mut self) -> Option<Frame> {
        self.end_line(Bytes::new())
    }

    /// Ends a line whose last bytes these are.
    fn end_line(&mut self, rest: Bytes) -> Option<Frame> {
        let is_first = !mem::replace(&mut self.is_past_first_line, true);
        if mem::take(&mut self.is_skipping) {
            return None;
        }
        let mut line = if self.line.is_empty() {
            rest
        } else {
            self.line.extend_from_slice(&rest);
            mem::take(&mut self.line).into()
        };
        if is_first && line.starts_with(BYTE_ORDER_MARK) {
            line.advance(BYTE_ORDER_MARK.len());
        }
        let is_blank = line.trim_ascii().is_empty();
        (!is_blank).then(|| Frame { data: line, ..Frame::default() })
    }
}

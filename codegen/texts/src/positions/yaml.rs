//! Positions in YAML 1.2.

use std::{cell::Cell, ops::Range};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::{Builder, Positions};

/// Finds the positions in a YAML text. `lines` has the offset at which each line starts.
///
/// Never fails: where this parser and the one that reads the values disagree, it stops.
pub fn positions(text: &str, lines: &[usize]) -> Positions {
    let offsets = Offsets { text, lines, ascii: text.is_ascii(), last: Cell::new((0, 0, 0)) };
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            Event::MappingStart(..) => builder.start(true, offsets.range(span)),
            Event::SequenceStart(..) => builder.start(false, offsets.range(span)),
            Event::MappingEnd | Event::SequenceEnd => builder.end(),
            Event::Scalar(value, style, ..) => builder.scalar(&value, offsets.scalar(span, style)),
            Event::Alias(_) => builder.scalar("", offsets.range(span)),
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    builder.finish()
}

/// Turns the parser's marks, which count characters, into offsets in bytes.
struct Offsets<'a> {
    text: &'a str,
    lines: &'a [usize],
    ascii: bool,
    /// The line, the column and the offset that were looked for last: marks come in order, so that the search goes on
    /// from there, and a text of one line is passed once.
    last: Cell<(usize, usize, usize)>,
}

impl Offsets<'_> {
    fn range(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    /// The range of a scalar. The parser ends a plain scalar behind the blanks that follow it.
    fn scalar(&self, span: Span, style: ScalarStyle) -> Range<usize> {
        let range = self.range(span);
        if style != ScalarStyle::Plain {
            return range;
        }
        range.start..range.start + self.text[range.clone()].trim_end().len()
    }

    fn offset(&self, mark: Marker) -> usize {
        let start = match mark.line().checked_sub(1).and_then(|line| self.lines.get(line)) {
            Some(start) => *start,
            None => return self.text.len(),
        };
        if self.ascii {
            return (start + mark.col()).min(self.text.len());
        }
        let (line, column, offset) = self.last.get();
        let (column, start) = match line == mark.line() && column <= mark.col() {
            true => (column, offset),
            false => (0, start),
        };
        let mut rest = self.text[start..].char_indices();
        let found = rest.nth(mark.col() - column).map_or(self.text.len(), |(it, _)| start + it);
        self.last.set((mark.line(), mark.col(), found));
        found
    }
}

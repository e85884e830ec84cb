//! Which line of a YAML text each key stands on, for those who edit the text.

use saphyr_parser::{Event, Parser, ScanError, Span};

/// A node of the text.
#[derive(Debug)]
pub(super) enum Node {
    /// A mapping in block style: one key on a line.
    Mapping(Vec<Entry>),
    /// A sequence in block style: one dash on a line.
    Sequence(Vec<Item>),
    /// Nothing, `{}` or `[]`.
    Empty(Option<Brackets>),
    /// A string, number, boolean or null.
    Scalar(String),
    /// An alias, or a mapping or sequence in flow style: several keys on a line.
    Other,
}

/// A key of a mapping.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key, without quotes.
    pub(super) key: String,
    /// The line that it is on, counted from 0.
    pub(super) line: usize,
    /// The column that it starts at, counted from 0.
    pub(super) column: usize,
    /// What belongs to it.
    pub(super) value: Node,
}

/// An element of a sequence.
#[derive(Debug)]
pub(super) struct Item {
    /// The line that it starts on, counted from 0.
    pub(super) line: usize,
    /// The element.
    pub(super) value: Node,
}

/// The brackets of a mapping or sequence without content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brackets {
    /// The line, counted from 0.
    pub(super) line: usize,
    /// The columns, in characters.
    pub(super) start: usize,
    /// The column behind them.
    pub(super) end: usize,
}

/// Reads the outline of the first document in a text.
pub(super) fn outline(text: &str) -> Result<Node, ScanError> {
    let mut reader = Reader { parser: Parser::new_from_str(text), lines: text.lines().collect() };
    loop {
        match reader.next()? {
            Some((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _)) => {}
            Some((event, span)) => return reader.node(&event, span),
            None => return Ok(Node::Empty(None)),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    lines: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, ScanError> {
        self.parser.next_event().transpose()
    }

    /// The node that starts with this event.
    fn node(&mut self, event: &Event<'a>, span: Span) -> Result<Node, ScanError> {
        match event {
            Event::MappingStart(..) => self.mapping(span),
            Event::SequenceStart(..) => self.sequence(span),
            Event::Scalar(text, ..)
                if text.is_empty() && span.start.index() == span.end.index() =>
            {
                Ok(Node::Empty(None))
            }
            Event::Scalar(text, ..) => Ok(Node::Scalar(text.to_string())),
            _ => Ok(Node::Other),
        }
    }

    fn mapping(&mut self, start: Span) -> Result<Node, ScanError> {
        let mut entries = Vec::new();
        while let Some((event, span)) = self.next()? {
            if let Event::MappingEnd = event {
                return Ok(self.finish(start, span, Node::Mapping(entries)));
            }
            let key = match self.node(&event, span)? {
                Node::Scalar(key) => key,
                _ => String::new(),
            };
            let Some((event, value_span)) = self.next()? else {
                break;
            };
            let value = self.node(&event, value_span)?;
            let line = span.start.line().saturating_sub(1);
            entries.push(Entry { key, line, column: span.start.col(), value });
        }
        Ok(Node::Other)
    }

    fn sequence(&mut self, start: Span) -> Result<Node, ScanError> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next()? {
            if let Event::SequenceEnd = event {
                return Ok(self.finish(start, span, Node::Sequence(items)));
            }
            let value = self.node(&event, span)?;
            items.push(Item { line: span.start.line().saturating_sub(1), value });
        }
        Ok(Node::Other)
    }

    /// The node, or where it is in flow style, what can be said about it.
    fn finish(&self, start: Span, end: Span, block: Node) -> Node {
        let (line, column) = (start.start.line().saturating_sub(1), start.start.col());
        let first = self.lines.get(line).and_then(|text| text.chars().nth(column));
        if !matches!(first, Some('{' | '[')) {
            return block;
        }
        let empty = match block {
            Node::Mapping(entries) => entries.is_empty(),
            Node::Sequence(items) => items.is_empty(),
            _ => false,
        };
        if empty && end.end.line() == start.start.line() {
            let end = end.end.col();
            return Node::Empty(Some(Brackets { line, start: column, end }));
        }
        Node::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_lines() {
        let text =
            "# first\na:\n  b: |\n    # no comment\n    c\n  d: {}\ne: {f: 1}\ng:\nh:\n- x\n";
        let Node::Mapping(entries) = outline(text).expect("it is YAML") else {
            panic!("a mapping is expected");
        };
        let lines: Vec<_> = entries.iter().map(|it| (it.key.as_str(), it.line)).collect();
        assert_eq!(lines, [("a", 1), ("e", 6), ("g", 7), ("h", 8)]);
        let Node::Mapping(inner) = &entries[0].value else {
            panic!("a mapping is expected");
        };
        assert_eq!((inner[1].line, inner[1].column), (5, 2));
        assert!(matches!(
            inner[1].value,
            Node::Empty(Some(Brackets { line: 5, start: 5, end: 7 }))
        ));
        assert!(matches!(entries[1].value, Node::Other));
        assert!(matches!(entries[2].value, Node::Empty(None)));
        let Node::Sequence(items) = &entries[3].value else {
            panic!("a sequence is expected");
        };
        assert_eq!(items[0].line, 9);
    }
}

//! YAML (1.2.2) as configuration files have it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use serde_json::{Map, Value};

/// A configuration is nowhere near as deep.
const MAX_DEPTH: usize = 64;

/// Nor does it have as many values, those that aliases repeat among them.
const MAX_VALUES: usize = 10_000;

/// The key that brings in the members of other mappings (<https://yaml.org/type/merge.html>).
const MERGE: &str = "<<";

/// The tags of YAML's core schema (YAML 1.2.2, section 10.3.1) with which a text stays what it is.
const TAGS: [&str; 6] = ["bool", "float", "int", "map", "seq", "str"];

/// What is wrong with a file. It quotes nothing, since what stands there could be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    what: &'static str,
    line: usize,
    column: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at line {}, column {}", self.what, self.line, self.column)
    }
}

impl From<ScanError> for Fault {
    fn from(error: ScanError) -> Self {
        Self::at(error.marker(), "not valid YAML")
    }
}

impl Fault {
    fn at(place: &Marker, what: &'static str) -> Self {
        Self { what, line: place.line(), column: place.col() + 1 }
    }
}

/// Reads a file of at most one document: mappings, lists, null and texts. What looks like a number or a truth value is the
/// text that stands there, so that an id of digits keeps its zeros.
pub(crate) fn read(text: &str) -> Result<Value, Fault> {
    let parser = Parser::new_from_str(text);
    let mut reader = Reader { parser, anchors: HashMap::new(), values: 0 };
    let mut document = None;
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
            Event::DocumentStart(_) if document.is_some() => {
                return Err(Fault::at(&span.start, "there is a second document"));
            }
            Event::DocumentStart(_) => {
                let (event, span) = reader.next()?;
                document = Some(reader.value(event, span, 0)?);
            }
            _ => return Ok(document.unwrap_or_default()),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// The values that an alias can stand for. One is here once it has been read to its end, so none contains itself.
    anchors: HashMap<usize, Value>,
    /// How many values there are so far.
    values: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Fault> {
        let next = self.parser.next_event();
        Ok(next.unwrap_or_else(|| Ok((Event::StreamEnd, Span::default())))?)
    }

    /// The value that an event begins, `depth` values below the document's.
    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Value, Fault> {
        let start = span.start;
        if depth > MAX_DEPTH {
            return Err(Fault::at(&start, "values are nested too deeply"));
        }
        self.count(1, &start)?;
        let (anchor, value) = match event {
            Event::Alias(id) => {
                let Some(value) = self.anchors.get(&id).cloned() else {
                    return Err(Fault::at(&start, "an alias stands within what it stands for"));
                };
                self.count(size(&value), &start)?;
                return Ok(value);
            }
            Event::Scalar(text, style, anchor, tag) => {
                check(tag.as_deref(), &start)?;
                (anchor, scalar(text, style, tag.is_some()))
            }
            Event::SequenceStart(anchor, tag) => {
                check(tag.as_deref(), &start)?;
                (anchor, self.list(depth)?)
            }
            Event::MappingStart(anchor, tag) => {
                check(tag.as_deref(), &start)?;
                (anchor, self.mapping(depth)?)
            }
            _ => return Err(Fault::at(&start, "not valid YAML")),
        };
        // An anchor that is none has the number 0.
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::Array(items)),
                (event, span) => items.push(self.value(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut members = Map::new();
        let mut merged = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let is_merge = match &event {
                Event::MappingEnd => break,
                Event::Scalar(key, ScalarStyle::Plain, _, None) => key == MERGE,
                _ => false,
            };
            let key = match self.value(event, span, depth + 1)? {
                Value::String(key) => key,
                Value::Null => "null".to_owned(),
                _ => return Err(Fault::at(&span.start, "a key is no text")),
            };
            let (event, span) = self.next()?;
            let value = self.value(event, span, depth + 1)?;
            if !is_merge {
                members.insert(key, value);
                continue;
            }
            match value {
                Value::Object(other) => merged.push(other),
                Value::Array(others) if others.iter().all(Value::is_object) => {
                    merged.extend(others.into_iter().filter_map(|other| match other {
                        Value::Object(other) => Some(other),
                        _ => None,
                    }));
                }
                _ => return Err(Fault::at(&span.start, "`<<` brings in no mapping")),
            }
        }
        // What is nearer counts more: the mapping's own members, and then the mappings in their order.
        for (key, value) in merged.into_iter().flatten() {
            members.entry(key).or_insert(value);
        }
        Ok(Value::Object(members))
    }

    fn count(&mut self, values: usize, place: &Marker) -> Result<(), Fault> {
        self.values += values;
        match self.values > MAX_VALUES {
            true => Err(Fault::at(place, "there are too many values")),
            false => Ok(()),
        }
    }
}

/// The text of a scalar; null where it stands alone and says so (YAML 1.2.2, section 10.3.2).
fn scalar(text: Cow<'_, str>, style: ScalarStyle, is_tagged: bool) -> Value {
    let is_plain = style == ScalarStyle::Plain && !is_tagged;
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" if is_plain => Value::Null,
        _ => Value::String(text.into_owned()),
    }
}

/// Refuses a tag with which the text is not what is meant, such as `!!binary` or that of a program which encrypts values.
fn check(tag: Option<&Tag>, place: &Marker) -> Result<(), Fault> {
    let is_known = |tag: &Tag| tag.is_yaml_core_schema() && TAGS.contains(&&*tag.suffix);
    match tag.is_none_or(is_known) {
        true => Ok(()),
        false => Err(Fault::at(place, "there is an unknown tag")),
    }
}

/// How many values a value is made of, besides itself.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| 1 + size(item)).sum(),
        Value::Object(members) => members.values().map(|member| 2 + size(member)).sum(),
        _ => 0,
    }
}

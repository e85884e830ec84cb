//! A place of an answer that is not what the document says.

use std::fmt;

use serde::de::IgnoredAny;

use super::json::Note;
use super::json_path;
use super::shown::Shown;

/// A place of an answer that is not what the document says.
///
/// `Display` and `Debug` tell the kind of value that came, and not the value, which may be a secret:
/// [`found`](Self::found) gives it.
#[derive(Clone, PartialEq, Eq)]
pub struct Deviation {
    path: String,
    expected: &'static str,
    found: Option<String>,
}

impl Deviation {
    /// What was noted of a body.
    pub(crate) fn of(body: &[u8], note: Note) -> Self {
        // What lacks something is an object that begins there, within which no key was read.
        let mut path = json_path::at_offset(body, note.start);
        let found = match note.missing {
            Some(property) => {
                json_path::push_member(&mut path, property);
                None
            }
            None => value_at(body, note.start),
        };
        Self { path, expected: note.expected, found }
    }

    /// The JSON path (RFC 9535) of the place, such as `$.items[2].name`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the document says, such as `a string`.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// The JSON that came. `None`: nothing came, though the document requires it.
    pub fn found(&self) -> Option<&str> {
        self.found.as_deref()
    }

    /// The two, without the place.
    pub(crate) fn what(&self) -> String {
        format!("expected {}, found {}", self.expected, self.kind())
    }

    fn kind(&self) -> &'static str {
        match self.found.as_deref().and_then(|json| json.bytes().next()) {
            None => "nothing",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(_) => "a number",
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", Shown(&self.path), self.what())
    }
}

impl fmt::Debug for Deviation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Deviation")
            .field("path", &Shown(&self.path))
            .field("expected", &self.expected)
            .field("found", &self.kind())
            .finish()
    }
}

/// The JSON of the value at an offset.
fn value_at(body: &[u8], start: usize) -> Option<String> {
    let rest = body.get(start..)?;
    let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(String::from_utf8_lossy(rest.get(..values.byte_offset())?).into_owned())
}

//! Which characters of a text are percent-encoded (RFC 3986).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// All but the unreserved characters (RFC 3986, section 2.3).
const ALL_BUT_UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What neither a path nor a query may hold (RFC 3986, sections 3.3 and 3.4). `%` stays, since what is written may be
/// encoded already.
const NOT_ALLOWED_ANYWHERE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a query value with `allowReserved` still has encoded: `&` and `+` would end or change the value.
const NOT_ALLOWED_IN_QUERY: &AsciiSet = &NOT_ALLOWED_ANYWHERE.add(b'&').add(b'+');

/// What no path may hold: `?` would end it.
const NOT_ALLOWED_IN_PATH: &AsciiSet = &NOT_ALLOWED_ANYWHERE.add(b'?');

/// What a segment of a path may not hold (RFC 3986, section 3.3), but for `%`, which may be that of an encoded character.
const NOT_ALLOWED_IN_SEGMENT: &AsciiSet = &NOT_ALLOWED_IN_PATH.add(b'/');

/// What a cookie's value may not hold (RFC 6265, section 4.1.1).
const NOT_ALLOWED_IN_COOKIE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\');

/// Which characters of a value are percent-encoded.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Escape {
    /// All but the unreserved ones.
    Unreserved,
    /// Only what a query cannot hold (`allowReserved: true`).
    Reserved,
    /// Only what a segment of a path cannot hold (`allowReserved: true`).
    Segment,
    /// Only what a cookie cannot hold.
    Cookie,
    /// None: the value goes into a header, or into a part of a body.
    Nothing,
}

impl Escape {
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::Unreserved => encoded(text, ALL_BUT_UNRESERVED).into_owned(),
            Self::Reserved => encoded(text, NOT_ALLOWED_IN_QUERY).into_owned(),
            Self::Segment => segment(text),
            Self::Cookie => encoded(text, NOT_ALLOWED_IN_COOKIE).into_owned(),
            Self::Nothing => text.to_owned(),
        }
    }

    /// A name: never a place where a value could end.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Self::Nothing => name.to_owned(),
            _ => Self::Unreserved.text(name),
        }
    }

    /// What stands between the items of a list. The comma needs no encoding anywhere.
    pub(super) fn delimiter(self, delimiter: &str) -> String {
        if delimiter == "," { delimiter.to_owned() } else { self.name(delimiter) }
    }

    pub(super) fn value(self, value: &Value) -> String {
        match value {
            Value::String(text) => self.text(text),
            other => self.text(&super::plain(other)),
        }
    }
}

/// Percent-encodes some characters of a text, which is copied only where it has one of them.
fn encoded<'t>(text: &'t str, characters: &'static AsciiSet) -> Cow<'t, str> {
    utf8_percent_encode(text, characters).into()
}

/// Percent-encodes what a segment of a path cannot hold. A `%` stays where it is that of an encoded character (RFC 6570,
/// section 3.2.3).
fn segment(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut segment = String::new();
    segment.push_str(&encoded(pieces.next().unwrap_or_default(), NOT_ALLOWED_IN_SEGMENT));
    for piece in pieces {
        let digits = piece.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        segment.push_str(if digits == 2 { "%" } else { "%25" });
        segment.push_str(&encoded(piece, NOT_ALLOWED_IN_SEGMENT));
    }
    segment
}

/// Percent-encodes what no path may hold: the template is the document's, and may hold anything.
pub(crate) fn literal_path(path: &str) -> Cow<'_, str> {
    encoded(path, NOT_ALLOWED_IN_PATH)
}

/// Percent-encodes all but the unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    Escape::Unreserved.text(text)
}

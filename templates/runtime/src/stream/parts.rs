//! The parts of a body of several (RFC 2046, section 5.1), one after the other.

use std::mem;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::framing::{Frame, TooLarge};
use super::search::position_of_line_feed;

/// How many bytes may follow the boundary on its line: two hyphens, white space, and the line's end.
const AFTER_BOUNDARY: usize = 256;

/// Reads parts from pieces of a body. Lines may end in LF alone, as some servers end them.
pub(crate) struct Parts {
    limit: usize,
    /// What a line begins with that ends a part: two hyphens and the boundary.
    delimiter: Vec<u8>,
    place: Place,
    /// What has come of a part; of what is passed over, what has come of a line.
    held: Vec<u8>,
    /// Where the line begins in that which has not ended yet.
    line: usize,
    /// That line, of what is passed over, is too long for a delimiter, and not held.
    is_long: bool,
}

/// Where in a body the next byte stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Before the first part, or in the rest of one that is too large.
    Skipped,
    Part,
    /// After the last part.
    Epilogue,
}

impl Parts {
    /// At the beginning of a body with that boundary.
    pub(crate) fn new(boundary: &str, limit: usize) -> Self {
        Self {
            limit,
            delimiter: format!("--{boundary}").into_bytes(),
            place: Place::Skipped,
            held: Vec::new(),
            line: 0,
            is_long: false,
        }
    }

    pub(crate) fn next(&mut self, piece: &mut Bytes) -> Option<Result<Frame, TooLarge>> {
        while !piece.is_empty() {
            let end = position_of_line_feed(piece);
            let bytes = piece.split_to(end.map_or(piece.len(), |end| end + 1));
            let ended = match self.place {
                Place::Skipped => {
                    self.skip(&bytes, end.is_some());
                    None
                }
                Place::Part => self.take(&bytes, end.is_some()),
                Place::Epilogue => None,
            };
            if ended.is_some() {
                return ended;
            }
        }
        None
    }

    /// The part that ends with the body, or was broken off by that.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let place = mem::replace(&mut self.place, Place::Epilogue);
        let mut held = mem::take(&mut self.held);
        if place != Place::Part {
            return None;
        }
        // The line of the last delimiter need not end.
        let is_cut = self.delimiter_in(held.get(self.line..).unwrap_or_default()).is_none();
        if !is_cut {
            held.truncate(self.line);
        }
        Some(Frame { is_cut, ..part(held.into()) })
    }

    /// Passes over bytes of a line.
    fn skip(&mut self, bytes: &[u8], is_end: bool) {
        self.is_long |= self.held.len() + bytes.len() > self.delimiter.len() + AFTER_BOUNDARY;
        if self.is_long {
            self.held.clear();
        } else {
            self.held.extend_from_slice(bytes);
        }
        if is_end {
            let next = self.delimiter_in(&self.held).filter(|_| !self.is_long);
            self.go_to(next.unwrap_or(Place::Skipped));
        }
    }

    /// Takes bytes of a line in a part.
    fn take(&mut self, bytes: &[u8], is_end: bool) -> Option<Result<Frame, TooLarge>> {
        self.held.extend_from_slice(bytes);
        if is_end {
            let line = self.held.get(self.line..).unwrap_or_default();
            if let Some(next) = self.delimiter_in(line) {
                self.held.truncate(self.line);
                let part = part(mem::take(&mut self.held).into());
                self.go_to(next);
                let is_too_large = part.data.len() > self.limit;
                return Some(if is_too_large { Err(TooLarge) } else { Ok(part) });
            }
            self.line = self.held.len();
        }
        if self.held.len() <= self.limit.saturating_add(self.delimiter.len() + AFTER_BOUNDARY) {
            return None;
        }
        // The line may be a delimiter all the same.
        let line = self.held.split_off(self.line);
        self.go_to(Place::Skipped);
        self.skip(&line, false);
        Some(Err(TooLarge))
    }

    fn go_to(&mut self, place: Place) {
        self.place = place;
        self.held.clear();
        (self.line, self.is_long) = (0, false);
    }

    /// Where the body goes on after a line that is a delimiter.
    fn delimiter_in(&self, line: &[u8]) -> Option<Place> {
        let rest = line.strip_prefix(self.delimiter.as_slice())?;
        let (rest, place) = match rest.strip_prefix(b"--") {
            Some(rest) => (rest, Place::Epilogue),
            None => (rest, Place::Part),
        };
        rest.trim_ascii().is_empty().then_some(place)
    }
}

/// A part, whose end of line before the delimiter belongs to that.
fn part(mut bytes: Bytes) -> Frame {
    let content = bytes.strip_suffix(b"\n").map(|it| it.strip_suffix(b"\r").unwrap_or(it));
    let length = content.map_or(bytes.len(), <[u8]>::len);
    bytes.truncate(length);
    let mut headers = HeaderMap::new();
    let mut field = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
        let line = bytes.split_to(end);
        let line = line.trim_ascii_end();
        // A field may go on in a line that begins with white space (RFC 5322, section 2.2.3).
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            headers.extend(header(&mem::take(&mut field)));
        }
        field.extend_from_slice(line);
        if line.is_empty() {
            break;
        }
    }
    headers.extend(header(&field));
    Frame { data: bytes, headers: Some(Box::new(headers)), ..Frame::default() }
}

/// A header of a part; none where the line is none.
fn header(field: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = field.iter().position(|byte| *byte == b':')?;
    let (name, value) = field.split_at_checked(colon)?;
    let value = value.strip_prefix(b":")?.trim_ascii();
    Some((HeaderName::from_bytes(name.trim_ascii()).ok()?, HeaderValue::from_bytes(value).ok()?))
}

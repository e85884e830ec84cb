//! Where an answer is not what the document says.

use std::fmt;

use bytes::Bytes;

use super::deviation::Deviation;
use super::json::{Document, Note};

/// All deviations of an answer, whose paths are looked for when they are asked for. Of an answer without one, which nearly
/// all are, nothing is kept.
#[derive(Clone, Default)]
pub(crate) struct Deviations(Option<Box<Found>>);

/// What an answer deviates in.
#[derive(Clone)]
struct Found {
    count: usize,
    notes: Vec<Note>,
    /// The decoded type does not write the body as it came.
    is_odd: bool,
    body: Bytes,
}

impl Deviations {
    /// Those that were noted while a text was read.
    pub(crate) fn of(document: &Document) -> Self {
        let (count, is_odd) = (document.deviation_count(), document.odd() > 0);
        if count == 0 && !is_odd {
            return Self(None);
        }
        let mut notes = document.take_deviations();
        // What an object lacks is known only at its end.
        notes.sort_by_key(|note| note.start);
        // A copy, since the body may be a part of the connection's buffer, which would be kept with it.
        let body = Bytes::copy_from_slice(document.bytes());
        Self(Some(Box::new(Found { count, notes, is_odd, body })))
    }

    /// That of an answer without a body.
    pub(crate) fn of_nothing(expected: &'static str) -> Self {
        let note = Note { start: 0, missing: None, expected };
        let found = Found { count: 1, notes: vec![note], is_odd: false, body: Bytes::new() };
        Self(Some(Box::new(found)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The body, where the decoded type does not write it as it came.
    pub(crate) fn odd_body(&self) -> Option<&str> {
        let found = self.0.as_ref().filter(|found| found.is_odd)?;
        std::str::from_utf8(&found.body).ok()
    }

    pub(crate) fn count(&self) -> usize {
        self.0.as_ref().map_or(0, |found| found.count)
    }

    pub(crate) fn list(&self) -> Vec<Deviation> {
        let found = self.0.iter();
        found.flat_map(|it| it.notes.iter().map(|note| Deviation::of(&it.body, *note))).collect()
    }
}

impl fmt::Debug for Deviations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.list()).finish()
    }
}

//! Where an answer is not what the document says.

use std::fmt;

use bytes::Bytes;

use super::deviation::Deviation;
use super::json::{Document, Note};

/// All deviations of an answer, whose paths are looked for when they are asked for.
#[derive(Clone, Default)]
pub(crate) struct Deviations {
    count: usize,
    notes: Vec<Note>,
    /// The decoded type does not write the body as it came.
    is_odd: bool,
    /// Empty where there is nothing to tell.
    body: Bytes,
}

impl Deviations {
    /// Those that were noted while a text was read.
    pub(crate) fn of(document: &Document) -> Self {
        let (count, is_odd) = (document.deviation_count(), document.odd() > 0);
        if count == 0 && !is_odd {
            return Self::default();
        }
        let mut notes = document.take_deviations();
        // What an object lacks is known only at its end.
        notes.sort_by_key(|note| note.start);
        // A copy, since the body may be a part of the connection's buffer, which would be kept with it.
        Self { count, notes, is_odd, body: Bytes::copy_from_slice(document.bytes()) }
    }

    /// The body, where the decoded type does not write it as it came.
    pub(crate) fn odd_body(&self) -> Option<&str> {
        std::str::from_utf8(&self.body).ok().filter(|_| self.is_odd)
    }

    /// That of an answer without a body.
    pub(crate) fn of_nothing(expected: &'static str) -> Self {
        let note = Note { start: 0, missing: None, expected };
        Self { count: 1, notes: vec![note], is_odd: false, body: Bytes::new() }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn list(&self) -> Vec<Deviation> {
        self.notes.iter().map(|note| Deviation::of(&self.body, *note)).collect()
    }
}

impl fmt::Debug for Deviations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.list()).finish()
    }
}

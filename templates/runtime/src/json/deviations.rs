//! Where a text is not what the document says.

use std::cell::{Cell, RefCell};

use super::document::{Document, Failure};
use super::{Refused, Stopped, Tally};

/// So many deviations of a text are told. The others are counted.
const MAX_TOLD: usize = 1000;

/// A place of a text that is not what the document says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note {
    /// Where the value begins, or the object that lacks a property.
    pub(crate) start: usize,
    /// The property that the object lacks.
    pub(crate) missing: Option<&'static str>,
    /// What the document says.
    pub(crate) expected: &'static str,
}

/// What was noted while a text is read.
#[derive(Debug, Default)]
pub(super) struct Notes {
    refused: Refused,
    /// What is read is only tried, and read again where it is taken.
    is_trial: Cell<bool>,
    tally: Cell<Tally>,
    /// How many optional properties are being read, each within the one before.
    optional: Cell<usize>,
    stand_ins: Cell<usize>,
    told: RefCell<Vec<Note>>,
    count: Cell<usize>,
}

impl Notes {
    pub(super) fn new(refused: Refused) -> Self {
        Self { refused, ..Self::default() }
    }
}

impl Document<'_> {
    /// Notes that the value at a place is not what the document says, though a field can keep it.
    ///
    /// # Errors
    ///
    /// Deviations are refused.
    pub fn deviates(&self, start: usize, expected: &'static str) -> Result<(), Stopped> {
        self.add_tally(Tally { broken: 0, misfits: 1 });
        self.note(Note { start, missing: None, expected }, Refused::All)
    }

    /// Notes that a value stands in for the one at a place, which is of another type and of so many
    /// bytes.
    ///
    /// # Errors
    ///
    /// Deviations are refused.
    pub fn breaks(
        &self,
        start: usize,
        length: usize,
        expected: &'static str,
    ) -> Result<(), Stopped> {
        self.add_tally(Tally { broken: length, misfits: 1 });
        self.note(Note { start, missing: None, expected }, Refused::Broken)
    }

    /// Notes that an object lacks a property that it must have.
    ///
    /// # Errors
    ///
    /// Deviations are refused.
    pub fn lacks(
        &self,
        start: usize,
        property: &'static str,
        expected: &'static str,
    ) -> Result<(), Stopped> {
        self.add_tally(Tally { broken: 1, misfits: 1 });
        self.note(Note { start, missing: Some(property), expected }, Refused::Broken)
    }

    /// Notes that an object lacks a property that a field can do without.
    ///
    /// # Errors
    ///
    /// Deviations are refused.
    pub fn misses(
        &self,
        start: usize,
        property: &'static str,
        expected: &'static str,
    ) -> Result<(), Stopped> {
        self.add_tally(Tally { broken: 0, misfits: 1 });
        self.note(Note { start, missing: Some(property), expected }, Refused::All)
    }

    /// The error for a value for which none can stand in.
    pub fn has_no_stand_in(&self) -> Stopped {
        self.fail(Failure::Deviation)
    }

    /// Notes that an object has no tag, or at a place one that tells no variant.
    ///
    /// # Errors
    ///
    /// Deviations are refused.
    pub fn has_unknown_tag(
        &self,
        start: usize,
        property: &'static str,
        tag: Option<usize>,
    ) -> Result<(), Stopped> {
        let expected = "a value that tells one of the types of the union";
        match tag {
            Some(tag) => self.deviates(tag, expected),
            None => self.misses(start, property, expected),
        }
    }

    /// Goes on after a candidate for whose value none could stand in.
    ///
    /// # Errors
    ///
    /// Reading stopped for another reason.
    pub fn go_on_without_stand_in(&self) -> Result<(), Stopped> {
        match self.failure() {
            Some(Failure::Deviation) | None => {
                self.forget_failure();
                Ok(())
            }
            Some(_) => Err(Stopped),
        }
    }

    /// Tells a deviation, which is an error where so much is refused.
    fn note(&self, note: Note, least: Refused) -> Result<(), Stopped> {
        if self.notes.is_trial.get() {
            return Ok(());
        }
        self.notes.count.set(self.notes.count.get() + 1);
        let mut told = self.notes.told.borrow_mut();
        if told.len() < MAX_TOLD {
            self.charge(2 * size_of::<Note>())?;
            told.push(note);
        }
        let is_refused = match least {
            Refused::All => self.notes.refused == Refused::All,
            _ => self.notes.refused == Refused::All || self.refuses_broken(),
        };
        if is_refused { Err(self.fail(Failure::Deviation)) } else { Ok(()) }
    }

    /// Whether nothing may stand in for what has to be there. Within an optional property it may.
    pub fn refuses_broken(&self) -> bool {
        self.notes.refused == Refused::Broken && self.notes.optional.get() == 0
    }

    /// Reads what is within an optional property.
    #[inline]
    pub fn optional<T>(&self, read: impl FnOnce() -> T) -> T {
        self.notes.optional.set(self.notes.optional.get() + 1);
        let value = read();
        self.notes.optional.set(self.notes.optional.get() - 1);
        value
    }

    pub(super) fn refused(&self) -> Refused {
        self.notes.refused
    }

    /// How many deviations were noted, be they told or not.
    pub(crate) fn deviation_count(&self) -> usize {
        self.notes.count.get()
    }

    /// Those that are told.
    pub(crate) fn take_deviations(&self) -> Vec<Note> {
        self.notes.told.take()
    }

    /// Counts what a value deviates in.
    pub fn add_tally(&self, tally: Tally) {
        let sum = self.notes.tally.get();
        let (broken, misfits) = (sum.broken + tally.broken, sum.misfits + tally.misfits);
        self.notes.tally.set(Tally { broken, misfits });
    }

    /// Whether what is read is only tried, and read again where it is taken.
    pub fn is_trial(&self) -> bool {
        self.notes.is_trial.get()
    }

    /// Reads something that is only tried: its deviations are not told.
    pub fn trial<T>(&self, read: impl FnOnce() -> T) -> T {
        let before = self.notes.is_trial.replace(true);
        let value = read();
        self.notes.is_trial.set(before);
        value
    }

    /// Reads something, with what it deviates in. That is not counted any further.
    pub fn tallied<T>(&self, read: impl FnOnce() -> T) -> (Tally, T) {
        let before = self.notes.tally.replace(Tally::default());
        let value = read();
        (self.notes.tally.replace(before), value)
    }

    /// How many values were not read, as they had been tried before.
    pub fn stand_ins(&self) -> usize {
        self.notes.stand_ins.get()
    }

    /// Counts a value that was not read, as it had been tried before.
    pub fn add_stand_in(&self) {
        self.notes.stand_ins.set(self.notes.stand_ins.get() + 1);
    }
}

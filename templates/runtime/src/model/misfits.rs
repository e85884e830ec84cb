//! How well a value fits a model: the number of values in it that no field could hold.
//!
//! Such a value is kept beside its field wherever that stands, however deep. The variants of an
//! undiscriminated union are compared by their number, which is counted for each text by itself.

use std::cell::Cell;

/// The misfits of the text that is read.
#[derive(Debug, Default)]
pub struct Misfits {
    are_refused: bool,
    count: Cell<usize>,
    is_trial: Cell<bool>,
    stand_ins: Cell<usize>,
}

impl Misfits {
    /// None so far; `are_refused` says whether one is an error.
    pub fn new(are_refused: bool) -> Self {
        Self { are_refused, ..Self::default() }
    }

    /// Counts further misfits.
    pub fn add(&self, misfits: usize) {
        self.count.set(self.count.get() + misfits);
    }

    /// Whether a value of the wrong type is an error even where a model could keep it.
    pub fn are_refused(&self) -> bool {
        self.are_refused
    }

    /// Whether what is read is only tried, and read again where it is taken.
    pub fn is_trial(&self) -> bool {
        self.is_trial.get()
    }

    /// How many values were not read, as they had been tried before.
    pub fn stand_ins(&self) -> usize {
        self.stand_ins.get()
    }

    /// Counts a value that was not read, as it had been tried before.
    pub fn add_stand_in(&self) {
        self.stand_ins.set(self.stand_ins.get() + 1);
    }

    /// Reads something that is only tried.
    pub fn trial<T>(&self, read: impl FnOnce() -> T) -> T {
        let before = self.is_trial.replace(true);
        let value = read();
        self.is_trial.set(before);
        value
    }

    /// Reads something, with the number of misfits in it. They are not counted any further.
    pub fn count<T>(&self, read: impl FnOnce() -> T) -> (usize, T) {
        let before = self.count.replace(0);
        let value = read();
        (self.count.replace(before), value)
    }
}

//! How well a value fits a model: the number of values in it that no field could hold.
//!
//! Such a value is kept beside its field wherever that stands, however deep. The variants of an
//! undiscriminated union are compared by their number, which therefore is counted on the side: for
//! the thread that reads, since reading never waits.

use std::cell::Cell;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static ARE_REFUSED: Cell<bool> = const { Cell::new(false) };
    static IS_TRIAL: Cell<bool> = const { Cell::new(false) };
    static STAND_INS: Cell<usize> = const { Cell::new(0) };
}

/// Counts further misfits.
pub fn add(misfits: usize) {
    COUNT.set(COUNT.get() + misfits);
}

/// Whether a value of the wrong type is an error even where a model could keep it.
pub fn are_refused() -> bool {
    ARE_REFUSED.get()
}

/// Whether what is read is only tried, and read again where it is taken.
pub fn is_trial() -> bool {
    IS_TRIAL.get()
}

/// How many values were not read, as they had been tried before.
pub fn stand_ins() -> usize {
    STAND_INS.get()
}

/// Counts a value that was not read, as it had been tried before.
pub fn add_stand_in() {
    STAND_INS.set(STAND_INS.get() + 1);
}

/// Puts back what was, even where reading panics.
struct Restore(&'static std::thread::LocalKey<Cell<bool>>, bool);

impl Drop for Restore {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}

/// Reads something, in which each value has to be of its type.
pub fn refuse<T>(read: impl FnOnce() -> T) -> T {
    let _restore = Restore(&ARE_REFUSED, ARE_REFUSED.replace(true));
    read()
}

/// Reads something that is only tried.
pub fn trial<T>(read: impl FnOnce() -> T) -> T {
    let _restore = Restore(&IS_TRIAL, IS_TRIAL.replace(true));
    read()
}

/// Reads something, with the number of misfits in it. They are not counted any further.
pub fn count<T>(read: impl FnOnce() -> T) -> (usize, T) {
    let before = COUNT.replace(0);
    let value = read();
    (COUNT.replace(before), value)
}

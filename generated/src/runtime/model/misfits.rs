//! How well a value fits a model: the number of values in it that no field could hold.
//!
//! Such a value is kept beside its field wherever that stands, however deep. The variants of an
//! undiscriminated union are compared by their number, which therefore is counted on the side: for
//! the thread that reads, since reading never waits.

use std::cell::Cell;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static ARE_REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// Counts further misfits.
pub fn add(misfits: usize) {
    COUNT.set(COUNT.get() + misfits);
}

/// Whether a value of the wrong type is an error even where a model could keep it.
pub fn are_refused() -> bool {
    ARE_REFUSED.get()
}

/// Reads something, in which each value has to be of its type.
pub fn refuse<T>(read: impl FnOnce() -> T) -> T {
    /// Puts back what was, even where reading panics.
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            ARE_REFUSED.set(self.0);
        }
    }
    let _restore = Restore(ARE_REFUSED.replace(true));
    read()
}

/// Reads something, with the number of misfits in it. They are not counted any further.
pub fn count<T>(read: impl FnOnce() -> T) -> (usize, T) {
    let before = COUNT.replace(0);
    let value = read();
    (COUNT.replace(before), value)
}

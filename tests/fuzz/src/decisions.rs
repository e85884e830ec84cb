//! The fuzzer's bytes as decisions.

use arbitrary::Unstructured;
use mutate::Choices;

/// Decides by the bytes of an input, and for 0 where they have ended.
pub(crate) struct Decisions<'a>(pub(crate) Unstructured<'a>);

impl<'a> Decisions<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(Unstructured::new(bytes))
    }
}

impl Choices for Decisions<'_> {
    fn below(&mut self, bound: usize) -> usize {
        let last = bound.saturating_sub(1);
        self.0.int_in_range(0..=last).unwrap_or_default()
    }
}

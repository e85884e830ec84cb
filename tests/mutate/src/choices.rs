//! Where decisions come from.

/// Decides. What nothing is left to decide about, as at the end of a fuzzer's input, is 0, so that 0 has to stand for
/// what is small and ends.
pub trait Choices {
    /// A number from 0 to `bound - 1`; 0 where `bound` is 0.
    fn below(&mut self, bound: usize) -> usize;

    /// One of these; none where there are none.
    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of these texts; an empty one where there are none.
    fn text<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.pick(from).copied().unwrap_or_default()
    }

    /// Yes in one case of `cases`, and not where nothing is left.
    fn one_in(&mut self, cases: usize) -> bool {
        cases > 0 && self.below(cases) == cases - 1
    }
}

impl Choices for fastrand::Rng {
    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { self.usize(0..bound) }
    }
}

/// Choices for tests: always the first of all.
#[cfg(test)]
pub(crate) struct Nothing;

#[cfg(test)]
impl Choices for Nothing {
    fn below(&mut self, _: usize) -> usize {
        0
    }
}

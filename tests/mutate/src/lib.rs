//! Documents that nobody would write, and the judgement on what the generator makes of them.
//!
//! [`edit`] changes a document by its structure, [`document`] builds one from nothing, [`trial`] generates a crate from
//! it and judges the outcome. All that is decided is asked of [`Choices`], which is a random number generator here and
//! the fuzzer's input in `tests/fuzz`.

pub mod choices;
pub mod document;
pub mod edit;
pub mod trial;
pub mod verdict;

pub use choices::Choices;

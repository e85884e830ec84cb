//! Trying the generator on many documents.

pub mod crates;
pub(crate) mod documents;
pub(crate) mod table;

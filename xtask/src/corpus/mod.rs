//! Trying the generator on many documents.

pub(crate) mod crates;
pub(crate) mod documents;
pub(crate) mod table;

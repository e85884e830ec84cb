//! Reads JSON and YAML: what a text says ([`value`]), where in it ([`positions`]), and how a place is named
//! ([`mod@pointer`]).
//!
//! This knows nothing of OpenAPI. It is a crate of its own since it is optimized for `cargo xtask`, where the rest of the
//! generator is not: every run goes through each byte of a document.

pub mod nesting;
pub mod pointer;
pub mod positions;
pub mod value;

//! What of a configuration is no Rust, or does nothing for the document that it is for.

mod rust_types;
mod unused;

pub(crate) use unused::check;

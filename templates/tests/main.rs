//! The SDK held against the document that it is made from.
//!
//! Each operation is called against a server on this machine: what it sends, what it makes of the
//! documented answers, and which errors it gives. Each model knows the names of its schema.

mod api;
mod models;
mod support;

//! Answers that flow: their items are given as they arrive.
//!
//! [`framing`] cuts the bytes into items, [`reader`] has the connection and its end, and the two streams
//! are what a caller reads.

mod call;
mod event;
mod event_stream;
pub(crate) mod events;
pub(crate) mod framing;
mod idle;
mod json_items;
pub(crate) mod json_lines;
pub(crate) mod json_sequence;
mod json_stream;
mod reader;
mod reconnection;

pub use event::Event;
pub use event_stream::EventStream;
pub use json_items::JsonItems;
pub use json_stream::JsonStream;
pub(crate) use reader::StreamSettings;

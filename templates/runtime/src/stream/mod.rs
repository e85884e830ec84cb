//! Answers that flow: their items are given as they arrive.
//!
//! [`framing`] cuts the bytes into items, [`reader`] has the connection and its end, and the three streams
//! are what a caller reads. Bodies of requests that flow are made of items by [`flow`].

mod call;
mod event;
mod event_stream;
pub(crate) mod events;
mod flow;
pub(crate) mod framing;
mod idle;
mod json_items;
pub(crate) mod json_lines;
pub(crate) mod json_sequence;
mod json_stream;
mod part_items;
mod part_stream;
pub(crate) mod parts;
mod reader;
mod reconnection;
pub(crate) mod search;

pub use event::Event;
pub use event_stream::EventStream;
pub use json_items::JsonItems;
pub use json_stream::JsonStream;
pub use part_items::{PartEncoding, PartEncodings, PartItems};
pub use part_stream::{PartStream, StreamedPart};
pub(crate) use reader::StreamSettings;

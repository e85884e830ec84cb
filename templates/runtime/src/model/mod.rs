//! What every model shares: how it is read, written and built.
//!
//! A model is declared by one of the macros here, which write its `Serialize` and
//! `Deserialize` by hand instead of deriving them: the same speed at run time, a
//! fraction of the compile time, and nothing that the server sends is lost.

mod additional_properties;
mod containers;
mod file_part;
pub(crate) mod integer;
mod key;
mod misfits;
mod property;
pub mod read;
#[macro_use]
pub(crate) mod scalar;
pub mod set;
#[macro_use]
mod object;
#[macro_use]
mod open_enum;
#[macro_use]
mod union;
pub mod write;

pub use additional_properties::AdditionalProperties;
pub use file_part::FilePart;
pub use key::Key;
pub use misfits::Misfits;
pub use object::{Object, Properties, debug_object, deserialize_object};
pub use property::{AttemptOrNull, Attempted, Property, Whole};
pub use scalar::{attempt_opaque, strict_opaque};
pub use union::{Candidate, or_value, read_best, read_tagged, unknown_properties};

pub use crate::runtime::json::{Reading, Spot, spot};

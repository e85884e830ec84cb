//! What every model shares: how it is read, written and built.
//!
//! A model is declared by one of the macros here, which write how it is read and written by hand
//! instead of deriving it: faster at run time, a fraction of the compile time, and nothing that the
//! server sends is lost or refused.

mod additional_properties;
mod containers;
pub mod fields;
mod file_part;
pub(crate) mod number;
mod properties;
#[macro_use]
mod property;
pub mod read;
pub mod scalar;
pub mod set;
pub mod show;
#[macro_use]
mod object;
#[macro_use]
pub mod open_enum;
#[macro_use]
mod union;
pub mod write;

pub use additional_properties::AdditionalProperties;
pub use file_part::FilePart;
pub use object::Object;
pub use properties::Properties;
pub use property::{NoDefault, OwnDefault, Property, Written};
pub use union::{Candidate, Reader, read_best, read_tagged, unknown_properties};

//! A stub of the crate that is generated around the runtime, so that the runtime compiles, and is
//! tested, by itself.
//!
//! Only [`runtime`] is real, and copied as it is: the files of `../src`. Each module beside it stands
//! for one that the generator renders from a document, with as little in it as the runtime needs.

#[macro_use]
#[path = "../src/mod.rs"]
pub mod runtime;

#[cfg(feature = "client")]
pub mod api;
pub mod models;
#[cfg(feature = "client")]
mod security;
#[cfg(feature = "client")]
mod settings;

#[cfg(all(test, feature = "client"))]
mod tests;

pub use runtime::*;
#[cfg(feature = "client")]
pub use settings::ErrorModel;

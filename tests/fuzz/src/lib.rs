//! What the fuzz targets share: what they make of the fuzzer's bytes, and where they put it.
//!
//! An input is one of three things, told apart by its first byte: [`SEED`] and [`BUILD`] are followed by decisions, and
//! everything else is a text as it is. So the files of `corpus/` are what they look like, and each target gets bytes,
//! changed documents and built ones alike.

mod decisions;
mod input;
mod markdown;
mod mutator;
mod place;

pub use input::{BUILD, Kind, SEED, both, text};
pub use markdown::{is_tested, tested_block};
pub use mutator::mutate;
pub use place::Place;

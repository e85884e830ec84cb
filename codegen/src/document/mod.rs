//! What an OpenAPI document is made of, for every stage: which object stands where ([`structure`]), how a place is
//! named ([`mod@pointer`]), where references lead ([`references`]), and one way through all of it ([`mod@walk`]).
//!
//! This is the ground floor: it knows values and none of the stages.

pub mod media_type;
pub mod references;
pub mod structure;
pub mod walk;

pub use texts::pointer;

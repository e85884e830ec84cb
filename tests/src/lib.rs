//! What the tests of the workspace share.

pub mod command;
pub mod documents;
pub mod folder;
pub mod markdown;
pub mod practice_model;
pub mod practice_org;
pub mod wire;

/// The examples of the project's README, compiled by `cargo test --doc`.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Readme;
}

//! What the tests of the workspace share.

pub mod command;
pub mod documents;
pub mod folder;
pub mod markdown;
pub mod practice_model;
pub mod practice_org;
pub mod program;
pub mod wire;

/// The examples of the project's README and of the pages in `docs/`, compiled by `cargo test --doc`.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Readme;
    #[doc = include_str!("../../docs/authorization.md")]
    struct Authorization;
    #[doc = include_str!("../../docs/client.md")]
    struct ClientSettings;
    #[doc = include_str!("../../docs/errors.md")]
    struct Errors;
    #[doc = include_str!("../../docs/getting-started.md")]
    struct GettingStarted;
    #[doc = include_str!("../../docs/paging.md")]
    struct Paging;
    #[doc = include_str!("../../docs/retries.md")]
    struct Retries;
    #[doc = include_str!("../../docs/testing.md")]
    struct Testing;
}

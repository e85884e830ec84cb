//! Credentials, and which of them a call gets.

mod authorization;
mod credential;
mod provider;
mod selection;

pub(crate) use authorization::Authorization;
pub use credential::Credential;
pub use provider::TokenProvider;
pub(crate) use selection::Credentials;

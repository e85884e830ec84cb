//! The SDK on the wire: what it sends, and what it makes of whatever a server answers.
//!
//! Bodies come from the examples of `spec/okta.yaml`, so that the document judges the code that was
//! made from it. Three kinds of servers stand on the other side: `support::server` notes requests
//! and answers well-formed HTTP, `support::raw_server` answers any bytes, and
//! `support::network` takes the place of the network where time has to be paused.

mod support;

mod access_tokens;
mod authorization;
mod blocking;
mod body_limit;
mod broken_answers;
mod client_settings;
mod compression;
mod configuration;
mod configuration_mistakes;
mod configuration_of_a_process;
mod connection_failures;
mod documented_errors;
mod dpop;
mod hostile_ids;
mod layers;
mod operations;
mod paging;
mod paging_styles;
mod practice_org;
mod private_keys;
mod proxy;
mod rate_limits;
mod redirects;
mod retries;
mod secrets;
mod session_model;
mod tls;
mod token_provider;

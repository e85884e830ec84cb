//! The SDK on the wire: what it sends, and what it makes of whatever a server answers.
//!
//! Bodies come from the examples of `spec/okta.yaml`, so that the document judges the code that was
//! made from it. On the other side stand `support::server`, which notes requests and answers
//! well-formed HTTP, `support::raw_server`, which answers any bytes, `support::tls_server` and
//! `support::token_server`. Where time has to be paused, `support::network` takes the place of the
//! network.

mod support;

mod access_tokens;
mod authorization;
mod blocking;
mod bodies;
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
mod large_answers;
mod layers;
mod log_lines;
mod mock;
#[cfg(target_os = "linux")]
mod native_tls;
mod odd_values;
mod operations;
mod own_types;
mod paging;
mod paging_positions;
mod paging_styles;
mod paging_without_end;
mod practice_org;
mod prism;
mod private_keys;
mod proxy;
mod rate_budget;
mod rate_limits;
mod redirects;
mod retries;
mod secrets;
mod session_model;
mod tls;
mod token_provider;
mod undocumented_answers;

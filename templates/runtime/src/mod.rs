//! What every operation of this SDK shares: the client, authentication, errors and the
//! encoding of requests.
//!
//! The types that a caller needs every day are at the root of the crate. The rest is
//! here for those who want to reach an operation that the SDK does not have: see
//! [`Call`].

// Public, though hidden, since a document need not use all of it.
#[macro_use]
mod docs_macro;
#[macro_use]
mod api_macro;
#[doc(hidden)]
#[macro_use]
pub mod model;
#[cfg(feature = "mock")]
#[macro_use]
mod mock_macro;
#[macro_use]
mod operation_macro;
#[macro_use]
mod request_macro;

// What the unit tests reach is `pub(crate)`. They stay where the runtime is copied from.
mod api_error;
mod authentication;
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod builder;
mod call;
mod charset;
mod client;
#[cfg(feature = "config")]
mod configuration;
pub mod decode;
pub(crate) mod deviation;
mod download;
pub(crate) mod encoding;
mod error;
// Public for what the models' macros expand to.
#[doc(hidden)]
pub mod json;
pub(crate) mod json_path;
mod layer;
pub(crate) mod link;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
#[cfg(feature = "oauth")]
pub(crate) mod oauth;
mod operation;
mod pages;
pub(crate) mod paging;
mod rate_budget;
mod rate_limit;
pub(crate) mod redirects;
pub(crate) mod response;
pub(crate) mod retry;
pub(crate) mod retry_tokens;
mod settings;
pub(crate) mod shown;
pub(crate) mod stream;
mod trace;
mod transport;

pub use api_error::ApiError;
pub use authentication::{Credential, TokenProvider};
#[cfg(feature = "blocking")]
pub use blocking::Blocking;
pub use builder::ClientBuilder;
pub use call::Call;
pub use client::Client;
#[cfg(feature = "config")]
pub use configuration::Configuration;
pub use deviation::Deviation;
pub use download::Download;
pub use encoding::{FieldEncoding, Nesting, QueryStyle};
pub use error::{
    AuthenticationError, BoxError, ConfigurationError, DecodeError, Error, PagingError,
    RequestError, Result, TimeoutError, TransportError,
};
pub use futures_core::Stream;
#[cfg(feature = "mock")]
pub use mock::{Mock, MockAnswer, MockStream, ReceivedRequest, Stub, encode};
pub use model::{AdditionalProperties, FilePart};
pub use multipart::Multipart;
#[cfg(feature = "oauth")]
pub use oauth::PrivateKeyJwt;
pub use operation::{Method, Operation, Requirement, Style};
pub use pages::{Items, Pages};
pub use paging::Paging;
pub use rate_limit::RateLimit;
pub use response::{Answer, Response};
pub use secrecy::SecretString;
pub use settings::{
    ApiKeyLocation, AuthorizationMode, BaseUrlCheck, ConfigurationKey, ConfigurationSources,
    ConfigurationValue, ErrorFields, RateLimitHeaders, ResetFormat, RetrySettings, SecurityScheme,
    SecuritySchemeKind, Settings,
};
pub use stream::{Event, EventStream, JsonItems, JsonStream};
pub use transport::{BoxFuture, HttpService};

//! What every operation of this SDK shares: the client, authentication, errors and the
//! encoding of requests.
//!
//! The types that a caller needs every day are at the root of the crate. The rest is
//! here for those who want to reach an operation that the SDK does not have: see
//! [`Call`].

// What models need, also without a client. What is hidden is public for what the macros expand to, of
// which a document need not use all.
#[macro_use]
mod docs_macro;
#[doc(hidden)]
#[macro_use]
pub mod model;
pub(crate) mod byte_search;
pub(crate) mod deviation;
#[doc(hidden)]
pub mod json;
pub(crate) mod json_path;
pub(crate) mod shown;

pub use deviation::Deviation;
pub use model::{AdditionalProperties, FilePart};

// The client. What the unit tests reach is `pub(crate)`. They stay where the runtime is copied from.
#[cfg(feature = "client")]
#[macro_use]
mod api_macro;
#[cfg(feature = "mock")]
#[macro_use]
mod mock_macro;
#[cfg(feature = "client")]
#[macro_use]
mod operation_macro;
#[cfg(feature = "client")]
#[macro_use]
mod request_macro;
#[cfg(feature = "client")]
#[cfg(feature = "streams")]
#[macro_use]
mod stream_macro;
#[cfg(feature = "client")]
mod api_error;
#[cfg(feature = "client")]
mod authentication;
#[cfg(feature = "client")]
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
pub(crate) mod charset;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "config")]
pub(crate) mod configuration;
#[cfg(feature = "client")]
pub mod decode;
#[cfg(feature = "client")]
pub(crate) mod deviations;
#[cfg(feature = "client")]
mod download;
#[cfg(feature = "client")]
pub(crate) mod encoding;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod layer;
#[cfg(feature = "client")]
pub(crate) mod link;
#[cfg(feature = "client")]
pub(crate) mod media_type;
#[cfg(feature = "mock")]
mod mock;
#[cfg(feature = "client")]
mod multipart;
#[cfg(feature = "client")]
mod network;
#[cfg(feature = "oauth")]
pub(crate) mod oauth;
#[cfg(feature = "client")]
mod operation;
#[cfg(feature = "client")]
pub(crate) mod origin;
#[cfg(feature = "client")]
mod pages;
#[cfg(feature = "client")]
pub(crate) mod paging;
#[cfg(feature = "client")]
mod rate_budget;
#[cfg(feature = "client")]
mod rate_limit;
#[cfg(feature = "client")]
pub(crate) mod redirects;
#[cfg(feature = "client")]
pub(crate) mod response;
#[cfg(feature = "client")]
pub(crate) mod retry;
#[cfg(feature = "client")]
pub(crate) mod retry_tokens;
#[cfg(feature = "client")]
mod settings;
#[cfg(feature = "client")]
#[cfg(feature = "streams")]
pub(crate) mod stream;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod transport;

#[cfg(feature = "blocking")]
pub use blocking::Blocking;
#[cfg(feature = "config")]
pub use configuration::Configuration;
#[cfg(feature = "mock")]
#[cfg(feature = "streams")]
pub use mock::MockStream;
#[cfg(feature = "mock")]
pub use mock::{Mock, MockAnswer, ReceivedRequest, Stub, encode};
#[cfg(feature = "oauth")]
pub use oauth::PrivateKeyJwt;
#[cfg(feature = "client")]
#[cfg(feature = "streams")]
pub use stream::{
    Event, EventStream, JsonItems, JsonStream, PartEncoding, PartEncodings, PartItems, PartStream,
    StreamedPart,
};
#[cfg(feature = "client")]
pub use {
    api_error::ApiError,
    authentication::{Credential, TokenProvider},
    builder::ClientBuilder,
    call::Call,
    client::Client,
    download::Download,
    encoding::{FieldEncoding, Nesting, QueryStyle},
    error::{
        AuthenticationError, BoxError, ConfigurationError, DecodeError, Error, PagingError,
        RequestError, Result, TimeoutError, TransportError,
    },
    futures_core::Stream,
    multipart::Multipart,
    operation::{Method, Operation, Requirement, Style},
    pages::{Items, Pages},
    paging::Paging,
    rate_limit::RateLimit,
    response::{Answer, Response},
    secrecy::SecretString,
    settings::{
        ApiKeyLocation, AuthorizationMode, BaseUrlCheck, ConfigurationKey, ConfigurationSources,
        ConfigurationValue, ErrorFields, RateLimitHeaders, ResetFormat, RetrySettings,
        SecurityScheme, SecuritySchemeKind, Settings,
    },
    transport::{BoxFuture, HttpService},
};

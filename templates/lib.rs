{{ docs }}

#[macro_use]
pub mod runtime;

pub mod api;
pub mod models;
mod security;
mod settings;

#[cfg(feature = "config")]
pub use runtime::Configuration;
#[cfg(feature = "oauth")]
pub use runtime::PrivateKeyJwt;
pub use runtime::{
    ApiError, AuthenticationError, Client, ClientBuilder, ConfigurationError, Credential,
    DecodeError, Download, Error, Multipart, PagingError, RateLimit, RequestError, Response,
    Result, SecretString, TimeoutError, TokenProvider, TransportError,
};
#[cfg(feature = "mock")]
pub use runtime::{Mock, MockAnswer, ReceivedRequest, Stub};
pub use settings::ErrorModel;

/// The examples of the README and of the reference, compiled by `cargo test --doc`.
#[cfg(doctest)]
mod documentation {
    #[doc = include_str!("../README.md")]
    struct Readme;
{% if !pages.is_empty() %}
    macro_rules! pages {
        ($($feature:literal: $api:ident in $path:literal,)*) => {$(
            #[cfg(feature = $feature)]
            #[doc = include_str!($path)]
            struct $api;
        )*};
    }

    pages! {
        {%- for page in pages %}
        {{ page.feature }}: {{ page.name }} in {{ page.path }},
        {%- endfor %}
    }
{% endif %}
}

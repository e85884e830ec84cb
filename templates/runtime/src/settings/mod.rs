//! What differs from one vendor to the next, as data.

mod configuration;

pub use configuration::{
    AuthorizationMode, ConfigurationKey, ConfigurationSources, ConfigurationValue,
};

/// Everything about one API that the runtime has to know, as plain data.
///
/// The generated crate holds one such value. Its text comes from the OpenAPI document
/// and the generator's configuration; the runtime itself knows no vendor.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The `User-Agent` of every request (RFC 9110, section 10.1.5), such as
    /// `acme-sdk/1.0.0`.
    pub user_agent: &'static str,
    /// The base URL of a client that is given none. `None`: the caller has to give one.
    pub base_url: Option<&'static str>,
    /// What this vendor's base URLs must not look like.
    pub base_url_checks: &'static [BaseUrlCheck],
    /// The security schemes of the document, in its order.
    pub security_schemes: &'static [SecurityScheme],
    /// The OAuth 2.0 token endpoint: a URL, or a path under the base URL. Empty: there
    /// is none.
    pub token_url: &'static str,
    /// The response headers that may carry the id of a request. The first that is there
    /// counts.
    pub request_id_headers: &'static [&'static str],
    /// The response headers that carry the rate limit.
    pub rate_limit: RateLimitHeaders,
    /// How requests are made again.
    pub retry: RetrySettings,
    /// Where an error body says what went wrong.
    pub error_fields: ErrorFields,
    /// Where a client's configuration may stand outside the program.
    pub configuration: ConfigurationSources,
}

impl Settings {
    /// What holds where the document and the configuration say nothing.
    pub const DEFAULT: Self = Self {
        user_agent: "",
        base_url: None,
        base_url_checks: &[],
        security_schemes: &[],
        token_url: "",
        request_id_headers: &["x-request-id"],
        rate_limit: RateLimitHeaders::DEFAULT,
        retry: RetrySettings::DEFAULT,
        error_fields: ErrorFields::DEFAULT,
        configuration: ConfigurationSources::DEFAULT,
    };

    /// The security scheme of that name.
    pub(crate) fn security_scheme(&self, name: &str) -> Option<&'static SecurityScheme> {
        self.security_schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// A mistake that callers of this vendor are known to make in the base URL.
#[derive(Clone, Copy, Debug)]
pub struct BaseUrlCheck {
    /// A host with this text in it (in lower case) is refused.
    pub host_contains: &'static str,
    /// Why, and what to do: the text of the error.
    pub message: &'static str,
}

/// A security scheme of the document (OpenAPI 3, "Security Scheme Object").
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    /// Its name in `components.securitySchemes`.
    pub name: &'static str,
    /// Where and how its credential is sent.
    pub kind: SecuritySchemeKind,
    /// The method of [`ClientBuilder`](crate::runtime::ClientBuilder) that takes its
    /// credential; errors tell it to the reader.
    pub builder_method: &'static str,
    /// Texts that show that a credential was never filled in, such as `{apiToken}`. A
    /// credential that contains one is refused.
    pub placeholders: &'static [&'static str],
}

/// Where and how the credential of a security scheme is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecuritySchemeKind {
    /// `type: apiKey`.
    ApiKey {
        /// The part of the request that carries the key.
        location: ApiKeyLocation,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
        /// A word that stands before the key, separated by a space. Empty: none.
        prefix: &'static str,
    },
    /// `type: http` with `scheme: basic` (RFC 7617).
    Basic,
    /// A bearer token in `Authorization` (RFC 6750): `type: http` with `scheme: bearer`,
    /// `type: oauth2` and `type: openIdConnect`.
    Bearer,
    /// `type: http` with a scheme whose credential is computed for each request or
    /// challenge, such as `digest` (RFC 7616): the client leaves that to a layer.
    Computed {
        /// The word of the scheme, as the document writes it.
        scheme: &'static str,
    },
    /// `type: mutualTLS`: the connection itself authenticates the client, no credential
    /// is sent.
    MutualTls,
}

/// The part of a request that carries an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// A request header.
    Header,
    /// A parameter of the query.
    Query,
    /// A cookie.
    Cookie,
}

/// The response headers that carry the rate limit. An empty name: the vendor has no such
/// header.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitHeaders {
    /// How many requests the current window allows.
    pub limit: &'static str,
    /// How many of them are left.
    pub remaining: &'static str,
    /// When the next window begins.
    pub reset: &'static str,
    /// How `reset` is written.
    pub reset_format: ResetFormat,
}

impl RateLimitHeaders {
    /// The names that most vendors use.
    pub const DEFAULT: Self = Self {
        limit: "x-ratelimit-limit",
        remaining: "x-ratelimit-remaining",
        reset: "x-ratelimit-reset",
        reset_format: ResetFormat::EpochSeconds,
    };
}

/// How the header that tells the end of a rate limit's window is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetFormat {
    /// Seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// Seconds from now.
    DeltaSeconds,
}

/// How requests are made again. An empty name: the vendor has no such header.
#[derive(Clone, Copy, Debug)]
pub struct RetrySettings {
    /// How often, unless the caller says otherwise.
    pub max_retries: u32,
    /// The longest wait before a retry, in seconds, unless the caller says otherwise.
    pub max_wait_seconds: u64,
    /// The request header for the id that the server gave to the first request.
    pub request_id_header: &'static str,
    /// The request header for the number of the retry, counted from one.
    pub count_header: &'static str,
    /// The request header for a key by which the server tells a request that comes again from another
    /// one. With it, operations are repeated that are not idempotent by their method.
    pub idempotency_key_header: &'static str,
}

impl RetrySettings {
    /// Two retries, each after at most 30 seconds, which no header tells.
    pub const DEFAULT: Self = Self {
        max_retries: 2,
        max_wait_seconds: 30,
        request_id_header: "",
        count_header: "",
        idempotency_key_header: "",
    };
}

/// Where an error body says what went wrong: JSON Pointers (RFC 6901), tried in order.
#[derive(Clone, Copy, Debug)]
pub struct ErrorFields {
    /// A short code for programs.
    pub code: &'static [&'static str],
    /// A sentence for people.
    pub message: &'static [&'static str],
}

impl ErrorFields {
    /// The names that most vendors use, among them those of RFC 9457 and RFC 6749.
    pub const DEFAULT: Self = Self {
        code: &["/error/code", "/code", "/error", "/type"],
        message: &["/error/message", "/message", "/error_description", "/detail", "/title"],
    };
}

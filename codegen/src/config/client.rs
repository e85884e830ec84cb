//! The part of `sdk.toml` that the client's runtime takes its settings from.

use serde::Deserialize;

use super::Config;

/// How the client behaves.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Client {
    /// The product of the `User-Agent` header; the crate's name unless given.
    pub user_agent: Option<String>,
    /// Whether a caller must give a base URL, since the document's server is a placeholder.
    pub base_url_required: bool,
    /// Mistakes in the base URL that deserve an error of their own.
    pub base_url_checks: Vec<BaseUrlCheck>,
}

/// A mistake in the base URL.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BaseUrlCheck {
    /// What the host contains by mistake.
    pub host_contains: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What a security scheme needs beyond what the document can say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct SecurityScheme {
    /// The method of the client's builder.
    pub method: Option<String>,
    /// The word before the key.
    pub prefix: Option<String>,
    /// Texts that show that a credential was never filled in.
    pub placeholders: Vec<String>,
}

/// Where tokens are had.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct OAuth {
    /// The token endpoint, a URL or a path under the base URL; that of the document's
    /// `clientCredentials` flow unless given.
    pub token_url: Option<String>,
}

/// Names of response headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Headers {
    /// The headers that may carry the id of a request, the preferred one first.
    pub request_id: Option<Vec<String>>,
}

/// Where responses tell the rate limit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct RateLimit {
    /// The header with the number of calls in a window.
    pub limit: Option<String>,
    /// The header with the number of calls that are left.
    pub remaining: Option<String>,
    /// The header with the end of the window.
    pub reset: Option<String>,
    /// How that header is written.
    pub reset_format: ResetFormat,
}

/// How the end of a rate limit's window is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ResetFormat {
    /// Seconds since 1970.
    #[default]
    EpochSeconds,
    /// Seconds from now.
    DeltaSeconds,
}

/// How requests are repeated.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Retry {
    /// How often a call is repeated; twice unless given.
    pub max_retries: Option<u32>,
    /// The longest wait in seconds; 30 unless given.
    pub max_wait_seconds: Option<u64>,
    /// The request header with the id of the first request.
    pub request_id_header: Option<String>,
    /// The request header with the number of the repetition.
    pub count_header: Option<String>,
    /// The request header for a key by which the server tells a request that comes again.
    pub idempotency_key_header: Option<String>,
}

/// Where an error response says what went wrong, as JSON pointers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ErrorFields {
    /// The code.
    pub code: Option<Vec<String>>,
    /// The message.
    pub message: Option<Vec<String>>,
}

impl Config {
    pub(crate) fn security_prefix(&self, scheme: &str) -> String {
        self.security.get(scheme).and_then(|scheme| scheme.prefix.clone()).unwrap_or_default()
    }

    pub(crate) fn security_placeholders(&self, scheme: &str) -> Vec<String> {
        self.security.get(scheme).map(|it| it.placeholders.clone()).unwrap_or_default()
    }

    pub(crate) fn security_method(&self, scheme: &str) -> Option<String> {
        self.security.get(scheme)?.method.clone()
    }
}

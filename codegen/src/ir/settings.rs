//! What is particular to the API in how its client works.

use crate::config::{BaseUrlCheck, ConfigurationSources, ErrorFields, RateLimit, Retry};

/// What the client takes its defaults from. What is not given has the default of the runtime.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The product of the `User-Agent` header (RFC 9110, section 10.1.5); the crate's version comes after it.
    pub product: String,
    /// The base URL of a caller who gives none; without it, every caller has to give one.
    pub base_url: Option<String>,
    /// Mistakes in the base URL that deserve an error of their own.
    pub base_url_checks: Vec<BaseUrlCheck>,
    /// The response headers that may carry the id of a request, the preferred one first.
    pub request_id_headers: Option<Vec<String>>,
    /// Where responses tell the rate limit.
    pub rate_limit: RateLimit,
    /// How requests are repeated.
    pub retry: Retry,
    /// Where an error response says what went wrong.
    pub error_fields: ErrorFields,
    /// The token endpoint, a URL or a path under the base URL.
    pub token_url: Option<String>,
    /// Where a program that uses the SDK may keep its settings.
    pub configuration: ConfigurationSources,
}

//! How a URL that came from elsewhere stands in an error or a log.
//!
//! Only its origin is shown: user, password, path and query can hold what nobody else should know.

use reqwest::Url;

use super::shown::Shown;

/// The origin of a URL (RFC 6454, section 6.1), which holds no secret.
pub(crate) fn origin(url: &Url) -> String {
    match url.host_str() {
        Some(host) => {
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://{}{port}", url.scheme(), Shown(host))
        }
        None => format!("{}:", url.scheme()),
    }
}

/// The origin of a text that should be a URL; where it is none, what it is instead.
pub(crate) fn origin_of(text: &str) -> String {
    match Url::parse(text.trim()) {
        Ok(url) => origin(&url),
        Err(_) => format!("a text of {} characters that is no URL", text.chars().count()),
    }
}

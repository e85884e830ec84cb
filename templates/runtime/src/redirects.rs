//! Redirects (RFC 9110, section 15.4): which are followed, and which become the answer.

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode, Url};

/// How many redirects are followed.
pub(crate) const MAX_REDIRECTS: usize = 10;

/// Where an answer redirects to, if that is within its origin: credentials, in whatever header they are, never reach
/// another host.
pub(crate) fn target(response: &Response) -> Option<Url> {
    let is_redirect = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = response.headers().get(LOCATION).filter(|_| is_redirect)?;
    let url = response.url().join(location.to_str().ok()?).ok()?;
    (url.origin() == response.url().origin()).then_some(url)
}

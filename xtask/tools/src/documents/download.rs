//! Reading a document over HTTP.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use ureq::Agent;
use ureq::http::{Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use xtask::Problem;

use super::location::Location;

/// How long the whole may take, redirects included.
const TIME: Duration = Duration::from_secs(60);

/// The most bytes that a document may have. The largest that is known has a third of it.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// A client for documents.
pub(super) struct Client {
    agent: Agent,
    max_bytes: u64,
}

impl Client {
    pub(super) fn new() -> Self {
        Self::with_limits(TIME, MAX_BYTES)
    }

    /// One that takes another time, and other bytes.
    pub(super) fn with_limits(time: Duration, max_bytes: u64) -> Self {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(time))
            .tls_config(tls.build())
            .user_agent(concat!("cargo-sdk/", env!("CARGO_PKG_VERSION")));
        Self { agent: config.build().into(), max_bytes }
    }

    /// The bytes of a document, and their SHA-256 (FIPS 180-4) in hexadecimal digits.
    ///
    /// # Errors
    ///
    /// There is no connection, an answer other than 200, one that is too long or takes too long, a redirect that leads
    /// elsewhere, or a page in place of a document.
    pub(super) fn get(&self, start: &Location) -> Result<(Vec<u8>, String), Problem> {
        let mut location = start.clone();
        for _ in 0..=MAX_REDIRECTS {
            let url = location.text();
            let wrong = |what: String| Problem(format!("{url} cannot be read: {what}"));
            let called = self.agent.get(&url).call();
            let mut response = called.map_err(|error| wrong(error.to_string()))?;
            let status = response.status();
            if let (true, Some(target)) =
                (status.is_redirection(), text(&response, header::LOCATION))
            {
                location = location.redirect(target)?;
                continue;
            }
            if status.as_u16() != 200 {
                return Err(wrong(format!("the server answers {status}")));
            }
            if text(&response, header::CONTENT_TYPE).is_some_and(|it| it.starts_with("text/html")) {
                let message = "it is a page for a browser (text/html), and no document; look for the link to the raw file";
                return Err(wrong(message.to_owned()));
            }
            let body = response.body_mut().with_config().limit(self.max_bytes).read_to_vec();
            let content = body.map_err(|error| match error {
                ureq::Error::BodyExceedsLimit(limit) => {
                    wrong(format!("it has more than {limit} bytes"))
                }
                error => wrong(error.to_string()),
            })?;
            let digest = Sha256::digest(&content);
            let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            return Ok((content, digits));
        }
        let url = start.text();
        Err(Problem(format!("{url} cannot be read: it leads on more than {MAX_REDIRECTS} times")))
    }
}

fn text<T>(response: &Response<T>, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

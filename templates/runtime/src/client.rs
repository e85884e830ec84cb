//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::authentication::Credentials;
use super::base_url;
use super::builder::ClientBuilder;
use super::error::{ConfigurationError, Error, Result};
use super::network::Network;
use super::operation::Operation;
use super::origin::origin;
use super::rate_budget::RateBudget;
use super::retry::RetryPolicy;
use super::retry_tokens::RetryTokens;
use super::settings::Settings;

/// The client: a base URL, credentials and a pool of connections.
///
/// Cloning is cheap, and clones share everything; keep one client for the life of the
/// program.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) settings: &'static Settings,
    pub(crate) network: Network,
    pub(crate) base_url: Url,
    /// The caller gave the base URL: the servers of single operations no longer count.
    pub(crate) base_url_is_given: bool,
    pub(crate) allow_http: bool,
    pub(crate) user_agent: HeaderValue,
    pub(crate) credentials: Credentials,
    pub(crate) timeout: Option<Duration>,
    #[cfg(feature = "streams")]
    pub(crate) stream_idle_timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) retry_tokens: RetryTokens,
    pub(crate) rate_budget: Option<RateBudget>,
    pub(crate) max_body_size: usize,
    pub(crate) is_strict: bool,
}

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client whose whole configuration stands outside the program: see
    /// [`Configuration::read`](super::Configuration::read).
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`], with everything that is wrong and where it stands.
    #[cfg(feature = "config")]
    pub fn from_env() -> Result<Self> {
        Self::builder().configuration(super::configuration::Configuration::read()).build()
    }

    /// The base URL that the paths of the operations are appended to.
    pub fn base_url(&self) -> &str {
        self.inner.base_url.as_str()
    }
}

impl Shared {
    /// The base URL for an operation, which may have a server of its own.
    pub(crate) fn base_url_of(&self, operation: &'static Operation) -> Result<Url> {
        let server = operation.server;
        let is_whole = server.starts_with("//") || server.contains("://");
        if server.is_empty() || (is_whole && self.base_url_is_given) {
            return Ok(self.base_url.clone());
        }
        if !is_whole {
            return base_url::within(&self.base_url, server)
                .map_err(|problem| Error::Configuration(ConfigurationError::new(vec![problem])));
        }
        base_url::parse(server, self.allow_http, self.settings)
            .map_err(|problems| Error::Configuration(ConfigurationError::new(problems)))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &origin(&self.inner.base_url))
            .field("credentials", &self.inner.credentials)
            .field("timeout", &self.inner.timeout)
            .finish_non_exhaustive()
    }
}

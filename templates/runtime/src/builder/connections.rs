//! How connections are made.

use std::fmt;
use std::time::Duration;

use reqwest::redirect;

use crate::runtime::error::Chain;
use crate::runtime::network;

/// How long a connection may take to be made, unless the caller says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// How connections are made.
#[derive(Clone, Default)]
pub(super) struct Connections {
    /// The caller's own client, which takes the place of all else.
    pub(super) http_client: Option<reqwest::Client>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) proxies: Vec<reqwest::Proxy>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(super) root_certificates: Vec<reqwest::Certificate>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(super) identity: Option<reqwest::Identity>,
}

impl Connections {
    /// Makes what sends requests, or says why it cannot be made.
    pub(super) fn build(&self) -> Result<network::Connections, String> {
        if let Some(client) = &self.http_client {
            return Ok(network::Connections { client: client.clone(), follows_redirects: false });
        }
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT))
            .redirect(redirect::Policy::none());
        for proxy in &self.proxies {
            builder = builder.proxy(proxy.clone());
        }
        let client = self.with_tls(builder).build();
        let client = client
            .map_err(|cause| format!("the HTTP client cannot be set up: {}", Chain(&cause)))?;
        Ok(network::Connections { client, follows_redirects: true })
    }

    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    fn with_tls(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let builder = builder.tls_certs_merge(self.root_certificates.iter().cloned());
        match &self.identity {
            Some(identity) => builder.identity(identity.clone()),
            None => builder,
        }
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    fn with_tls(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        builder
    }
}

/// A proxy can have a password, which is not shown.
impl fmt::Debug for Connections {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connections")
            .field("connect_timeout", &self.connect_timeout)
            .field("proxies", &self.proxies.len())
            .finish_non_exhaustive()
    }
}

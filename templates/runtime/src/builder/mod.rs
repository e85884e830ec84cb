//! How a client is set up.

mod connections;

use std::fmt;
use std::time::Duration;

use http_body::Body;
use reqwest::Url;
use reqwest::header::HeaderValue;
use tower::{Layer, Service};

use connections::Connections;

use crate::runtime::authentication::{Credential, Credentials};
use crate::runtime::base_url;
use crate::runtime::client::{Client, Shared};
#[cfg(feature = "config")]
use crate::runtime::configuration::Configuration;
use crate::runtime::error::{BoxError, ConfigurationError, Error, Result};
use crate::runtime::layer::Layers;
use crate::runtime::network::Network;
use crate::runtime::origin::origin_of;
use crate::runtime::rate_budget::RateBudget;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::retry_tokens::RetryTokens;
use crate::runtime::settings::Settings;
use crate::runtime::shown::Shown;
use crate::runtime::transport::HttpService;
use crate::settings::SETTINGS;

/// How long a call may take, unless the caller says otherwise.
const TIMEOUT: Duration = Duration::from_secs(120);
/// How long nothing may come of a stream, unless the caller says otherwise.
#[cfg(feature = "streams")]
const STREAM_IDLE_TIMEOUT: Duration = Duration::from_secs(120);
/// How large a body may be that is read into memory, unless the caller says otherwise.
const MAX_BODY_SIZE: usize = 32 * 1024 * 1024;

/// How a client is set up. Begun by [`Client::builder`].
#[derive(Clone)]
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder {
    settings: &'static Settings,
    base_url: Option<String>,
    allow_http: bool,
    credentials: Credentials,
    user_agent: Option<String>,
    timeout: Option<Option<Duration>>,
    #[cfg(feature = "streams")]
    stream_idle_timeout: Option<Duration>,
    max_retries: Option<u32>,
    max_retry_wait: Option<Duration>,
    rate_limit_budget: Option<f64>,
    max_body_size: usize,
    is_strict: bool,
    connections: Connections,
    layers: Layers,
    /// What takes the place of the network, beneath all layers.
    #[cfg(feature = "mock")]
    network: Option<HttpService>,
    #[cfg(feature = "config")]
    configuration: Option<Configuration>,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            settings: &SETTINGS,
            base_url: None,
            allow_http: false,
            credentials: Credentials::default(),
            user_agent: None,
            timeout: None,
            #[cfg(feature = "streams")]
            stream_idle_timeout: Some(STREAM_IDLE_TIMEOUT),
            max_retries: None,
            max_retry_wait: None,
            rate_limit_budget: None,
            max_body_size: MAX_BODY_SIZE,
            is_strict: false,
            connections: Connections::default(),
            layers: Layers::default(),
            #[cfg(feature = "mock")]
            network: None,
            #[cfg(feature = "config")]
            configuration: None,
        }
    }

    /// Sets the base URL that the paths of the operations are appended to, such as
    /// `https://example.com`. It may have a path; it must be https, unless
    /// [`allow_http`](Self::allow_http) permits http.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Permits a base URL with http, over which anybody on the way can read the
    /// credentials: for tests. Default: false.
    pub fn allow_http(mut self, allow_http: bool) -> Self {
        self.allow_http = allow_http;
        self
    }

    /// Sets the credential of a security scheme, by the name that the scheme has in the
    /// document. There is a method for each scheme, which is more convenient.
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.set(scheme, credential);
        self
    }

    /// Appends the name of your program to the `User-Agent` (RFC 9110, section 10.1.5),
    /// such as `payroll/2.1`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets how long a call may take, with all its retries and waits. `None`: as long as
    /// it takes. Default: 120 seconds.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// Sets for how long nothing may come of an answer that is a stream, once it has begun: a comment of the
    /// server's counts as something. `None`: for as long as the connection is there. Default: 120 seconds.
    #[cfg(feature = "streams")]
    pub fn stream_idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.stream_idle_timeout = timeout.into();
        self
    }

    /// Sets how long a connection may take to be made. Default: 30 seconds.
    pub fn connect_timeout(mut self, connect_timeout: Duration) -> Self {
        self.connections.connect_timeout = Some(connect_timeout);
        self
    }

    /// Sets how often a call is made again: after an answer 429, and, where the method
    /// is idempotent (RFC 9110, section 9.2.2), after 503, 504 and failures of the
    /// connection. Default: 2.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = Some(max_retries);
        self
    }

    /// Sets the longest wait before a retry. Where the server asks for a longer one, the
    /// call fails at once with the server's answer. Default: 30 seconds.
    pub fn max_retry_wait(mut self, max_retry_wait: Duration) -> Self {
        self.max_retry_wait = Some(max_retry_wait);
        self
    }

    /// Sets the largest body, in bytes, that is read into memory; a larger one is an
    /// error. Default: 32 MiB.
    pub fn max_body_size(mut self, max_body_size: usize) -> Self {
        self.max_body_size = max_body_size;
        self
    }

    /// Has calls wait before a rate limit would refuse them, and sets which share of each of its windows
    /// they may use, from 0.0 to 1.0: 0.9 leaves a tenth to other programs. Default: none waits, and
    /// a refusal is met by a [retry](Self::max_retries).
    ///
    /// Limit, remaining calls and reset are learned from the headers of the answers, for the operations
    /// together whose paths begin alike. Calls go in the order in which they come. One whose turn would
    /// come after its time-out fails at once, as [`Error::Timeout`].
    pub fn rate_limit_budget(mut self, share: f64) -> Self {
        self.rate_limit_budget = Some(share);
        self
    }

    /// Sets whether an answer that is not what the document says is an [`Error::Decode`], which names
    /// the first place: for tests against the real server. Default: false. Such an answer is decoded
    /// as far as it fits then, and [`Response::deviations`](super::Response::deviations) tells where
    /// it does not.
    pub fn strict(mut self, strict: bool) -> Self {
        self.is_strict = strict;
        self
    }

    /// Uses an HTTP client of your own, with its pool, proxy, TLS and redirect settings;
    /// what this builder says about connections then has no effect.
    ///
    /// Mind its redirect policy: by default reqwest follows redirects to other hosts. It
    /// drops `Authorization` and cookies then, but not an API key in a header of another
    /// name. And it makes a GET of a POST that is answered by 301 to 303: what the GET gives then
    /// counts as the answer of the call.
    pub fn http_client(mut self, http_client: reqwest::Client) -> Self {
        self.connections.http_client = Some(http_client);
        self
    }

    /// Puts a layer of [`tower`] between the client and the network. It sees each
    /// attempt of each call, with its credentials, and each answer; the layer that is
    /// added first is the outermost.
    ///
    /// Layers of `tower` and `tower-http` fit, and so does a function, by way of
    /// [`MapRequestLayer`](tower::util::MapRequestLayer) and its kin:
    ///
    /// ```text
    /// builder.layer(MapRequestLayer::new(|mut request: http::Request<reqwest::Body>| {
    ///     let value = http::HeaderValue::from_static("payroll");
    ///     request.headers_mut().insert("x-caller", value);
    ///     request
    /// }))
    /// ```
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<HttpService> + Send + Sync + 'static,
        L::Service: Service<
                http::Request<reqwest::Body>,
                Response = http::Response<B>,
                Error: Into<BoxError>,
                Future: Send + 'static,
            > + Clone
            + Send
            + Sync
            + 'static,
        B: Body<Data: Into<bytes::Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
    {
        self.layers.push(layer);
        self
    }

    /// Puts a service in the place of the network, beneath all layers.
    #[cfg(feature = "mock")]
    pub(crate) fn network(mut self, network: HttpService) -> Self {
        self.network = Some(network);
        self
    }

    /// Sends all requests by way of a proxy, with its credentials if it needs some. A
    /// second proxy is for what the first one does not take. Default: the proxy of the
    /// environment or system (`HTTPS_PROXY`, `NO_PROXY`).
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.connections.proxies.push(proxy);
        self
    }

    /// Trusts one more root certificate, besides those of the system.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.connections.root_certificates.push(certificate);
        self
    }

    /// Shows a certificate of the client's own to the server (mutual TLS).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn identity(mut self, identity: reqwest::Identity) -> Self {
        self.connections.identity = Some(identity);
        self
    }

    /// Takes what the methods of this builder leave open from a configuration outside
    /// the program. If the program sets any credential, no credential of the
    /// configuration is used.
    #[cfg(feature = "config")]
    pub fn configuration(mut self, configuration: Configuration) -> Self {
        self.configuration = Some(configuration);
        self
    }

    /// Checks everything and makes the client. No connection is made yet.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`], with everything that is wrong.
    pub fn build(self) -> Result<Client> {
        let mut problems = Vec::new();
        #[cfg(feature = "config")]
        let this = self.configured(&mut problems);
        #[cfg(not(feature = "config"))]
        let this = self;
        problems.extend(this.credentials.problems(this.settings));
        let base_url = this.full_base_url().map_err(|found| problems.extend(found)).ok();
        let user_agent = this.full_user_agent().map_err(|found| problems.push(found)).ok();
        let connections = this.connections.build().map_err(|found| problems.push(found)).ok();
        let (Some(base_url), Some(user_agent), Some(connections), []) =
            (base_url, user_agent, connections, problems.as_slice())
        else {
            return Err(Error::Configuration(ConfigurationError::new(problems)));
        };
        let network = Network::Direct(connections);
        #[cfg(feature = "mock")]
        let network = this.network.map_or(network, Network::Layered);
        let retry = &this.settings.retry;
        let max_wait = Duration::from_secs(retry.max_wait_seconds);
        let shared = Shared {
            settings: this.settings,
            network: this.layers.wrap(network),
            base_url,
            base_url_is_given: this.base_url.is_some(),
            allow_http: this.allow_http,
            user_agent,
            credentials: this.credentials,
            timeout: this.timeout.unwrap_or(Some(TIMEOUT)),
            #[cfg(feature = "streams")]
            stream_idle_timeout: this.stream_idle_timeout,
            retry: RetryPolicy {
                max_retries: this.max_retries.unwrap_or(retry.max_retries),
                max_wait: this.max_retry_wait.unwrap_or(max_wait),
            },
            retry_tokens: RetryTokens::new(),
            rate_budget: this.rate_limit_budget.map(RateBudget::new),
            max_body_size: this.max_body_size,
            is_strict: this.is_strict,
        };
        Ok(Client { inner: shared.into() })
    }

    fn full_base_url(&self) -> std::result::Result<Url, Vec<String>> {
        match self.base_url.as_deref().or(self.settings.base_url) {
            Some(text) => base_url::parse(text, self.allow_http, self.settings),
            None => Err(vec!["there is no base URL; use `ClientBuilder::base_url`".to_owned()]),
        }
    }

    fn full_user_agent(&self) -> std::result::Result<HeaderValue, String> {
        let words = [self.settings.user_agent, self.user_agent.as_deref().unwrap_or_default()];
        HeaderValue::from_str(words.join(" ").trim()).map_err(|_| {
            "the user agent holds a character that cannot be sent, such as a line break".to_owned()
        })
    }

    /// Fills what is open from the configuration outside the program.
    #[cfg(feature = "config")]
    fn configured(mut self, problems: &mut Vec<String>) -> Self {
        let Some(configuration) = self.configuration.take() else { return self };
        let applied = configuration.apply();
        problems.extend(applied.problems);
        self.base_url = self.base_url.or(applied.base_url);
        self.timeout = self.timeout.or(applied.timeout);
        self.max_retries = self.max_retries.or(applied.max_retries);
        let connections = &mut self.connections;
        connections.connect_timeout = connections.connect_timeout.or(applied.connect_timeout);
        if connections.proxies.is_empty() {
            connections.proxies.extend(applied.proxy);
        }
        if self.credentials.is_empty() {
            self.credentials = applied.credentials;
        }
        self
    }
}

/// Of the base URL the origin, since the rest may hold a secret by mistake.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ClientBuilder");
        #[cfg(feature = "config")]
        shown.field("configuration", &self.configuration);
        #[cfg(feature = "streams")]
        shown.field("stream_idle_timeout", &self.stream_idle_timeout);
        shown
            .field("base_url", &self.base_url.as_deref().map(origin_of))
            .field("allow_http", &self.allow_http)
            .field("credentials", &self.credentials)
            .field("user_agent", &self.user_agent.as_deref().map(Shown))
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .field("max_retry_wait", &self.max_retry_wait)
            .field("rate_limit_budget", &self.rate_limit_budget)
            .field("max_body_size", &self.max_body_size)
            .field("is_strict", &self.is_strict)
            .field("connections", &self.connections)
            .field("layers", &self.layers)
            .finish_non_exhaustive()
    }
}

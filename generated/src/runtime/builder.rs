//! How a client is set up.

use std::time::Duration;

use http_body::Body;
use reqwest::header::HeaderValue;
use reqwest::redirect;
use tower::{Layer, Service};

use super::authentication::{Credential, Credentials};
use super::base_url;
use super::client::{Client, Shared};
use super::error::{BoxError, Chain, ConfigurationError, Error, Result};
use super::layer::Layers;
use super::retry::RetryPolicy;
use super::settings::Settings;
use super::transport::{self, HttpService};
use crate::settings::SETTINGS;

/// How long a connection may take to be made, unless the caller says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a call may take, unless the caller says otherwise.
const TIMEOUT: Duration = Duration::from_secs(120);
/// How large a body may be that is read into memory, unless the caller says otherwise.
const MAX_BODY_SIZE: usize = 32 * 1024 * 1024;
/// How many redirects are followed within one host.
const MAX_REDIRECTS: usize = 10;

/// How a client is set up. Begun by [`Client::builder`].
#[derive(Clone, Debug)]
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder {
    settings: &'static Settings,
    base_url: Option<String>,
    allow_http: bool,
    credentials: Credentials,
    user_agent: Option<String>,
    timeout: Option<Duration>,
    connect_timeout: Duration,
    retry: RetryPolicy,
    max_body_size: usize,
    http_client: Option<reqwest::Client>,
    layers: Layers,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            settings: &SETTINGS,
            base_url: None,
            allow_http: false,
            credentials: Credentials::default(),
            user_agent: None,
            timeout: Some(TIMEOUT),
            connect_timeout: CONNECT_TIMEOUT,
            retry: RetryPolicy {
                max_retries: SETTINGS.retry.max_retries,
                max_wait: Duration::from_secs(SETTINGS.retry.max_wait_seconds),
            },
            max_body_size: MAX_BODY_SIZE,
            http_client: None,
            layers: Layers::default(),
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
        self.timeout = timeout.into();
        self
    }

    /// Sets how long a connection may take to be made. Default: 30 seconds.
    pub fn connect_timeout(mut self, connect_timeout: Duration) -> Self {
        self.connect_timeout = connect_timeout;
        self
    }

    /// Sets how often a call is made again: after an answer 429, and, where the method
    /// is idempotent (RFC 9110, section 9.2.2), after 503, 504 and failures of the
    /// connection. Default: 2.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.retry.max_retries = max_retries;
        self
    }

    /// Sets the longest wait before a retry. Where the server asks for a longer one, the
    /// call fails at once with the server's answer. Default: 30 seconds.
    pub fn max_retry_wait(mut self, max_retry_wait: Duration) -> Self {
        self.retry.max_wait = max_retry_wait;
        self
    }

    /// Sets the largest body, in bytes, that is read into memory; a larger one is an
    /// error. Default: 32 MiB.
    pub fn max_body_size(mut self, max_body_size: usize) -> Self {
        self.max_body_size = max_body_size;
        self
    }

    /// Uses an HTTP client of your own, with its pool, proxy, TLS and redirect settings;
    /// what this builder says about connections then has no effect.
    ///
    /// Mind its redirect policy: by default reqwest follows redirects to other hosts. It
    /// drops `Authorization` and cookies then, but not an API key in a header of another
    /// name.
    pub fn http_client(mut self, http_client: reqwest::Client) -> Self {
        self.http_client = Some(http_client);
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

    /// Checks everything and makes the client. No connection is made yet.
    ///
    /// # Errors
    ///
    /// [`Error::Configuration`], with everything that is wrong.
    pub fn build(self) -> Result<Client> {
        let mut problems = self.credentials.problems(self.settings);
        let base_url = match self.base_url.as_deref().or(self.settings.base_url) {
            Some(text) => base_url::parse(text, self.allow_http, self.settings)
                .map_err(|found| problems.extend(found))
                .ok(),
            None => {
                problems.push("there is no base URL; use `ClientBuilder::base_url`".to_owned());
                None
            }
        };
        let user_agent = self.full_user_agent().map_err(|problem| problems.push(problem)).ok();
        let http_client = self.connections().map_err(|problem| problems.push(problem)).ok();
        let (Some(base_url), Some(user_agent), Some(http_client), []) =
            (base_url, user_agent, http_client, problems.as_slice())
        else {
            return Err(Error::Configuration(ConfigurationError::new(problems)));
        };
        let shared = Shared {
            settings: self.settings,
            service: self.layers.wrap(transport::service(http_client)),
            base_url,
            base_url_is_given: self.base_url.is_some(),
            allow_http: self.allow_http,
            user_agent,
            credentials: self.credentials,
            timeout: self.timeout,
            retry: self.retry,
            max_body_size: self.max_body_size,
        };
        Ok(Client { inner: shared.into() })
    }

    fn full_user_agent(&self) -> std::result::Result<HeaderValue, String> {
        let words = [self.settings.user_agent, self.user_agent.as_deref().unwrap_or_default()];
        HeaderValue::from_str(words.join(" ").trim()).map_err(|_| {
            "the user agent holds a character that cannot be sent, such as a line break".to_owned()
        })
    }

    fn connections(&self) -> std::result::Result<reqwest::Client, String> {
        if let Some(http_client) = &self.http_client {
            return Ok(http_client.clone());
        }
        reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .redirect(same_origin_redirects())
            .build()
            .map_err(|cause| format!("the HTTP client cannot be set up: {}", Chain(&cause)))
    }
}

/// Follows redirects within one origin only, so that credentials, in whatever header
/// they are, never reach another host. A redirect elsewhere becomes the answer.
fn same_origin_redirects() -> redirect::Policy {
    redirect::Policy::custom(|attempt| {
        let same_origin = attempt
            .previous()
            .first()
            .is_some_and(|first| first.origin() == attempt.url().origin());
        if same_origin && attempt.previous().len() <= MAX_REDIRECTS {
            attempt.follow()
        } else {
            attempt.stop()
        }
    })
}

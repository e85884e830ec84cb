//! How a client proves who it is to the token endpoint.

use std::fmt;

use secrecy::SecretString;

use crate::runtime::origin::origin_of;

/// How a client gets its access tokens: with a private key of which the server knows the
/// public half (RFC 7523, "private_key_jwt"). `Debug` shows neither the
/// key nor more than the origin of the token endpoint.
///
/// The client fetches a token when the first call needs it, once for all calls that
/// wait, and again before it ends and when the server refuses it. Where the server asks
/// for tokens that are bound to a key (RFC 9449, DPoP), it goes on with those by itself, and
/// every other client of the process begins with them; [`dpop`](Self::dpop) spares the first
/// request that fails.
#[derive(Clone)]
pub struct PrivateKeyJwt {
    pub(super) client_id: String,
    pub(super) private_key: SecretString,
    pub(super) key_id: Option<String>,
    pub(super) scopes: Vec<String>,
    pub(super) token_url: Option<String>,
    pub(super) dpop: bool,
}

impl PrivateKeyJwt {
    /// Takes the client's id and its private key: RSA or EC, as PEM (PKCS #1, PKCS #8 or
    /// SEC 1) or as JWK (RFC 7517). A key that cannot be used is an error of
    /// [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn new(client_id: impl Into<String>, private_key: impl Into<SecretString>) -> Self {
        Self {
            client_id: client_id.into(),
            private_key: private_key.into(),
            key_id: None,
            scopes: Vec::new(),
            token_url: None,
            dpop: false,
        }
    }

    /// Sets the scopes that the token is asked for. Default: none, and the server
    /// decides.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the id by which the server knows the key. Default: the `kid` of a JWK, else
    /// none.
    #[must_use]
    pub fn key_id(mut self, key_id: impl Into<String>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// Sets whether a token is bound to a key from the first request on (RFC 9449, DPoP). Default:
    /// false, and the server is asked without a proof first, unless it wanted one before.
    #[must_use]
    pub fn dpop(mut self, dpop: bool) -> Self {
        self.dpop = dpop;
        self
    }

    /// Sets the URL of the token endpoint. Default: the one of the API, under the
    /// client's base URL.
    #[must_use]
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }
}

impl fmt::Debug for PrivateKeyJwt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PrivateKeyJwt")
            .field("client_id", &self.client_id)
            .field("key_id", &self.key_id)
            .field("scopes", &self.scopes)
            .field("dpop", &self.dpop)
            .field("token_url", &self.token_url.as_deref().map(origin_of))
            .finish_non_exhaustive()
    }
}

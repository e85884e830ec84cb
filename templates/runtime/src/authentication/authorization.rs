//! The credentials of one call, put into each of its requests.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};

use super::credential::Kind;
use super::provider::TokenProvider;
use super::selection::Selected;
use crate::runtime::call::add_cookies;
use crate::runtime::client::Client;
use crate::runtime::encoding::percent_encode;
use crate::runtime::error::{AuthenticationError, Chain, Error, Result};
#[cfg(feature = "oauth")]
use crate::runtime::oauth::{AccessToken, TokenSource};
use crate::runtime::operation::{Operation, Requirement};
use crate::runtime::settings::{ApiKeyLocation, SecuritySchemeKind};
use crate::runtime::shown::Shown;

/// The credentials of one call, and what became of them.
pub(crate) struct Authorization<'c> {
    client: &'c Client,
    operation: &'static Operation,
    requirements: &'static [Requirement],
    /// The token of the last request, where it was one that can be had anew.
    token: Option<Token<'c>>,
    /// A refused token was given up already.
    renewed: bool,
    /// What the caller's provider gave in its place.
    renewed_token: Option<SecretString>,
    #[cfg(feature = "oauth")]
    nonce_tried: bool,
}

/// A token that was sent, and where another one comes from.
enum Token<'c> {
    Provided(SecretString, &'c dyn TokenProvider),
    #[cfg(feature = "oauth")]
    Fetched(std::sync::Arc<AccessToken>, &'c TokenSource),
}

impl<'c> Authorization<'c> {
    pub(crate) fn new(client: &'c Client, operation: &'static Operation) -> Result<Self> {
        let requirements = client.inner.credentials.select(operation, client.inner.settings)?;
        Ok(Self {
            client,
            operation,
            requirements,
            token: None,
            renewed: false,
            renewed_token: None,
            #[cfg(feature = "oauth")]
            nonce_tried: false,
        })
    }

    /// Puts the credentials into a request. A header that the caller set for the call
    /// stays.
    pub(crate) async fn apply(&mut self, url: &mut Url, headers: &mut HeaderMap) -> Result<()> {
        let shared = &self.client.inner;
        for requirement in self.requirements {
            let selected = shared.credentials.selected(requirement, shared.settings);
            let Some(Selected { scheme, credential }) = selected else { continue };
            match (scheme.kind, &credential.0) {
                (SecuritySchemeKind::ApiKey { location, name, prefix }, Kind::ApiKey(key)) => {
                    self.apply_key(location, name, prefix, key, url, headers)?;
                }
                (_, Kind::Layer) => {}
                (SecuritySchemeKind::Computed { scheme }, Kind::ApiKey(value)) => {
                    self.set_authorization(headers, scheme, value.expose_secret())?;
                }
                (_, Kind::ApiKey(token) | Kind::Bearer(token)) => {
                    self.set_authorization(headers, "Bearer", token.expose_secret())?;
                }
                (_, Kind::Basic { user, password }) => {
                    let pair = STANDARD.encode(format!("{user}:{}", password.expose_secret()));
                    self.set_authorization(headers, "Basic", &pair)?;
                }
                (_, Kind::Provider(provider)) => {
                    let token = match self.renewed_token.take() {
                        Some(token) => token,
                        None => self.ask(provider.as_ref()).await?,
                    };
                    match scheme.kind {
                        SecuritySchemeKind::ApiKey { location, name, prefix } => {
                            self.apply_key(location, name, prefix, &token, url, headers)?;
                        }
                        _ => self.set_authorization(headers, "Bearer", token.expose_secret())?,
                    }
                    self.token = Some(Token::Provided(token, provider.as_ref()));
                }
                #[cfg(feature = "oauth")]
                (_, Kind::OAuth(source)) => self.apply_fetched(source, url, headers).await?,
            }
        }
        Ok(())
    }

    /// Whether a refusal can be mended by another token, or by a proof that the server
    /// asks for. If so, the call is to be made again at once.
    pub(crate) async fn mend(&mut self, error: &Error) -> bool {
        let Error::Api(error) = error else { return false };
        #[cfg(feature = "oauth")]
        if self.takes_nonce(error) {
            return true;
        }
        if error.status() != StatusCode::UNAUTHORIZED || self.renewed {
            return false;
        }
        self.renewed = true;
        match self.token.take() {
            None => false,
            Some(Token::Provided(token, provider)) => {
                provider.refused(&token);
                self.renewed_token = provider
                    .token()
                    .await
                    .ok()
                    .filter(|renewed| renewed.expose_secret() != token.expose_secret());
                self.renewed_token.is_some()
            }
            #[cfg(feature = "oauth")]
            Some(Token::Fetched(token, source)) => {
                source.refuse(&token).await;
                true
            }
        }
    }

    async fn ask(&self, provider: &dyn TokenProvider) -> Result<SecretString> {
        provider.token().await.map_err(|cause| {
            let message = Chain(cause.as_ref()).to_string();
            let message = format!("the token provider gave no token: {}", Shown(&message));
            let error = AuthenticationError::new(self.operation, message);
            Error::Authentication(error.because(cause))
        })
    }

    fn apply_key(
        &self,
        location: ApiKeyLocation,
        name: &'static str,
        prefix: &'static str,
        key: &SecretString,
        url: &mut Url,
        headers: &mut HeaderMap,
    ) -> Result<()> {
        let key = key.expose_secret();
        match location {
            ApiKeyLocation::Header => {
                let value = if prefix.is_empty() {
                    key.trim_start().to_owned()
                } else {
                    [prefix, key].join(" ")
                };
                self.set_header(headers, name, value)
            }
            ApiKeyLocation::Query => {
                let pair = format!("{}={}", percent_encode(name), percent_encode(key));
                let query = url.query().map(|query| format!("{query}&{pair}"));
                url.set_query(Some(&query.unwrap_or(pair)));
                Ok(())
            }
            ApiKeyLocation::Cookie => {
                add_cookies(headers, &[format!("{name}={key}")], self.operation)
            }
        }
    }

    fn set_authorization(&self, headers: &mut HeaderMap, scheme: &str, value: &str) -> Result<()> {
        self.set_header(headers, AUTHORIZATION.as_str(), [scheme, value].join(" "))
    }

    fn set_header(&self, headers: &mut HeaderMap, name: &str, value: String) -> Result<()> {
        let parts = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::try_from(value));
        let (Ok(name), Ok(mut value)) = parts else {
            let message = format!("the credential cannot be sent in the header `{name}`");
            return Err(Error::Authentication(AuthenticationError::new(self.operation, message)));
        };
        value.set_sensitive(true);
        headers.entry(name).or_insert(value);
        Ok(())
    }
}

#[cfg(feature = "oauth")]
impl<'c> Authorization<'c> {
    async fn apply_fetched(
        &mut self,
        source: &'c TokenSource,
        url: &Url,
        headers: &mut HeaderMap,
    ) -> Result<()> {
        let token = source.token(self.client, self.operation).await?;
        match source.proof(&token, self.operation, url)? {
            Some(proof) => {
                self.set_authorization(headers, "DPoP", token.expose())?;
                self.set_header(headers, "DPoP", proof)?;
            }
            None => self.set_authorization(headers, "Bearer", token.expose())?,
        }
        self.token = Some(Token::Fetched(token, source));
        Ok(())
    }

    /// Keeps the nonce that an answer gives for the next proofs (RFC 9449, section 8.2).
    pub(crate) fn observe(&self, url: &Url, headers: &HeaderMap) {
        if let Some(Token::Fetched(_, source)) = &self.token {
            source.keep_nonce(url, headers);
        }
    }

    /// Whether the server refused a proof because it wants a nonce, which it gave along
    /// (RFC 9449, section 9).
    fn takes_nonce(&mut self, error: &crate::runtime::ApiError) -> bool {
        let wants_nonce = matches!(self.token, Some(Token::Fetched(..)))
            && crate::runtime::oauth::wants_nonce(error);
        if !wants_nonce || self.nonce_tried {
            return false;
        }
        self.nonce_tried = true;
        true
    }
}

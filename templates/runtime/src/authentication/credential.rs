//! What a client shows to the server.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use super::provider::TokenProvider;
#[cfg(feature = "oauth")]
use crate::runtime::oauth::{PrivateKeyJwt, TokenSource};
use crate::runtime::settings::{ApiKeyLocation, SecurityScheme, SecuritySchemeKind};

/// What a client shows to the server for one security scheme. `Debug` never shows the
/// secret.
#[derive(Clone)]
pub struct Credential(pub(super) Kind);

#[derive(Clone)]
pub(super) enum Kind {
    ApiKey(SecretString),
    Bearer(SecretString),
    Basic {
        user: String,
        password: SecretString,
    },
    Provider(Arc<dyn TokenProvider>),
    #[cfg(feature = "oauth")]
    OAuth(Arc<TokenSource>),
    Layer,
}

impl Credential {
    /// An API key, for a scheme of `type: apiKey`.
    pub fn api_key(key: impl Into<SecretString>) -> Self {
        Self(Kind::ApiKey(key.into()))
    }

    /// A bearer token (RFC 6750).
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// A user name and password (RFC 7617).
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self(Kind::Basic { user: user.into(), password: password.into() })
    }

    /// Bearer tokens that your own code gets, one for each request.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(Kind::Provider(Arc::new(provider)))
    }

    /// Access tokens that the client gets for itself, with a private key (RFC 7523).
    #[cfg(feature = "oauth")]
    pub fn private_key_jwt(private_key_jwt: PrivateKeyJwt) -> Self {
        Self(Kind::OAuth(Arc::new(TokenSource::new(private_key_jwt))))
    }

    /// None of the client's own: a layer ([`ClientBuilder::layer`]) puts the credential into
    /// each request. For schemes that the client does not compute, such as HTTP Digest (RFC
    /// 7616) or a signature of the request.
    ///
    /// [`ClientBuilder::layer`]: crate::runtime::ClientBuilder::layer
    pub fn from_layer() -> Self {
        Self(Kind::Layer)
    }

    /// What is wrong with the credential, without the credential.
    pub(super) fn problem(&self, scheme: &SecurityScheme) -> Option<String> {
        let what = format!("the credential for `{}`", scheme.name);
        let secret = match &self.0 {
            Kind::ApiKey(secret) | Kind::Bearer(secret) => secret.expose_secret(),
            #[cfg(feature = "oauth")]
            Kind::OAuth(source) => {
                return source.problem().map(|text| format!("{what}: {text}"));
            }
            // RFC 7617, section 2.
            Kind::Basic { user, .. } if user.contains(':') => {
                return Some(format!("{what}: the user name holds a colon"));
            }
            Kind::Basic { .. } | Kind::Provider(_) | Kind::Layer => return None,
        };
        if secret.trim().is_empty() {
            return Some(format!("{what} is empty"));
        }
        if let Some(placeholder) = scheme.placeholders.iter().find(|text| secret.contains(**text)) {
            return Some(format!(
                "{what} still has the placeholder `{placeholder}`; fill in your own value"
            ));
        }
        let is_cookie = matches!(
            scheme.kind,
            SecuritySchemeKind::ApiKey { location: ApiKeyLocation::Cookie, .. }
        );
        if is_cookie && secret.contains([';', ',', ' ', '"']) {
            return Some(format!("{what} holds a character that no cookie may hold"));
        }
        if HeaderValue::from_str(secret).is_err() {
            return Some(format!(
                "{what} holds a character that cannot be sent, such as a line break"
            ));
        }
        None
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Kind::ApiKey(_) => "Credential::api_key([REDACTED])",
            Kind::Bearer(_) => "Credential::bearer([REDACTED])",
            Kind::Basic { .. } => "Credential::basic([REDACTED])",
            Kind::Provider(_) => "Credential::provider([REDACTED])",
            #[cfg(feature = "oauth")]
            Kind::OAuth(_) => "Credential::private_key_jwt([REDACTED])",
            Kind::Layer => "Credential::from_layer()",
        })
    }
}

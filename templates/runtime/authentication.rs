//! Credentials, and which of them an operation gets.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::call::add_cookies;
use super::encoding::percent_encode;
use super::error::{AuthenticationError, Error, Result};
use super::operation::{Operation, Requirement};
use super::settings::{ApiKeyLocation, SecurityScheme, SecuritySchemeKind, Settings};

/// What a client shows to the server for one security scheme. `Debug` never shows the
/// secret.
#[derive(Clone)]
pub struct Credential(Kind);

#[derive(Clone)]
enum Kind {
    ApiKey(SecretString),
    Bearer(SecretString),
    Basic { user: String, password: SecretString },
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

    /// What is wrong with the credential, without the credential.
    pub(crate) fn problem(&self, scheme: &SecurityScheme) -> Option<String> {
        let (Kind::ApiKey(secret) | Kind::Bearer(secret)) = &self.0 else { return None };
        let secret = secret.expose_secret();
        let what = format!("the credential for `{}`", scheme.name);
        if secret.trim().is_empty() {
            return Some(format!("{what} is empty"));
        }
        if let Some(placeholder) =
            scheme.placeholders.iter().find(|text| secret.contains(**text))
        {
            return Some(format!(
                "{what} still has the placeholder `{placeholder}`; fill in your own value"
            ));
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
        })
    }
}

/// The credentials of a client, by the name of their scheme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Credential)>);

impl Credentials {
    /// Sets the credential of a scheme, in place of an earlier one.
    pub(crate) fn set(&mut self, scheme: &'static str, credential: Credential) {
        self.0.retain(|(name, _)| *name != scheme);
        self.0.push((scheme, credential));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(&'static str, Credential)> {
        self.0.iter()
    }

    fn get(&self, scheme: &str) -> Option<&Credential> {
        self.0.iter().find(|(name, _)| *name == scheme).map(|(_, credential)| credential)
    }

    /// The credentials for a call: those of the first requirement of the document that
    /// the client can meet. Where authentication is optional and none can be met, there
    /// are none.
    pub(crate) fn select(
        &self,
        operation: &'static Operation,
        settings: &Settings,
    ) -> Result<Vec<Selected<'_>>> {
        let mut alternatives =
            operation.security.iter().filter(|schemes| !schemes.is_empty());
        if let Some(selected) =
            alternatives.find_map(|schemes| self.meet(schemes, settings))
        {
            return Ok(selected);
        }
        let optional = operation.security.iter().any(|schemes| schemes.is_empty());
        if optional || operation.security.is_empty() {
            return Ok(Vec::new());
        }
        let message = self.missing(operation, settings);
        Err(Error::Authentication(AuthenticationError::new(operation, message)))
    }

    /// A credential for each scheme of a requirement, if the client has them all.
    fn meet(
        &self,
        schemes: &[Requirement],
        settings: &Settings,
    ) -> Option<Vec<Selected<'_>>> {
        let mut selected = Vec::new();
        for requirement in schemes {
            let scheme = settings.security_scheme(requirement.scheme)?;
            if scheme.kind == SecuritySchemeKind::MutualTls {
                continue;
            }
            selected
                .push(Selected { scheme, credential: self.get(requirement.scheme)? });
        }
        Some(selected)
    }

    /// Says what the operation accepts, what the client has, and what to do.
    fn missing(&self, operation: &Operation, settings: &Settings) -> String {
        let accepted: Vec<String> = operation
            .security
            .iter()
            .map(|schemes| {
                let names: Vec<_> = schemes
                    .iter()
                    .map(|requirement| format!("`{}`", requirement.scheme))
                    .collect();
                names.join(" with ")
            })
            .collect();
        let present: Vec<String> =
            self.0.iter().map(|(name, _)| format!("`{name}`")).collect();
        let present = match present.as_slice() {
            [] => "no credential".to_owned(),
            names => format!("only {}", names.join(" and ")),
        };
        let methods: Vec<String> = operation
            .security
            .iter()
            .flat_map(|schemes| schemes.iter())
            .filter_map(|requirement| settings.security_scheme(requirement.scheme))
            .filter(|scheme| !scheme.builder_method.is_empty())
            .map(|scheme| format!("`ClientBuilder::{}`", scheme.builder_method))
            .collect();
        let accepted = accepted.join(" or ");
        let advice = match methods.as_slice() {
            [] => String::new(),
            methods => format!("; use {}", methods.join(" or ")),
        };
        format!("the operation accepts {accepted}, but the client has {present}{advice}")
    }
}

/// A credential and the scheme that tells how to send it.
#[derive(Debug)]
pub(crate) struct Selected<'c> {
    scheme: &'static SecurityScheme,
    credential: &'c Credential,
}

impl Selected<'_> {
    /// Puts the credential into a request. A header that the caller set for the call
    /// stays.
    pub(crate) fn apply(
        &self,
        operation: &'static Operation,
        url: &mut Url,
        headers: &mut HeaderMap,
    ) -> Result<()> {
        match (self.scheme.kind, &self.credential.0) {
            (
                SecuritySchemeKind::ApiKey { location, name, prefix },
                Kind::ApiKey(key),
            ) => {
                let key = key.expose_secret();
                match location {
                    ApiKeyLocation::Header => {
                        let value = [prefix, key].join(" ");
                        set_header(operation, headers, name, value.trim_start())
                    }
                    ApiKeyLocation::Query => {
                        let pair =
                            format!("{}={}", percent_encode(name), percent_encode(key));
                        let query = url.query().map(|query| format!("{query}&{pair}"));
                        url.set_query(Some(&query.unwrap_or(pair)));
                        Ok(())
                    }
                    ApiKeyLocation::Cookie => {
                        add_cookies(headers, &[format!("{name}={key}")], operation)
                    }
                }
            }
            (_, Kind::ApiKey(token) | Kind::Bearer(token)) => {
                let value = format!("Bearer {}", token.expose_secret());
                set_header(operation, headers, AUTHORIZATION.as_str(), &value)
            }
            (_, Kind::Basic { user, password }) => {
                let pair =
                    STANDARD.encode(format!("{user}:{}", password.expose_secret()));
                set_header(
                    operation,
                    headers,
                    AUTHORIZATION.as_str(),
                    &format!("Basic {pair}"),
                )
            }
        }
    }
}

fn set_header(
    operation: &'static Operation,
    headers: &mut HeaderMap,
    name: &str,
    value: &str,
) -> Result<()> {
    let parts = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value));
    let (Ok(name), Ok(mut value)) = parts else {
        let message = format!("the credential cannot be sent in the header `{name}`");
        return Err(Error::Authentication(AuthenticationError::new(operation, message)));
    };
    value.set_sensitive(true);
    headers.entry(name).or_insert(value);
    Ok(())
}

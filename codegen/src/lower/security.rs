//! Security schemes and the requirements of operations.

use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityScheme as Scheme};

use super::Lowering;
use crate::ir::{Location, OAuthFlow, SchemeKind, SecurityRequirement, SecurityScheme};
use crate::names::{self, Names};

/// What the client's builder calls its own methods.
const RESERVED_METHODS: [&str; 10] = [
    "allow_http",
    "base_url",
    "build",
    "clone",
    "connect_timeout",
    "credential",
    "http_client",
    "max_retries",
    "timeout",
    "user_agent",
];

/// The builder method of the first OAuth 2.0 or OpenID Connect scheme.
const ACCESS_TOKEN: &str = "access_token";

impl<'a> Lowering<'a> {
    /// The security schemes, and what an operation needs that does not say.
    pub(super) fn security(&mut self) -> (Vec<SecurityScheme>, Vec<Vec<SecurityRequirement>>) {
        let mut methods = Names::reserving(RESERVED_METHODS);
        let components = self.components;
        let schemes = components
            .security_schemes
            .iter()
            .filter_map(|(name, scheme)| match scheme {
                ReferenceOr::Item(scheme) => Some(self.scheme(name, scheme, &mut methods)),
                ReferenceOr::Reference { .. } => None,
            })
            .collect();
        let default = self.openapi.security.as_deref().map(requirements).unwrap_or_default();
        (schemes, default)
    }

    fn scheme(&mut self, name: &str, scheme: &'a Scheme, methods: &mut Names) -> SecurityScheme {
        let (kind, description) = match scheme {
            Scheme::APIKey { location, name: key, description, .. } => {
                let location = match location {
                    APIKeyLocation::Query => Location::Query,
                    APIKeyLocation::Header => Location::Header,
                    APIKeyLocation::Cookie => Location::Cookie,
                };
                let prefix = self.config.security_prefix(name);
                (SchemeKind::ApiKey { location, name: key.clone(), prefix }, description)
            }
            Scheme::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("basic") => {
                (SchemeKind::Basic, description)
            }
            Scheme::HTTP { scheme, description, .. } if scheme == "mutualTLS" => {
                (SchemeKind::MutualTls, description)
            }
            Scheme::HTTP { description, .. } => (SchemeKind::Bearer, description),
            Scheme::OAuth2 { flows, description, .. } => {
                (SchemeKind::OAuth(oauth_flows(flows)), description)
            }
            Scheme::OpenIDConnect { description, .. } => {
                (SchemeKind::OAuth(Vec::new()), description)
            }
        };
        let given = self
            .config
            .security_method(name)
            .map(|method| names::chosen(&method, names::snake_name));
        let wanted = given.unwrap_or_else(|| match kind {
            SchemeKind::OAuth(_) if methods.is_free(ACCESS_TOKEN) => ACCESS_TOKEN.to_owned(),
            _ => names::snake_name(name),
        });
        SecurityScheme {
            name: name.to_owned(),
            method: names::escaped(&methods.take(&wanted)),
            description: description.clone().unwrap_or_default(),
            kind,
        }
    }
}

/// The alternatives of which any one authorizes a call. An empty alternative needs nothing.
pub(super) fn requirements(
    security: &[openapiv3::SecurityRequirement],
) -> Vec<Vec<SecurityRequirement>> {
    security
        .iter()
        .map(|alternative| {
            alternative
                .iter()
                .map(|(scheme, scopes)| SecurityRequirement {
                    scheme: scheme.clone(),
                    scopes: scopes.clone(),
                })
                .collect()
        })
        .collect()
}

fn oauth_flows(flows: &OAuth2Flows) -> Vec<OAuthFlow> {
    let scopes = |scopes: &indexmap::IndexMap<String, String>| {
        scopes.iter().map(|(name, purpose)| (name.clone(), purpose.clone())).collect()
    };
    let mut all = Vec::new();
    if let Some(flow) = &flows.implicit {
        all.push(OAuthFlow { name: "implicit", token_url: None, scopes: scopes(&flow.scopes) });
    }
    if let Some(flow) = &flows.password {
        all.push(OAuthFlow {
            name: "password",
            token_url: Some(flow.token_url.clone()),
            scopes: scopes(&flow.scopes),
        });
    }
    if let Some(flow) = &flows.client_credentials {
        let token_url = Some(flow.token_url.clone());
        all.push(OAuthFlow { name: "clientCredentials", token_url, scopes: scopes(&flow.scopes) });
    }
    if let Some(flow) = &flows.authorization_code {
        let token_url = Some(flow.token_url.clone());
        all.push(OAuthFlow { name: "authorizationCode", token_url, scopes: scopes(&flow.scopes) });
    }
    all
}

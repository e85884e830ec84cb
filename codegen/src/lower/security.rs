//! Security schemes and the requirements of operations.

use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityScheme as Scheme};

use super::Lowering;
use crate::document::pointer;
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

/// The HTTP authentication schemes whose credentials are computed for a challenge or a request: those of IANA's registry
/// that do not carry a token as it is, and some that are in use without being there.
const COMPUTED: [&str; 16] = [
    "AWS4-HMAC-SHA256",
    "Concealed",
    "Digest",
    "DPoP",
    "GNAP",
    "Hawk",
    "HOBA",
    "Mutual",
    "Negotiate",
    "NTLM",
    "OAuth",
    "PrivateToken",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "Signature",
    "vapid",
];

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
            Scheme::HTTP { scheme, description, .. } => {
                (self.http_scheme(name, scheme), description)
            }
            Scheme::OAuth2 { flows, description, .. } => {
                let mut flows = oauth_flows(flows);
                flows.extend(self.device_flow(name));
                (SchemeKind::OAuth(flows), description)
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
            deprecated: self.additions.deprecated_schemes.contains(&place_of(name)),
            placeholders: self.config.security_placeholders(name),
            kind,
        }
    }

    /// The flow by which a device gets a token (RFC 8628).
    fn device_flow(&self, name: &str) -> Option<OAuthFlow> {
        let flow = self.additions.device_flows.get(&pointer::child(&place_of(name), "flows"))?;
        Some(OAuthFlow {
            name: "deviceAuthorization",
            token_url: Some(flow.token_url.clone()),
            scopes: flow
                .scopes
                .iter()
                .map(|(name, purpose)| (name.clone(), purpose.clone()))
                .collect(),
        })
    }

    /// An HTTP authentication scheme (RFC 9110, section 11) other than `basic`: the scheme's word, and after it a token
    /// of the caller's or what is computed for each request.
    fn http_scheme(&mut self, name: &str, scheme: &str) -> SchemeKind {
        if scheme.eq_ignore_ascii_case("bearer") {
            return SchemeKind::Bearer;
        }
        if !COMPUTED.iter().any(|computed| scheme.eq_ignore_ascii_case(computed)) {
            let prefix = self.config.security_prefix(name);
            let prefix = if prefix.is_empty() { scheme.to_owned() } else { prefix };
            return SchemeKind::ApiKey {
                location: Location::Header,
                name: "Authorization".to_owned(),
                prefix,
            };
        }
        let place = place_of(name);
        let message =
            format!("the SDK does not compute the credentials of the HTTP scheme `{scheme}`");
        self.diagnostics
            .warning("computed-credentials", pointer::child(&place, "scheme"), message)
            .help("calls that need it are refused until a layer of the caller's does, and says so");
        SchemeKind::Computed(scheme.to_owned())
    }
}

fn place_of(name: &str) -> String {
    pointer::child("/components/securitySchemes", name)
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

//! Stands for the generated `settings.rs`.

use crate::runtime::{ApiKeyLocation, SecurityScheme, SecuritySchemeKind, Settings};

/// The model of error responses.
pub type ErrorModel = crate::models::Problem;

pub(crate) static SETTINGS: Settings = Settings {
    user_agent: "runtime/0.1.0",
    security_schemes: &[
        SecurityScheme {
            name: "token",
            kind: SecuritySchemeKind::Bearer,
            builder_method: "token",
            placeholders: &["{token}"],
        },
        scheme("login", SecuritySchemeKind::Basic),
        scheme("certificate", SecuritySchemeKind::MutualTls),
        scheme("key", api_key(ApiKeyLocation::Header, "x-key", "")),
        scheme("prefixedKey", api_key(ApiKeyLocation::Header, "authorization", "Key")),
        scheme("keyInQuery", api_key(ApiKeyLocation::Query, "a key", "")),
        scheme("keyInCookie", api_key(ApiKeyLocation::Cookie, "sid", "")),
        scheme("unwritable", api_key(ApiKeyLocation::Header, "no header", "")),
    ],
    token_url: "/token",
    ..Settings::DEFAULT
};

const fn scheme(name: &'static str, kind: SecuritySchemeKind) -> SecurityScheme {
    SecurityScheme { name, kind, builder_method: "", placeholders: &[] }
}

const fn api_key(
    location: ApiKeyLocation,
    name: &'static str,
    prefix: &'static str,
) -> SecuritySchemeKind {
    SecuritySchemeKind::ApiKey { location, name, prefix }
}

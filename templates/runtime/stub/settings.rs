//! Stands for the generated `settings.rs`.

use crate::runtime::{SecurityScheme, SecuritySchemeKind, Settings};

/// The model of error responses.
pub type ErrorModel = crate::models::Problem;

pub(crate) static SETTINGS: Settings = Settings {
    user_agent: "runtime/0.1.0",
    security_schemes: &[SecurityScheme {
        name: "token",
        kind: SecuritySchemeKind::Bearer,
        builder_method: "token",
        placeholders: &[],
    }],
    token_url: "/token",
    ..Settings::DEFAULT
};

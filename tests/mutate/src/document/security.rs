//! Security schemes, and what asks for them.

use serde_json::{Map, Value, json};

use super::Builder;
use crate::Choices;

impl<C: Choices> Builder<'_, C> {
    /// `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self) -> Value {
        let mut schemes = Map::new();
        for _ in 0..self.choices.below(4) {
            let (name, scheme) = match self.choices.below(7) {
                0 => ("key", json!({ "type": "apiKey", "in": "header", "name": "X-Key" })),
                1 => ("queryKey", json!({ "type": "apiKey", "in": "query", "name": "key" })),
                2 => ("cookie", json!({ "type": "apiKey", "in": "cookie", "name": "sid" })),
                3 => ("basic", json!({ "type": "http", "scheme": "basic" })),
                4 => {
                    ("bearer", json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }))
                }
                5 => ("oauth", json!({ "type": "oauth2", "flows": self.flows() })),
                _ => (
                    "oidc",
                    json!({ "type": "openIdConnect", "openIdConnectUrl": "https://example.com/c" }),
                ),
            };
            schemes.insert(name.to_owned(), scheme);
        }
        self.security = schemes.keys().cloned().collect();
        Value::Object(schemes)
    }

    fn flows(&mut self) -> Value {
        let scopes = json!({ "read": "Reads", "write:all": "" });
        match self.choices.below(3) {
            0 => json!({ "clientCredentials": { "tokenUrl": "/token", "scopes": scopes } }),
            1 => {
                json!({ "implicit": { "authorizationUrl": "https://example.com/a", "scopes": scopes } })
            }
            _ => json!({}),
        }
    }

    /// What has to be fulfilled: one of several sets of schemes, or nothing.
    pub(super) fn requirements(&mut self) -> Value {
        let mut requirements = Vec::new();
        for _ in 0..self.choices.below(3) {
            let mut requirement = Map::new();
            for _ in 0..self.choices.below(3) {
                let at = self.choices.below(self.security.len());
                if let Some(scheme) = self.security.get(at) {
                    requirement.insert(scheme.clone(), json!([]));
                }
            }
            requirements.push(Value::Object(requirement));
        }
        Value::Array(requirements)
    }
}

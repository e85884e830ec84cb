//! Stands for the generated `security.rs`.

use crate::runtime::{ClientBuilder, Credential, SecretString};

impl ClientBuilder {
    /// Authorizes calls by the security scheme `token`: a bearer token (RFC 6750).
    pub fn token(self, token: impl Into<SecretString>) -> Self {
        self.credential("token", Credential::bearer(token))
    }
}

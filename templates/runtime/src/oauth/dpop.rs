//! Proofs of possession (RFC 9449, "DPoP").

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::json;

use super::key::{SigningKey, encode, random_id};
use crate::runtime::api_error::ApiError;
use crate::runtime::operation::Method;

/// The header that carries the server's nonce.
const NONCE_HEADER: &str = "dpop-nonce";
/// The error of a server that wants a nonce in the proof.
pub(super) const USE_NONCE: &str = "use_dpop_nonce";

/// The key that tokens are bound to, and the nonces that servers gave.
#[derive(Default)]
pub(super) struct Prover {
    key: OnceLock<SigningKey>,
    nonces: Mutex<HashMap<Audience, String>>,
}

/// Whose nonce it is. The token endpoint and the API have nonces of their own, even on
/// one host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Audience {
    TokenEndpoint,
    Api(String),
}

impl Audience {
    pub(super) fn api(url: &Url) -> Self {
        Self::Api(url.origin().ascii_serialization())
    }
}

impl Prover {
    /// The proof for one request, with a token that it sends along or without (section
    /// 4.2).
    pub(super) fn proof(
        &self,
        audience: &Audience,
        method: Method,
        url: &Url,
        token: Option<&str>,
    ) -> Result<String, String> {
        let key = self.key()?;
        let header = json!({ "typ": "dpop+jwt", "alg": key.algorithm(), "jwk": key.public_jwk() });
        let mut target = url.clone();
        target.set_query(None);
        target.set_fragment(None);
        let mut claims = json!({
            "jti": random_id()?,
            "htm": method.as_str(),
            "htu": target.as_str(),
            "iat": Timestamp::now().as_second(),
        });
        if let Some(token) = token {
            claims["ath"] = encode(digest(&SHA256, token.as_bytes())).into();
        }
        if let Some(nonce) = self.nonces().get(audience) {
            claims["nonce"] = nonce.as_str().into();
        }
        key.sign(&header, &claims)
    }

    /// Keeps the nonce of an answer, if it has one (section 8.2).
    pub(super) fn keep_nonce(&self, audience: Audience, headers: &HeaderMap) {
        if let Some(nonce) = headers.get(NONCE_HEADER).and_then(|value| value.to_str().ok()) {
            self.nonces().insert(audience, nonce.to_owned());
        }
    }

    fn key(&self) -> Result<&SigningKey, String> {
        if self.key.get().is_none() {
            // If another call was faster, its key stays and this one is dropped.
            let _ = self.key.set(SigningKey::generate()?);
        }
        self.key.get().ok_or_else(|| "no key can be made".to_owned())
    }

    fn nonces(&self) -> MutexGuard<'_, HashMap<Audience, String>> {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the server refused a proof because it wants a nonce, which it gave along
/// (sections 8 and 9).
pub(crate) fn wants_nonce(error: &ApiError) -> bool {
    let challenge = error.headers().get_all(WWW_AUTHENTICATE).iter();
    let in_challenge =
        challenge.filter_map(|value| value.to_str().ok()).any(|value| value.contains(USE_NONCE));
    error.headers().contains_key(NONCE_HEADER)
        && (in_challenge || oauth_error(error).as_deref() == Some(USE_NONCE))
}

/// The code of an OAuth error (RFC 6749, section 5.2).
pub(super) fn oauth_error(error: &ApiError) -> Option<String> {
    error.text_at("/error")
}

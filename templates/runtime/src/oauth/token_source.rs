//! Where access tokens come from, and how long they are kept.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::dpop::{Audience, Prover, oauth_error, wants_nonce};
use super::key::{SigningKey, random_id};
use super::private_key_jwt::PrivateKeyJwt;
use crate::runtime::base_url;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::decode;
use crate::runtime::error::{AuthenticationError, Error, Result};
use crate::runtime::operation::{Method, Operation};
use crate::runtime::retry::Retries;
use crate::runtime::shown::Shown;

/// How long before its end a token is no longer used.
const MARGIN: Duration = Duration::from_secs(60);
/// How long a token lives whose life the server does not tell, in seconds.
pub(crate) const DEFAULT_LIFE: u64 = 300;
/// How long a token is kept at most, in seconds: a day.
pub(crate) const MAX_LIFE: u64 = 86_400;
/// How long an assertion may be used, in seconds.
const ASSERTION_LIFE: i64 = 300;
/// How often the token endpoint may ask for something else: a proof, then a nonce in it.
const MAX_DEMANDS: u32 = 2;

/// The request for a token (RFC 6749, section 4.4.2). It changes nothing on the server,
/// so that it may be made again.
static TOKEN: Operation = Operation {
    id: "token",
    method: Method::POST,
    path: "/token",
    accept: "application/json",
    idempotent: true,
    ..Operation::DEFAULT
};

/// An access token.
pub(crate) struct AccessToken {
    secret: SecretString,
    /// The token is bound to the key of the proofs.
    bound: bool,
    use_until: Instant,
}

impl AccessToken {
    pub(crate) fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("AccessToken").field("bound", &self.bound).finish_non_exhaustive()
    }
}

/// Gets access tokens and keeps the current one for all calls of a client.
pub(crate) struct TokenSource {
    configuration: PrivateKeyJwt,
    key: std::result::Result<SigningKey, String>,
    prover: Prover,
    /// The server wants proofs: the caller says so, or it was learned from an answer.
    proves: AtomicBool,
    /// Held while a token is fetched, so that all who need one wait for the same.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<AccessToken>>,
    /// Why the last token could not be had, and when: those who waited for it fail with
    /// it.
    failure: Option<(Instant, String)>,
}

impl TokenSource {
    pub(crate) fn new(configuration: PrivateKeyJwt) -> Self {
        Self {
            key: SigningKey::parse(configuration.private_key.expose_secret()),
            proves: AtomicBool::new(configuration.dpop),
            configuration,
            prover: Prover::default(),
            state: Mutex::default(),
        }
    }

    /// What is wrong with the configuration, without the key.
    pub(crate) fn problem(&self) -> Option<String> {
        if self.configuration.client_id.is_empty() {
            return Some("the client id is empty".to_owned());
        }
        self.key.as_ref().err().cloned()
    }

    /// The current token, or a new one where there is none.
    pub(crate) async fn token(
        &self,
        client: &Client,
        operation: &'static Operation,
    ) -> Result<Arc<AccessToken>> {
        let asked_at = Instant::now();
        let mut state = self.state.lock().await;
        if let Some(token) = &state.token
            && Instant::now() < token.use_until
        {
            return Ok(token.clone());
        }
        if let Some((failed_at, message)) = &state.failure
            && *failed_at > asked_at
        {
            return Err(Error::Authentication(AuthenticationError::new(
                operation,
                message.clone(),
            )));
        }
        match self.fetch(client).await {
            Ok(token) => {
                let token = Arc::new(token);
                *state = State { token: Some(token.clone()), failure: None };
                Ok(token)
            }
            Err(cause) => {
                let message = format!("no access token: {}", reason(&cause));
                let error = AuthenticationError::new(operation, message.clone());
                *state = State { token: None, failure: Some((Instant::now(), message)) };
                Err(Error::Authentication(error.because(cause.into())))
            }
        }
    }

    /// Gives up a token that the server refused, unless there is a newer one already.
    pub(crate) async fn refuse(&self, token: &Arc<AccessToken>) {
        let mut state = self.state.lock().await;
        state.token.take_if(|current| Arc::ptr_eq(current, token));
    }

    /// The proof for a request with that token, if the token is bound to a key.
    pub(crate) fn proof(
        &self,
        token: &AccessToken,
        operation: &'static Operation,
        url: &Url,
    ) -> Result<Option<String>> {
        if !token.bound {
            return Ok(None);
        }
        self.prover
            .proof(&Audience::api(url), operation.method, url, Some(token.expose()))
            .map(Some)
            .map_err(|message| Error::Authentication(AuthenticationError::new(operation, message)))
    }

    /// Keeps the nonce that an answer of the API gives for the next proofs.
    pub(crate) fn keep_nonce(&self, url: &Url, headers: &reqwest::header::HeaderMap) {
        self.prover.keep_nonce(Audience::api(url), headers);
    }

    /// Asks for a token until there is one. Each request has an assertion and a proof of its own,
    /// since servers refuse one that they saw before.
    async fn fetch(&self, client: &Client) -> Result<AccessToken> {
        let url = self.token_url(client)?;
        let known = (url.to_string(), self.configuration.client_id.clone());
        if proving().contains(&known) {
            self.proves.store(true, Ordering::Relaxed);
        }
        let shared = &client.inner;
        let mut retries =
            Retries::new(shared.retry, &shared.settings.retry, &TOKEN, None, &shared.retry_tokens);
        let mut demands = 0;
        loop {
            let error = match self.exchange(client, &url).await {
                // A token that is bound to a key is bound to ours only if we proved that we have
                // it; so the server is asked once more, with a proof.
                Ok(token) if token.bound && !self.proves.swap(true, Ordering::Relaxed) => continue,
                Ok(token) => {
                    if token.bound {
                        proving().insert(known);
                    }
                    return Ok(token);
                }
                Err(error) => error,
            };
            if let Error::Api(error) = &error {
                // A nonce may come with any answer, a rate limit among them.
                self.prover.keep_nonce(Audience::TokenEndpoint, error.headers());
            }
            if demands < MAX_DEMANDS && self.yields_to(&error) {
                demands += 1;
                continue;
            }
            match retries.wait_after(&error) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    /// Whether the token endpoint asks for a proof, or for a nonce in it, which the next request
    /// then has.
    fn yields_to(&self, error: &Error) -> bool {
        let Error::Api(error) = error else { return false };
        let wants_proof = !self.proves.load(Ordering::Relaxed)
            && oauth_error(error).as_deref() == Some("invalid_dpop_proof");
        if !wants_proof && !wants_nonce(error) {
            return false;
        }
        self.proves.store(true, Ordering::Relaxed);
        true
    }

    /// One request to the token endpoint, and its answer.
    async fn exchange(&self, client: &Client, url: &Url) -> Result<AccessToken> {
        let sign_error = |message| Error::Authentication(AuthenticationError::new(&TOKEN, message));
        let assertion = self.assertion(url).map_err(sign_error)?;
        let scope = self.configuration.scopes.join(" ");
        let mut form = json!({
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        });
        if !scope.is_empty() {
            form["scope"] = scope.into();
        }
        let mut call = Call::new(client, &TOKEN).at(url.clone()).form(&form).max_retries(0);
        if self.proves.load(Ordering::Relaxed) {
            let proof = self.prover.proof(&Audience::TokenEndpoint, TOKEN.method, url, None);
            call = call.secret_header("DPoP", &proof.map_err(sign_error)?);
        }
        let asked_at = Instant::now();
        let response = call.send(decode::json::<Value>).await?;
        self.prover.keep_nonce(Audience::TokenEndpoint, response.headers());
        read_token(response.body(), asked_at)
    }

    fn assertion(&self, url: &Url) -> std::result::Result<String, String> {
        let key = self.key.as_ref().map_err(Clone::clone)?;
        let mut header = json!({ "typ": "JWT", "alg": key.algorithm() });
        if let Some(key_id) = self.key_id() {
            header["kid"] = key_id.into();
        }
        let now = Timestamp::now().as_second();
        let claims = json!({
            "iss": self.configuration.client_id,
            "sub": self.configuration.client_id,
            "aud": url.as_str(),
            "iat": now,
            "exp": now + ASSERTION_LIFE,
            "jti": random_id()?,
        });
        key.sign(&header, &claims)
    }

    fn key_id(&self) -> Option<String> {
        let jwk = || {
            let text = self.configuration.private_key.expose_secret();
            serde_json::from_str::<Value>(text).ok()?["kid"].as_str().map(str::to_owned)
        };
        self.configuration.key_id.clone().or_else(jwk)
    }

    /// The token endpoint's URL: the caller's, or the API's under the client's base URL.
    fn token_url(&self, client: &Client) -> Result<Url> {
        let shared = &client.inner;
        let default = shared.settings.token_url;
        let text = self.configuration.token_url.as_deref().unwrap_or(default);
        if text.is_empty() {
            let message = "there is no token endpoint; use `PrivateKeyJwt::token_url`";
            return Err(Error::Authentication(AuthenticationError::new(&TOKEN, message)));
        }
        if text.starts_with('/') {
            let mut url = shared.base_url.clone();
            let path = format!("{}{text}", url.path().trim_end_matches('/'));
            url.set_path(&path);
            return Ok(url);
        }
        base_url::parse(text, shared.allow_http, shared.settings).map_err(|problems| {
            let message = format!("the token endpoint: {}", problems.join("; "));
            Error::Authentication(AuthenticationError::new(&TOKEN, message))
        })
    }
}

/// The token endpoints that gave tokens bound to a key, with the client's id: all clients of the process
/// begin with a proof there.
fn proving() -> MutexGuard<'static, BTreeSet<(String, String)>> {
    static PROVING: StdMutex<BTreeSet<(String, String)>> = StdMutex::new(BTreeSet::new());
    PROVING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why there is no token; a refusal in the words of RFC 6749, section 5.2.
fn reason(error: &Error) -> String {
    let Error::Api(api) = error else { return error.to_string() };
    let Some(code) = api.text_at("/error") else { return error.to_string() };
    let description = api.text_at("/error_description");
    let description = description.as_deref().unwrap_or("no description");
    let (code, description) = (Shown(&code), Shown(description));
    format!("the token endpoint answered {}: {code}: {description}", api.status())
}

/// Reads the answer of the token endpoint (RFC 6749, section 5.1).
fn read_token(body: &Value, asked_at: Instant) -> Result<AccessToken> {
    let error = |message: &str| Error::Authentication(AuthenticationError::new(&TOKEN, message));
    let Some(secret) = body["access_token"].as_str().filter(|secret| !secret.is_empty()) else {
        return Err(error("the token endpoint's answer has no `access_token`"));
    };
    let bound = match body["token_type"].as_str() {
        Some(kind) if kind.eq_ignore_ascii_case("Bearer") => false,
        Some(kind) if kind.eq_ignore_ascii_case("DPoP") => true,
        _ => {
            return Err(error("the token endpoint's `token_type` is neither Bearer nor DPoP"));
        }
    };
    let life = life(&body["expires_in"]);
    // Of a short life, a tenth is enough.
    let margin = MARGIN.min(life / 10);
    Ok(AccessToken { secret: secret.into(), bound, use_until: asked_at + (life - margin) })
}

/// How long a token lives (RFC 6749, section 5.1: `expires_in`, in seconds; some servers write the
/// number as a text). A time that is over, or is none, is no life that could be relied on.
pub(crate) fn life(expires_in: &Value) -> Duration {
    let seconds = match expires_in {
        Value::Null => Some(DEFAULT_LIFE as f64),
        Value::String(text) => text.trim().parse().ok(),
        number => number.as_f64(),
    };
    let seconds = seconds.filter(|seconds| *seconds > 0.0).unwrap_or_default();
    Duration::from_secs_f64(seconds.min(MAX_LIFE as f64))
}

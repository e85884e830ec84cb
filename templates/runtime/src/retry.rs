//! When a call is made again, and after how long.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use tokio::time::Instant;

use super::api_error::ApiError;
use super::error::Error;
use super::operation::Operation;
use super::retry_tokens::RetryTokens;
use super::settings::RetrySettings;

/// The longest first wait where the server names none; it doubles with every retry.
const FIRST_BACK_OFF: Duration = Duration::from_millis(500);

/// How often a call is made again, and how long it may wait for that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicy {
    pub(crate) max_retries: u32,
    pub(crate) max_wait: Duration,
}

/// The retries of one call.
pub(crate) struct Retries<'c> {
    policy: RetryPolicy,
    settings: &'static RetrySettings,
    operation: &'static Operation,
    deadline: Option<Instant>,
    tokens: &'c RetryTokens,
    idempotency_key: Option<HeaderValue>,
    count: u32,
    first_request_id: Option<HeaderValue>,
}

impl<'c> Retries<'c> {
    pub(crate) fn new(
        policy: RetryPolicy,
        settings: &'static RetrySettings,
        operation: &'static Operation,
        deadline: Option<Instant>,
        tokens: &'c RetryTokens,
    ) -> Self {
        let idempotency_key = needs_key(settings, operation).then(new_key);
        Self {
            policy,
            settings,
            operation,
            deadline,
            tokens,
            idempotency_key,
            count: 0,
            first_request_id: None,
        }
    }

    /// Notes that the call succeeded.
    pub(crate) fn succeed(&self) {
        self.tokens.put_back(self.count);
    }

    /// How long to wait before the call is made again. `None`: it is not made again, and
    /// the error is the caller's.
    pub(crate) fn wait_after(&mut self, error: &Error) -> Option<Duration> {
        if self.count >= self.policy.max_retries {
            return None;
        }
        let wait = self.wanted_wait(error)?;
        let end = Instant::now().checked_add(wait)?;
        let ends_in_time = self.deadline.is_none_or(|deadline| end < deadline);
        if wait > self.policy.max_wait || !ends_in_time {
            return None;
        }
        // A rate limit is no outage: it says itself when to come back.
        let is_outage = error.status() != Some(StatusCode::TOO_MANY_REQUESTS);
        if is_outage && !self.tokens.take() {
            return None;
        }
        self.count += 1;
        if let (None, Error::Api(error)) = (&self.first_request_id, error) {
            let id = error.request_id();
            self.first_request_id = id.and_then(|id| HeaderValue::from_str(id).ok());
        }
        Some(wait)
    }

    /// Tells the server that a request is a retry, and which requests are the same, where the vendor has
    /// headers for that.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
        let name = HeaderName::from_bytes(self.settings.idempotency_key_header.as_bytes());
        if let (Ok(name), Some(key)) = (name, &self.idempotency_key) {
            headers.entry(name).or_insert_with(|| key.clone());
        }
        if self.count == 0 {
            return;
        }
        if let Ok(name) = HeaderName::from_bytes(self.settings.count_header.as_bytes()) {
            headers.insert(name, self.count.into());
        }
        let name = HeaderName::from_bytes(self.settings.request_id_header.as_bytes());
        if let (Ok(name), Some(id)) = (name, &self.first_request_id) {
            headers.insert(name, id.clone());
        }
    }

    fn wanted_wait(&self, error: &Error) -> Option<Duration> {
        let idempotent = self.idempotency_key.is_some() || is_idempotent(self.operation);
        match error {
            Error::Api(error) => match error.status() {
                StatusCode::TOO_MANY_REQUESTS => Some(
                    until_reset(error)
                        .or_else(|| retry_after(error))
                        .unwrap_or_else(|| self.back_off()),
                ),
                StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT if idempotent => {
                    Some(retry_after(error).unwrap_or_else(|| self.back_off()))
                }
                _ => None,
            },
            Error::Transport(_) if idempotent => Some(self.back_off()),
            _ => None,
        }
    }

    /// Exponential back-off with full jitter: any time up to a limit that doubles every
    /// time.
    fn back_off(&self) -> Duration {
        let limit = FIRST_BACK_OFF.saturating_mul(2_u32.saturating_pow(self.count));
        limit.min(self.policy.max_wait).mul_f64(fastrand::f64())
    }
}

fn is_idempotent(operation: &Operation) -> bool {
    operation.idempotent || operation.method.is_idempotent()
}

/// Whether a key tells the server which requests are the same, so that it carries them out once.
fn needs_key(settings: &RetrySettings, operation: &Operation) -> bool {
    !settings.idempotency_key_header.is_empty() && !is_idempotent(operation)
}

/// A key that no other call has: a UUID of version 4 (RFC 9562, section 5.4).
fn new_key() -> HeaderValue {
    let random = fastrand::u128(..) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{random:032x}");
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    HeaderValue::from_str(&parts.join("-")).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The time until the rate limit's window ends, by the server's own clock.
fn until_reset(error: &ApiError) -> Option<Duration> {
    error.rate_limit()?.until_reset(server_time(error.headers()))
}

/// `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after(error: &ApiError) -> Option<Duration> {
    let value = error.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let left = http_date(value)?.duration_since(server_time(error.headers()));
    Duration::try_from(left.max(SignedDuration::ZERO)).ok()
}

/// The time of the answer by the server's clock, or by ours where it sends no `Date`.
pub(crate) fn server_time(headers: &HeaderMap) -> Timestamp {
    let date = headers.get(DATE).and_then(|value| http_date(value.to_str().ok()?));
    date.unwrap_or_else(Timestamp::now)
}

/// Reads a date as HTTP writes it (RFC 9110, section 5.6.7).
fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

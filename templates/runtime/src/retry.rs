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
use super::settings::RetrySettings;

/// The longest first wait where the server names none; it doubles with every retry.
const FIRST_BACK_OFF: Duration = Duration::from_millis(500);
/// What is added to the end of a rate limit's window: clocks tell whole seconds.
const AFTER_RESET: SignedDuration = SignedDuration::from_secs(1);

/// How often a call is made again, and how long it may wait for that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryPolicy {
    pub(crate) max_retries: u32,
    pub(crate) max_wait: Duration,
}

/// The retries of one call.
pub(crate) struct Retries {
    policy: RetryPolicy,
    settings: &'static RetrySettings,
    operation: &'static Operation,
    deadline: Option<Instant>,
    count: u32,
    first_request_id: Option<HeaderValue>,
}

impl Retries {
    pub(crate) fn new(
        policy: RetryPolicy,
        settings: &'static RetrySettings,
        operation: &'static Operation,
        deadline: Option<Instant>,
    ) -> Self {
        Self { policy, settings, operation, deadline, count: 0, first_request_id: None }
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
        self.count += 1;
        if let (None, Error::Api(error)) = (&self.first_request_id, error) {
            let id = error.request_id();
            self.first_request_id = id.and_then(|id| HeaderValue::from_str(id).ok());
        }
        Some(wait)
    }

    /// Tells the server that a request is a retry, where the vendor has headers for
    /// that.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
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
        let idempotent = self.operation.idempotent || self.operation.method.is_idempotent();
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

/// The time until the rate limit's window ends, by the server's own clock.
fn until_reset(error: &ApiError) -> Option<Duration> {
    let reset = error.rate_limit()?.reset?;
    let left = reset.duration_since(server_time(error.headers())).max(SignedDuration::ZERO);
    Duration::try_from(left.saturating_add(AFTER_RESET)).ok()
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

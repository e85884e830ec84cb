//! The rate limit that the server reports with an answer.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;

use super::settings::{RateLimitHeaders, ResetFormat};

/// What is added to the end of a window: clocks tell whole seconds.
pub(crate) const AFTER_RESET: Duration = Duration::from_secs(1);

/// The rate limit that the server reports with an answer. What the server left out is
/// `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests the current window allows.
    pub limit: Option<u64>,
    /// How many of them are left.
    pub remaining: Option<u64>,
    /// When the next window begins. Where the server names several, the earliest.
    pub reset: Option<Timestamp>,
}

impl RateLimit {
    /// How long the window lasts for somebody who waits for its end, at `now` by the server's clock.
    pub(crate) fn until_reset(&self, now: Timestamp) -> Option<Duration> {
        let left = self.reset?.duration_since(now).max(SignedDuration::ZERO);
        Some(Duration::try_from(left).ok()?.saturating_add(AFTER_RESET))
    }

    /// Reads the headers of an answer; `now` gives the time when it arrived. `None` where
    /// there is none of them.
    pub(crate) fn read(
        headers: &HeaderMap,
        names: &RateLimitHeaders,
        now: impl FnOnce() -> Timestamp,
    ) -> Option<Self> {
        let rate_limit = Self {
            limit: smallest(headers, names.limit),
            remaining: smallest(headers, names.remaining),
            reset: smallest(headers, names.reset).and_then(|seconds| {
                let seconds = i64::try_from(seconds).ok()?;
                match names.reset_format {
                    ResetFormat::EpochSeconds => Timestamp::from_second(seconds).ok(),
                    ResetFormat::DeltaSeconds => {
                        now().checked_add(SignedDuration::from_secs(seconds)).ok()
                    }
                }
            }),
        };
        (rate_limit != Self::default()).then_some(rate_limit)
    }
}

/// The smallest number among the values of a header, which may come repeatedly or as a
/// list.
fn smallest(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers
        .iter()
        // To go through all of them costs less than to look for a name, which is parsed for that.
        .filter(|(of, _)| of.as_str().eq_ignore_ascii_case(name))
        .filter_map(|(_, value)| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|value| value.trim().parse().ok())
        .min()
}

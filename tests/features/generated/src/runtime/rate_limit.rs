//! The rate limit that the server reports with an answer.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;

use super::settings::{RateLimitHeaders, ResetFormat};

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
    /// Reads the headers of an answer that arrived at `now`. `None` where there is none
    /// of them.
    pub(crate) fn read(
        headers: &HeaderMap,
        names: &RateLimitHeaders,
        now: Timestamp,
    ) -> Option<Self> {
        let rate_limit = Self {
            limit: smallest(headers, names.limit),
            remaining: smallest(headers, names.remaining),
            reset: smallest(headers, names.reset).and_then(|seconds| {
                let seconds = i64::try_from(seconds).ok()?;
                match names.reset_format {
                    ResetFormat::EpochSeconds => Timestamp::from_second(seconds).ok(),
                    ResetFormat::DeltaSeconds => {
                        now.checked_add(SignedDuration::from_secs(seconds)).ok()
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
    if name.is_empty() {
        return None;
    }
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|value| value.trim().parse().ok())
        .min()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_earliest_of_several_resets_counts() {
        let headers = headers(&[
            ("x-ratelimit-reset", "90, 70"),
            ("x-ratelimit-reset", "80"),
            ("x-ratelimit-remaining", "0"),
        ]);
        let expected =
            RateLimit { limit: None, remaining: Some(0), reset: Timestamp::from_second(70).ok() };
        let read = RateLimit::read(&headers, &RateLimitHeaders::DEFAULT, NOW);
        assert_eq!(read, Some(expected));
    }

    #[test]
    fn headers_that_are_no_numbers_are_no_rate_limit() {
        let headers = headers(&[("x-ratelimit-limit", "many"), ("x-ratelimit-reset", "-1")]);
        assert_eq!(RateLimit::read(&headers, &RateLimitHeaders::DEFAULT, NOW), None);
    }

    #[test]
    fn a_reset_in_seconds_counts_from_now() {
        let names = RateLimitHeaders {
            reset_format: ResetFormat::DeltaSeconds,
            ..RateLimitHeaders::DEFAULT
        };
        let read = RateLimit::read(&headers(&[("x-ratelimit-reset", "5")]), &names, NOW);
        assert_eq!(read.and_then(|limit| limit.reset), Timestamp::from_second(5).ok());
    }
}

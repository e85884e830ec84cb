//! The rate limit that headers tell.

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::runtime::{RateLimit, RateLimitHeaders, ResetFormat};

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
    let read = RateLimit::read(&headers, &RateLimitHeaders::DEFAULT, || NOW);
    assert_eq!(read, Some(expected));
}

#[test]
fn headers_that_are_no_numbers_are_no_rate_limit() {
    let headers = headers(&[("x-ratelimit-limit", "many"), ("x-ratelimit-reset", "-1")]);
    assert_eq!(RateLimit::read(&headers, &RateLimitHeaders::DEFAULT, || NOW), None);
}

#[test]
fn a_reset_in_seconds_counts_from_now() {
    let names =
        RateLimitHeaders { reset_format: ResetFormat::DeltaSeconds, ..RateLimitHeaders::DEFAULT };
    let read = RateLimit::read(&headers(&[("x-ratelimit-reset", "5")]), &names, || NOW);
    assert_eq!(read.and_then(|limit| limit.reset), Timestamp::from_second(5).ok());
}

/// A limit that was not told is not there; a reset beyond all dates is none.
#[test]
fn each_header_stands_for_itself() {
    let read = |pairs| RateLimit::read(&headers(pairs), &RateLimitHeaders::DEFAULT, || NOW);
    assert_eq!(read(&[]), None);
    let limit = read(&[("x-ratelimit-limit", " 600 ")]);
    assert_eq!(limit, Some(RateLimit { limit: Some(600), ..RateLimit::default() }));
    let huge = read(&[("x-ratelimit-reset", "18446744073709551615"), ("x-ratelimit-limit", "1")]);
    assert_eq!(huge, Some(RateLimit { limit: Some(1), ..RateLimit::default() }));
}

#[test]
fn a_vendor_without_such_headers_has_no_rate_limit() {
    let names =
        RateLimitHeaders { limit: "", remaining: "", reset: "", ..RateLimitHeaders::DEFAULT };
    let sent = headers(&[("x-ratelimit-limit", "600"), ("x-ratelimit-reset", "5")]);
    assert_eq!(RateLimit::read(&sent, &names, || NOW), None);
}

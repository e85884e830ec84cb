//! Whether and when a call is made again (RFC 9110, RFC 6585).

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderMap;
use tokio::time::Instant;

use super::{answer, headers};
use crate::runtime::retry::{Retries, RetryPolicy, server_time};
use crate::runtime::retry_tokens::RetryTokens;
use crate::runtime::{ApiError, Error, Method, Operation, RetrySettings, Settings, TransportError};

static GET: Operation = Operation { id: "get", method: Method::GET, ..Operation::DEFAULT };
static POST: Operation = Operation { id: "post", method: Method::POST, ..Operation::DEFAULT };
static SAFE_POST: Operation = Operation { id: "safePost", idempotent: true, ..POST };

/// The example of RFC 9110, section 5.6.7, and half a minute later.
const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const LATER: &str = "Sun, 06 Nov 1994 08:50:07 GMT";
const DATE_IN_SECONDS: i64 = 784_111_777;

const POLICY: RetryPolicy = RetryPolicy { max_retries: 2, max_wait: Duration::from_secs(60) };

/// None of the tests that take these empties them.
static TOKENS: RetryTokens = RetryTokens::new();

fn retries(operation: &'static Operation) -> Retries<'static> {
    let tokens = Box::leak(Box::new(RetryTokens::new()));
    Retries::new(POLICY, &RetrySettings::DEFAULT, operation, None, tokens)
}

fn error(status: u16, pairs: &[(&'static str, &str)]) -> Error {
    let url = Url::parse("https://api.test/v1").expect("a URL");
    let answer = answer(&GET, status, headers(pairs), "");
    Error::Api(ApiError::new(answer, &url, &Settings::DEFAULT))
}

fn wait(operation: &'static Operation, error: &Error) -> Option<Duration> {
    retries(operation).wait_after(error)
}

fn seconds(seconds: u64) -> Option<Duration> {
    Some(Duration::from_secs(seconds))
}

/// RFC 9110, section 10.2.3: a number of seconds, or a date.
#[test]
fn retry_after_is_obeyed() {
    for status in [429, 503, 504] {
        assert_eq!(wait(&GET, &error(status, &[("retry-after", "0")])), seconds(0));
        assert_eq!(wait(&GET, &error(status, &[("retry-after", "30")])), seconds(30));
        let dates = [("date", DATE), ("retry-after", LATER)];
        assert_eq!(wait(&GET, &error(status, &dates)), seconds(30));
        let past = [("date", LATER), ("retry-after", DATE)];
        assert_eq!(wait(&GET, &error(status, &past)), seconds(0));
    }
}

/// 2^64 - 1 seconds cannot be waited for, and 2^64 is no number of them that could be read.
#[test]
fn a_wait_that_is_too_long_is_no_retry() {
    assert_eq!(wait(&GET, &error(429, &[("retry-after", "60")])), seconds(60));
    for text in ["61", "18446744073709551615"] {
        assert_eq!(wait(&GET, &error(429, &[("retry-after", text)])), None);
    }
    let unreadable = wait(&GET, &error(429, &[("retry-after", "18446744073709551616")]));
    assert!(unreadable <= Some(Duration::from_millis(500)) && unreadable.is_some());
}

/// The server names no wait, or none that can be read.
#[test]
fn without_a_time_the_wait_doubles_at_most() {
    for text in ["soon", "-1", "1.5", ""] {
        let error = error(503, &[("retry-after", text)]);
        let mut longest = [Duration::ZERO; 2];
        for _ in 0..50 {
            let mut retries = retries(&GET);
            let waits = [retries.wait_after(&error), retries.wait_after(&error)];
            assert!(waits[0].is_some_and(|wait| wait <= Duration::from_millis(500)), "{waits:?}");
            assert!(waits[1].is_some_and(|wait| wait <= Duration::from_millis(1000)), "{waits:?}");
            assert_eq!(retries.wait_after(&error), None, "two retries were allowed");
            longest = [0, 1].map(|index| longest[index].max(waits[index].unwrap_or_default()));
        }
        // All of fifty within the lower half would be a chance of one in 2^50.
        assert!(longest[0] > Duration::from_millis(250), "{longest:?}");
        assert!(longest[1] > Duration::from_millis(500), "{longest:?}");
    }
}

/// RFC 9110, section 9.2.2: what is not idempotent is not repeated, unless it was not begun
/// (RFC 6585, section 4).
#[test]
fn only_what_may_be_repeated_is_repeated() {
    let now = [("retry-after", "0")];
    for status in [503, 504] {
        assert_eq!(wait(&POST, &error(status, &now)), None);
        assert_eq!(wait(&SAFE_POST, &error(status, &now)), seconds(0));
    }
    assert_eq!(wait(&POST, &error(429, &now)), seconds(0));
    let broken = |operation| Error::Transport(TransportError::new(operation, "reset".into()));
    assert!(wait(&GET, &broken(&GET)).is_some());
    assert!(wait(&SAFE_POST, &broken(&SAFE_POST)).is_some());
    assert_eq!(wait(&POST, &broken(&POST)), None);
}

#[test]
fn other_refusals_are_final() {
    for status in [301, 400, 401, 404, 408, 409, 500, 501, 502, 505] {
        assert_eq!(wait(&GET, &error(status, &[("retry-after", "0")])), None, "{status}");
    }
}

/// The reset counts before `Retry-After`, by the server's clock, and a second is added.
#[test]
fn a_rate_limit_is_waited_for() {
    let reset = |after: i64| (DATE_IN_SECONDS + after).to_string();
    let (soon, past) = (reset(4), reset(-100));
    let limited = |reset: &str| {
        let pairs = [("date", DATE), ("retry-after", "9"), ("x-ratelimit-reset", reset)];
        error(429, &pairs)
    };
    assert_eq!(wait(&GET, &limited(&soon)), seconds(5));
    assert_eq!(wait(&GET, &limited(&past)), seconds(1));
    assert_eq!(wait(&GET, &limited("never")), seconds(9));
}

#[test]
fn a_wait_beyond_the_deadline_is_no_retry() {
    let deadline = Instant::now().checked_add(Duration::from_secs(20));
    let retries = || Retries::new(POLICY, &RetrySettings::DEFAULT, &GET, deadline, &TOKENS);
    assert_eq!(retries().wait_after(&error(429, &[("retry-after", "25")])), None);
    assert_eq!(retries().wait_after(&error(429, &[("retry-after", "10")])), seconds(10));
}

/// The server learns that a request is a retry where it has headers for that.
#[test]
fn a_retry_is_marked() {
    static HEADERS: RetrySettings = RetrySettings {
        count_header: "x-retry-count",
        request_id_header: "x-retry-for",
        ..RetrySettings::DEFAULT
    };
    let marks = |retries: &Retries| {
        let mut headers = HeaderMap::new();
        retries.mark(&mut headers);
        let text =
            |name| headers.get(name).and_then(|value| value.to_str().ok().map(str::to_owned));
        (text("x-retry-count"), text("x-retry-for"))
    };
    let mut retries = Retries::new(POLICY, &HEADERS, &GET, None, &TOKENS);
    assert_eq!(marks(&retries), (None, None), "the first request is no retry");
    for (count, id) in [("1", "first"), ("2", "second")] {
        retries.wait_after(&error(429, &[("retry-after", "0"), ("x-request-id", id)]));
        assert_eq!(marks(&retries), (Some(count.to_owned()), Some("first".to_owned())));
    }
}

#[test]
fn the_servers_clock_is_its_date() {
    assert_eq!(server_time(&headers(&[("date", DATE)])).as_second(), DATE_IN_SECONDS);
    let ours = server_time(&headers(&[("date", "yesterday")]));
    assert!(ours.as_second() > DATE_IN_SECONDS, "what is no date is not taken for one");
}

#[test]
fn an_outage_ends_the_retries_of_a_client_and_successes_bring_them_back() {
    let tokens = RetryTokens::new();
    let retry = || {
        let mut retries = Retries::new(POLICY, &RetrySettings::DEFAULT, &GET, None, &tokens);
        retries.wait_after(&error(503, &[])).map(|_| retries)
    };
    let count = (0..1000).filter(|_| retry().is_some()).count();
    assert_eq!(count, 100);
    // A rate limit says itself when to come back.
    let mut limited = Retries::new(POLICY, &RetrySettings::DEFAULT, &GET, None, &tokens);
    assert_eq!(limited.wait_after(&error(429, &[("retry-after", "1")])), seconds(1));
    for _ in 0..5 {
        assert!(retry().is_none());
        Retries::new(POLICY, &RetrySettings::DEFAULT, &GET, None, &tokens).succeed();
    }
    let helped = retry().expect("five successes are worth a retry");
    helped.succeed();
    assert!(retry().is_some(), "one that helped costs nothing");
}

#[test]
fn a_key_makes_what_is_not_idempotent_safe_to_repeat() {
    static KEYED: RetrySettings =
        RetrySettings { idempotency_key_header: "idempotency-key", ..RetrySettings::DEFAULT };
    let key = |retries: &Retries| {
        let mut headers = HeaderMap::new();
        retries.mark(&mut headers);
        headers.get("idempotency-key").map(|key| key.to_str().expect("a text").to_owned())
    };
    let mut retries = Retries::new(POLICY, &KEYED, &POST, None, &TOKENS);
    let first = key(&retries).expect("a key");
    assert!(retries.wait_after(&error(503, &[])).is_some());
    assert_eq!(key(&retries).as_ref(), Some(&first), "a repetition has the same");
    let other = key(&Retries::new(POLICY, &KEYED, &POST, None, &TOKENS)).expect("a key");
    assert_ne!(first, other);
    let keys: Vec<String> = (0..1000)
        .filter_map(|_| key(&Retries::new(POLICY, &KEYED, &POST, None, &TOKENS)))
        .collect();
    // RFC 9562, section 5.4: version and variant are fixed, and nothing else.
    for place in 0..36 {
        let found: BTreeSet<u8> = keys.iter().map(|key| key.as_bytes()[place]).collect();
        let digits: &[u8] = match place {
            8 | 13 | 18 | 23 => b"-",
            14 => b"4",
            19 => b"89ab",
            _ => b"0123456789abcdef",
        };
        assert_eq!(found, digits.iter().copied().collect(), "{place}");
    }
    let lengths: Vec<usize> = first.split('-').map(str::len).collect();
    assert_eq!((lengths, first.as_bytes()[14]), (vec![8, 4, 4, 4, 12], b'4'));
    assert_eq!(key(&Retries::new(POLICY, &KEYED, &GET, None, &TOKENS)), None);
    let mut own = headers(&[("idempotency-key", "mine")]);
    retries.mark(&mut own);
    assert_eq!(own["idempotency-key"], "mine");
}

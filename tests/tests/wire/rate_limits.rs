//! How long a call waits after a 429.

use std::time::Duration;

use okta_sdk::Error;
use okta_sdk::models::CreateSessionRequest;
use tokio::time::Instant;

use crate::support::network::{NOW, Network, answer};

fn in_seconds(seconds: u64) -> String {
    (NOW + seconds).to_string()
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_the_smallest_reset_and_one_second() {
    let resets = format!("{}, {}", in_seconds(9), in_seconds(4));
    let limited = answer(429, &[("x-rate-limit-reset", &resets)]);
    let network = Network::new([limited.clone(), limited, answer(200, &[])]);
    network.client().session().get_session("1").await.expect("a session");
    assert_eq!(network.times(), [0, 5_000, 10_000]);
}

#[tokio::test(start_paused = true)]
async fn a_reset_in_the_past_waits_one_second() {
    let past = (NOW - 100).to_string();
    let limited = answer(429, &[("x-rate-limit-reset", &past)]);
    let network = Network::new([limited, answer(200, &[])]);
    network.client().session().get_session("1").await.expect("a session");
    assert_eq!(network.times(), [0, 1_000]);
}

#[tokio::test(start_paused = true)]
async fn without_a_reset_the_servers_retry_after_counts() {
    for retry_after in ["7", "Tue, 14 Nov 2023 22:13:27 GMT"] {
        let limited = answer(429, &[("retry-after", retry_after)]);
        let network = Network::new([limited, answer(200, &[])]);
        network.client().session().get_session("1").await.expect("a session");
        assert_eq!(network.times(), [0, 7_000]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_whatever_its_method() {
    let network = Network::new([answer(429, &[("retry-after", "1")]), answer(200, &[])]);
    let request = CreateSessionRequest::new();
    network.client().session().create_session(&request).await.expect("a session");
    assert_eq!(network.times(), [0, 1_000]);
}

#[tokio::test(start_paused = true)]
async fn too_long_a_wait_fails_at_once() {
    let reset = in_seconds(60);
    let limited = answer(429, &[("x-rate-limit-reset", &reset), ("x-rate-limit-remaining", "0")]);
    let network = Network::new([limited.clone(), answer(200, &[])]);
    let start = Instant::now();
    let result = network.client().session().get_session("1").await;
    let Err(Error::Api(error)) = result else { panic!("{result:?}") };
    assert_eq!(error.status(), 429);
    let rate_limit = error.rate_limit().expect("the answer has a rate limit");
    assert_eq!(rate_limit.remaining, Some(0));
    assert_eq!(rate_limit.reset.map(|reset| reset.as_second().to_string()), Some(reset));
    assert_eq!(start.elapsed(), Duration::ZERO);

    let network = Network::new([limited, answer(200, &[])]);
    let sessions = network.client().session();
    sessions.get_session("1").max_retry_wait(Duration::from_secs(61)).await.expect("a session");
    assert_eq!(network.times(), [0, 61_000]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_past_the_time_out_of_the_call_fails_at_once() {
    let network = Network::new([answer(429, &[("retry-after", "10")]), answer(200, &[])]);
    let start = Instant::now();
    let request = network.client().session().get_session("1").timeout(Duration::from_secs(10));
    let error = request.await.expect_err("there is no time to wait");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

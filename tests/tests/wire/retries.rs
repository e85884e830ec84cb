//! Which failures are tried again, how often, and what a retry sends.

use std::sync::atomic::{AtomicBool, Ordering};

use okta_sdk::models::CreateSessionRequest;
use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::network::{Network, Outcome, answer};
use crate::support::server::{answering, builder, header, requests};

#[tokio::test(start_paused = true)]
async fn failures_that_pass_are_retried_where_the_method_is_idempotent() {
    for failure in [answer(503, &[]), answer(504, &[]), Outcome::Broken] {
        let network = || Network::new([failure.clone(), answer(200, &[])]);
        let (get, delete, post) = (network(), network(), network());
        get.client().session().get_session("1").await.expect("a session");
        assert_eq!(get.count(), 2, "{failure:?}");
        delete.client().session().end_session("1").await.expect("the session is ended");
        assert_eq!(delete.count(), 2, "{failure:?}");
        post.client().session().refresh_session("1").await.expect_err("a POST");
        assert_eq!(post.count(), 1, "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn other_answers_are_final() {
    for status in [400, 401, 403, 404, 409, 500, 501, 502] {
        let network = Network::new([answer(status, &[]), answer(200, &[])]);
        network.client().session().get_session("1").await.expect_err("a refusal");
        assert_eq!(network.count(), 1, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_retries_are_made_unless_client_or_call_say_otherwise() {
    let limited = || Network::new([answer(429, &[("retry-after", "1")])]);
    let (default, client, call) = (limited(), limited(), limited());
    default.client().session().get_session("1").await.expect_err("always 429");
    assert_eq!(default.count(), 3);

    let patient = client.builder().max_retries(5).build().expect("a client");
    patient.session().get_session("1").await.expect_err("always 429");
    assert_eq!(client.count(), 6);

    let patient = call.builder().max_retries(5).build().expect("a client");
    patient.session().get_session("1").max_retries(0).await.expect_err("always 429");
    assert_eq!(call.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_retry_says_which_request_it_repeats() {
    let limited = |id| answer(429, &[("retry-after", "1"), ("x-okta-request-id", id)]);
    let network = Network::new([limited("first"), limited("second"), answer(200, &[])]);
    network.client().session().get_session("1").await.expect("a session");
    for name in ["x-okta-retry-for", "x-okta-retry-count"] {
        assert_eq!(network.header(0, name), None);
    }
    for (attempt, count) in [(1, "1"), (2, "2")] {
        assert_eq!(network.header(attempt, "x-okta-retry-for").as_deref(), Some("first"));
        assert_eq!(network.header(attempt, "x-okta-retry-count").as_deref(), Some(count));
    }
}

#[tokio::test(start_paused = true)]
async fn without_any_hint_the_wait_is_random_and_its_limit_doubles() {
    let mut waits = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..50 {
        let network = Network::new([answer(503, &[])]);
        let sessions = network.client().session();
        sessions.get_session("1").max_retries(3).await.expect_err("always 503");
        let times = network.times();
        assert_eq!(times.len(), 4);
        for (waits, pair) in waits.iter_mut().zip(times.windows(2)) {
            waits.push(pair[1] - pair[0]);
        }
    }
    for (waits, limit) in waits.iter().zip([500, 1_000, 2_000]) {
        let longest = *waits.iter().max().expect("there are fifty");
        // Of fifty, the longest is below half of the limit once in 2^50 runs. A timer may add one.
        assert!(longest > limit / 2 && longest <= limit + 1, "{longest} of {limit}");
        assert!(waits.iter().min() < waits.iter().max());
    }
}

#[tokio::test]
async fn a_retry_is_a_whole_request_on_the_wire() {
    let limited = AtomicBool::new(true);
    let answer = move |_: &Request| match limited.swap(false, Ordering::Relaxed) {
        true => ResponseTemplate::new(429).insert_header("retry-after", "0"),
        false => ResponseTemplate::new(200).set_body_json(example("CreatedSession")),
    };
    let server = answering(answer).await;
    let client = builder(&server.uri()).api_token("token").build().expect("a client");
    let request = CreateSessionRequest::new().session_token("20111");
    client.session().create_session(&request).await.expect("a session");

    let requests = requests(&server).await;
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(request.body, br#"{"sessionToken":"20111"}"#);
        assert_eq!(header(request, "authorization"), Some("SSWS token"));
        assert_eq!(header(request, "content-type"), Some("application/json"));
    }
}

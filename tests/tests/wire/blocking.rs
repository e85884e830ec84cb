//! Calls of programs that are not async.

use std::thread;

use okta_sdk::Error;
use tokio::runtime::Runtime;
use tokio::task::spawn_blocking;
use wiremock::{MockServer, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{API_TOKEN, answering, builder, client, requests, with_a_session};

/// A runtime for the server alone: the test is on none.
fn runtime_with(server: impl Future<Output = MockServer>) -> (Runtime, MockServer) {
    let runtime = Runtime::new().expect("there are threads");
    let server = runtime.block_on(server);
    (runtime, server)
}

#[test]
fn a_call_works_outside_of_a_runtime_and_from_many_threads() {
    let (runtime, server) = runtime_with(with_a_session());
    let client = client(&server.uri());
    let call = || {
        let client = client.clone();
        thread::spawn(move || client.session().get_session("1").send_blocking())
    };
    let threads: Vec<_> = (0..8).map(|_| call()).collect();
    for thread in threads {
        let response = thread.join().expect("no thread panics").expect("a session");
        assert_eq!(response.status(), 200);
        assert_eq!(serde_json::to_value(response.body()).expect("JSON"), example("ActiveSession"));
    }
    assert_eq!(runtime.block_on(requests(&server)).len(), 8);
}

#[test]
fn retries_and_errors_are_those_of_async_calls() {
    let limited = ResponseTemplate::new(429).insert_header("retry-after", "0");
    let (runtime, server) = runtime_with(answering(limited));
    let client = builder(&server.uri()).api_token(API_TOKEN).max_retries(1).build();
    let sessions = client.expect("a client").session();
    let error = sessions.get_session("1").send_blocking().expect_err("always 429");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(runtime.block_on(requests(&server)).len(), 2);
}

#[tokio::test]
async fn within_a_runtime_an_error_says_what_to_do() {
    let server = with_a_session().await;
    let client = client(&server.uri());
    let error = client.session().get_session("1").send_blocking().expect_err("a runtime");
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("await the async method"), "{error}");
    assert!(requests(&server).await.is_empty());

    // A thread of its own is not within the runtime.
    let call = thread::spawn(move || client.session().get_session("1").send_blocking());
    let result = spawn_blocking(|| call.join()).await.expect("no task panics");
    result.expect("no thread panics").expect("a session");
}

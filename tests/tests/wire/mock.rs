//! A program's own test, without a server and without hand-written JSON.

use std::time::Duration;

use jiff::Timestamp;
use okta_sdk::Error;
use okta_sdk::models::{self, CreateSessionRequest, Session, SessionStatus};
use okta_sdk::runtime::{Call, Mock, MockAnswer, encode};
use serde_json::json;

use crate::support::pages::{LINKED, all, numbers};

#[tokio::test]
async fn answers_are_typed_and_requests_are_seen() {
    let mock = Mock::new();
    mock.session().create_session().returns(Session::new().id("101W"));
    let client = mock.client();
    let request = CreateSessionRequest::new().session_token("20111");
    let session = client.session().create_session(&request).await.expect("a session");
    assert_eq!(session.id.as_deref(), Some("101W"));
    let received = mock.session().create_session().received();
    assert_eq!(received.len(), 1);
    assert_eq!((received[0].method(), received[0].path()), ("POST", "/api/v1/sessions"));
    assert_eq!(received[0].header("authorization"), Some("SSWS mock"));
    let body: CreateSessionRequest = received[0].json().expect("the request");
    assert_eq!(body, request);
}

#[tokio::test]
async fn answers_come_in_order_and_the_last_one_stays() {
    let mock = Mock::new();
    let error = models::Error::new().error_code("E0000007").error_summary("Not found");
    mock.session()
        .get_session()
        .returns(Session::new().id("first"))
        .fails(429)
        .fails_with(404, error);
    let sessions = mock.client().session();
    assert_eq!(sessions.get_session("1").await.expect("first").id.as_deref(), Some("first"));
    let statuses = |error: Error| error.status().map(|status| status.as_u16());
    assert_eq!(statuses(sessions.get_session("1").await.expect_err("429")), Some(429));
    for _ in 0..2 {
        let error = sessions.get_session("1").await.expect_err("404");
        let api = error.as_api().expect("an API error");
        assert_eq!(api.code(), Some("E0000007"));
        assert_eq!(api.model().and_then(|model| model.error_summary.as_deref()), Some("Not found"));
    }
}

#[tokio::test]
async fn retries_and_headers_can_be_played_through() {
    let mock = Mock::new();
    mock.session()
        .get_session()
        .answers_with(MockAnswer::status(429).header("retry-after", "0"))
        .returns(Session::new().id("1"));
    let client = mock.builder().max_retries(1).build().expect("a client");
    client.session().get_session("a b").await.expect("the second answer");
    let received = mock.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[1].path(), "/api/v1/sessions/a%20b");
    assert_eq!(received[1].header("x-okta-retry-count"), Some("1"));
}

#[tokio::test]
async fn an_operation_without_an_answer_says_what_to_do() {
    let mock = Mock::new();
    mock.session().end_session().returns(());
    let client = mock.client();
    client.session().end_session("1").await.expect("done");
    let error = client.session().get_session("1").await.expect_err("no answer");
    assert!(error.to_string().contains("no answer for `getSession`"), "{error}");
}

#[tokio::test]
async fn mocks_are_apart() {
    let (first, second) = (Mock::new(), Mock::new());
    first.session().get_session().returns(Session::new().id("first"));
    second.session().get_session().returns(Session::new().id("second"));
    let session = first.client().session().get_session("1").await.expect("a session");
    assert_eq!(session.id.as_deref(), Some("first"));
    assert!(second.received().is_empty());
}

/// `id` is a number here, the status a new one, and `mfaActive` a text: the values that fit are there.
#[tokio::test]
async fn an_answer_can_deviate_from_the_document() {
    let mock = Mock::new();
    let text = r#"{"id":101,"status":"PAUSED","login":"ada@example.com","mfaActive":"yes","newer":[null]}"#;
    mock.session().get_session().returns_json(text);
    let answer = mock.client().session().get_session("101").send().await.expect("a session");
    let session = answer.body();
    assert_eq!(session.login.as_deref(), Some("ada@example.com"));
    assert_eq!(session.status, Some(SessionStatus::Unknown("PAUSED".to_owned())));
    assert_eq!((session.id.as_deref(), session.mfa_active), (None, None));
    let deviations = answer.deviations();
    let paths: Vec<&str> = deviations.iter().map(|deviation| deviation.path()).collect();
    assert_eq!(paths, ["$.id", "$.status", "$.mfaActive"]);
    let sent: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(session).expect("JSON"), sent);

    mock.session().get_session().returns_json(json!({ "id": [] }));
    let strict = mock.builder().strict(true).build().expect("a client");
    let error = strict.session().get_session("101").await.expect_err("a deviation");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

/// The headers are those that `spec/sdk.toml` names, and the end of the window is in epoch seconds.
#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_waited_for() {
    let mock = Mock::new();
    let sessions = mock.session();
    sessions
        .get_session()
        .fails_with_rate_limit(60, Duration::from_secs(20))
        .returns(Session::new().id("101"));
    let client = mock.builder().max_retries(1).build().expect("a client");
    let start = tokio::time::Instant::now();
    let session = client.session().get_session("101").await.expect("a session");
    assert_eq!(session.id.as_deref(), Some("101"));
    // A second for each clock that tells whole seconds, and the jitter.
    let waited = start.elapsed();
    assert!((20..30).contains(&waited.as_secs()), "{waited:?}");

    sessions.get_session().fails_with_rate_limit(60, Duration::from_secs(20));
    let error = sessions_error(&mock).await;
    let limit = error.rate_limit().expect("a rate limit");
    assert_eq!((limit.limit, limit.remaining), (Some(60), Some(0)));
    let left = limit.reset.expect("an end").duration_since(Timestamp::now()).as_secs();
    assert!((19..=22).contains(&left), "{left} s");
    assert!(error.is_retryable());
}

/// The error after the answer that is left of an earlier call.
async fn sessions_error(mock: &Mock) -> Error {
    let sessions = mock.client().session();
    sessions.get_session("101").await.expect("the answer before");
    sessions.get_session("101").await.expect_err("the limit is used up")
}

#[tokio::test]
async fn an_answer_tells_what_is_left_of_the_rate_limit() {
    let mock = Mock::new();
    let answer = MockAnswer::status(200).json(&Session::new());
    mock.session().get_session().answers_with(answer.rate_limit(60, 59, Duration::from_millis(1)));
    let answer = mock.client().session().get_session("101").send().await.expect("a session");
    let limit = answer.rate_limit().expect("a rate limit");
    assert_eq!((limit.limit, limit.remaining), (Some(60), Some(59)));
    let reset = limit.reset.expect("an end");
    assert!(reset > Timestamp::now(), "{reset} is rounded up");
}

/// Okta's links repeat the parameters of the request.
#[tokio::test]
async fn a_link_keeps_the_rest_of_the_query() {
    let mock = Mock::new();
    let users = mock.stub::<Vec<u64>>(&LINKED, encode::json);
    users.returns_page([1, 2], "after=00u 2").returns_page([3], "after=00u3").returns([4]);
    let call = Call::new(&mock.client(), &LINKED).query("search", &"a&b").query("after", &"00u1");
    assert_eq!(all(numbers(call)).await.expect("all pages"), [1, 2, 3, 4]);
    let received = users.received();
    let sent = |name| received.iter().flat_map(|it| it.query(name)).collect::<Vec<_>>();
    assert_eq!(sent("after"), ["00u1", "00u 2", "00u3"]);
    assert_eq!(sent("search"), ["a&b"; 3]);
}

//! A program's own test, without a server and without hand-written JSON.

use okta_sdk::Error;
use okta_sdk::models::{self, CreateSessionRequest, Session};
use okta_sdk::runtime::{Mock, MockAnswer};

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

//! The four operations where all goes well: exactly what is sent, and what comes of the answer.

use okta_sdk::models::{CreateSessionRequest, SessionStatus};
use okta_sdk::runtime::{Call, Method, Operation, decode};
use serde_json::Value;
use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{API_TOKEN, answering, client, header, only_request, requests};

const ID: &str = "101W_juydrDRByB7fUdRyE2JQ";

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// The names of all headers of a request, sorted.
fn header_names(request: &Request) -> Vec<&str> {
    let mut names: Vec<&str> = request.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    names
}

/// What every request of a client with an API token has.
fn assert_common_headers(request: &Request) {
    assert_eq!(header(request, "authorization"), Some(&*format!("SSWS {API_TOKEN}")));
    assert_eq!(header(request, "accept"), Some("application/json"));
    let user_agent = header(request, "user-agent").expect("there is a user agent");
    let version = user_agent.strip_prefix("okta-sdk-rust/").expect("it names the SDK");
    assert_eq!(version.split('.').filter(|part| part.parse::<u32>().is_ok()).count(), 3);
}

#[tokio::test]
async fn create_session() {
    let server = answering(ok(&example("CreatedSession"))).await;
    let body = example("CreateSessionRequest");
    let token = body["sessionToken"].as_str().expect("a text");
    let request = CreateSessionRequest::new().session_token(token);
    let session = client(&server.uri()).session().create_session(&request).await.expect("a 200");

    assert_eq!(session.status, Some(SessionStatus::Active));
    assert_eq!(serde_json::to_value(&session).expect("JSON"), example("CreatedSession"));
    let sent = only_request(&server).await;
    assert_eq!((sent.method.as_str(), sent.url.path()), ("POST", "/api/v1/sessions"));
    assert_eq!(sent.url.query(), None);
    assert_common_headers(&sent);
    assert_eq!(header(&sent, "content-type"), Some("application/json"));
    assert_eq!(serde_json::from_slice::<Value>(&sent.body).expect("JSON"), body);
    assert_eq!(
        header_names(&sent),
        [
            "accept",
            "accept-encoding",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent"
        ]
    );
}

#[tokio::test]
async fn get_session() {
    let server = answering(ok(&example("ActiveSession"))).await;
    let session = client(&server.uri()).session().get_session(ID).await.expect("a 200");

    assert_eq!(session.login.as_deref(), Some("ada.lovelace@example.com"));
    assert_eq!(serde_json::to_value(&session).expect("JSON"), example("ActiveSession"));
    let sent = only_request(&server).await;
    assert_eq!(sent.method, "GET");
    assert_eq!(sent.url.path(), format!("/api/v1/sessions/{ID}"));
    assert_eq!(sent.url.query(), None);
    assert_common_headers(&sent);
    assert!(sent.body.is_empty());
    let names = ["accept", "accept-encoding", "authorization", "host", "user-agent"];
    assert_eq!(header_names(&sent), names);
}

#[tokio::test]
async fn end_session() {
    let server = answering(ResponseTemplate::new(204)).await;
    let response = client(&server.uri()).session().end_session(ID).send().await.expect("a 204");

    assert_eq!(response.status(), 204);
    let sent = only_request(&server).await;
    assert_eq!(sent.method, "DELETE");
    assert_eq!(sent.url.path(), format!("/api/v1/sessions/{ID}"));
    assert_eq!(sent.url.query(), None);
    assert_common_headers(&sent);
    assert!(sent.body.is_empty());
    let names = ["accept", "accept-encoding", "authorization", "host", "user-agent"];
    assert_eq!(header_names(&sent), names);
}

#[tokio::test]
async fn refresh_session() {
    let server = answering(ok(&example("RefreshedSession"))).await;
    let session = client(&server.uri()).session().refresh_session(ID).await.expect("a 200");

    assert_eq!(serde_json::to_value(&session).expect("JSON"), example("RefreshedSession"));
    let sent = only_request(&server).await;
    assert_eq!(sent.method, "POST");
    assert_eq!(sent.url.path(), format!("/api/v1/sessions/{ID}/lifecycle/refresh"));
    assert_eq!(sent.url.query(), None);
    assert_common_headers(&sent);
    assert!(sent.body.is_empty());
    // A POST without a body says so (RFC 9110, section 8.6), and claims no media type for it.
    assert_eq!(header(&sent, "content-length"), Some("0"));
    assert_eq!(header(&sent, "content-type"), None);
}

#[tokio::test]
async fn a_response_has_status_request_id_and_rate_limit() {
    let answer = ok(&example("ActiveSession"))
        .insert_header("x-okta-request-id", "request-1")
        .insert_header("x-rate-limit-limit", "600")
        .insert_header("x-rate-limit-remaining", "598")
        .insert_header("x-rate-limit-reset", "1772439360");
    let server = answering(answer).await;
    let response = client(&server.uri()).session().get_session(ID).send().await.expect("a 200");

    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("request-1"));
    let rate_limit = response.rate_limit().expect("the answer has a rate limit");
    assert_eq!((rate_limit.limit, rate_limit.remaining), (Some(600), Some(598)));
    assert_eq!(rate_limit.reset.map(|reset| reset.as_second()), Some(1_772_439_360));
    assert_eq!(response.headers()["x-okta-request-id"], "request-1");
    assert_eq!(response.body().id.as_deref(), Some(ID));
    assert_eq!(response.into_body().id.as_deref(), Some(ID));
}

#[tokio::test]
async fn one_call_can_have_headers_of_its_own() {
    let server = answering(ok(&example("ActiveSession"))).await;
    let sessions = client(&server.uri()).session();
    let request = sessions.get_session(ID).header("X-Trace", "trace-1").header("Accept", "text/x");
    request.await.expect("a 200");

    let sent = only_request(&server).await;
    assert_eq!(header(&sent, "x-trace"), Some("trace-1"));
    assert_eq!(header(&sent, "accept"), Some("text/x"));
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_fails_before_any_request() {
    let server = answering(ok(&example("ActiveSession"))).await;
    let sessions = client(&server.uri()).session();
    for (name, value) in [("x-trace", "a\r\nX-Smuggled: b"), ("X Trace", "a")] {
        let error = sessions.get_session(ID).header(name, value).await.expect_err("no header");
        assert!(matches!(error, okta_sdk::Error::Request(_)), "{error:?}");
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
    assert!(server.received_requests().await.expect("noted").is_empty());
}

/// A method that OpenAPI has no field for (RFC 9110, section 16.1).
#[tokio::test]
async fn a_method_can_be_any_token() {
    static PURGE: Operation =
        Operation { id: "purge", method: Method::Other("PURGE"), path: "/", ..Operation::DEFAULT };
    let server = answering(ResponseTemplate::new(204)).await;
    Call::new(&client(&server.uri()), &PURGE).into_body(decode::empty).await.expect("done");
    assert_eq!(only_request(&server).await.method.as_str(), "PURGE");
    assert!(!PURGE.method.is_idempotent(), "nothing is known of it");
}

#[tokio::test]
async fn a_method_that_is_no_token_is_not_sent_as_another_one() {
    static BROKEN: Operation =
        Operation { id: "broken", method: Method::Other("GET /"), path: "/", ..Operation::DEFAULT };
    let server = answering(ResponseTemplate::new(204)).await;
    let call = Call::new(&client(&server.uri()), &BROKEN).into_body(decode::empty);
    let error = call.await.expect_err("no request");
    assert!(error.to_string().contains("`GET /` cannot be the name of a method"), "{error}");
    assert_eq!(requests(&server).await.len(), 0);
}

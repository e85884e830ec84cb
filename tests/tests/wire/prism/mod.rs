//! An independent judge: Prism, which reads the same document, checks each request of the SDK
//! against it and answers with the document's examples.
//!
//! It needs Node, so these tests run only when they are asked for: see CONTRIBUTING.md. What Prism
//! does not look at, such as cookies, the other tests in `wire` prove on a socket of their own.

mod server;

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::{Client, Error, Response};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use sdk_tests::folder::workspace;
use serde::Serialize;
use serde_json::Value;

use server::Prism;

/// The header in which Prism lists what a request or its own answer breaks.
const VIOLATIONS: &str = "sl-violations";

/// The media type of Prism's own complaints (RFC 9457); the document has no such answer.
const PROBLEM: &str = "application/problem+json";

/// The OpenAPI document as a value.
fn document() -> Value {
    let path = workspace().join("spec/okta.yaml");
    let text = std::fs::read_to_string(path).expect("the document can be read");
    serde_yaml::from_str(&text).expect("the document is YAML")
}

/// The value at a JSON pointer, which must be there.
fn at<'d>(document: &'d Value, pointer: &str) -> &'d Value {
    document.pointer(pointer).unwrap_or_else(|| panic!("the document has no {pointer}"))
}

/// The value of one of the document's named examples.
fn example<'d>(document: &'d Value, name: &str) -> &'d Value {
    at(document, &format!("/components/examples/{name}/value"))
}

/// The path parameter that the document has as an example.
fn session_id(document: &Value) -> &str {
    at(document, "/components/parameters/SessionId/example").as_str().expect("it is a string")
}

fn session_request(document: &Value) -> CreateSessionRequest {
    let value = example(document, "CreateSessionRequest").clone();
    serde_json::from_value(value).expect("the example fits the model")
}

fn with_api_token(prism: &Prism) -> Client {
    let client = Client::builder().base_url(prism.url()).allow_http(true).api_token("an-api-token");
    client.build().expect("the client is complete")
}

fn with_access_token(prism: &Prism) -> Client {
    let client = Client::builder().base_url(prism.url()).allow_http(true).access_token("a-token");
    client.build().expect("the client is complete")
}

/// What Prism has against the answer and the request that led to it.
fn complaint(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if let Some(violations) = headers.get(VIOLATIONS) {
        return Some(format!("{violations:?}"));
    }
    let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    media_type.starts_with(PROBLEM).then(|| String::from_utf8_lossy(body).into_owned())
}

/// Checks that Prism has no complaint, and that the body means the same as the document's example.
fn assert_answered<T: Serialize>(result: Result<Response<T>, Error>, status: u16, example: &Value) {
    let response = result.unwrap_or_else(|error| panic!("{}", explained(&error)));
    assert_eq!(complaint(response.headers(), b""), None);
    assert_eq!(response.status(), status);
    let body = serde_json::to_value(response.body()).expect("a body can be written as JSON");
    assert_eq!(&body, example);
}

/// The error, with Prism's complaint where that is the reason.
fn explained(error: &Error) -> String {
    let complaint = error.as_api().and_then(|error| complaint(error.headers(), error.body()));
    format!("{error}; Prism: {}", complaint.as_deref().unwrap_or("no complaint"))
}

/// Checks that Prism has no complaint, and that the error is the one of the document's example.
fn assert_refused<T>(result: Result<Response<T>, Error>, status: u16, example: &Value) {
    let Err(Error::Api(error)) = result else {
        panic!("Prism was asked for {status} and the SDK made no API error of it");
    };
    assert_eq!(complaint(error.headers(), error.body()), None);
    assert_eq!(error.status(), status);
    let model = error.model().map(serde_json::to_value).expect("the body is an error model");
    assert_eq!(&model.expect("a model can be written as JSON"), example);
}

#[tokio::test]
#[ignore = "needs Prism, see CONTRIBUTING.md"]
async fn every_operation_is_as_the_document_says() {
    let prism = Prism::start();
    let document = document();
    let id = session_id(&document);
    let request = session_request(&document);

    let created = with_api_token(&prism).session().create_session(&request).send().await;
    assert_answered(created, 200, example(&document, "CreatedSession"));
    for client in [with_api_token(&prism), with_access_token(&prism)] {
        let sessions = client.session();
        let read = sessions.get_session(id).send().await;
        assert_answered(read, 200, example(&document, "ActiveSession"));
        let refreshed = sessions.refresh_session(id).send().await;
        assert_answered(refreshed, 200, example(&document, "RefreshedSession"));
        let ended = sessions.end_session(id).send().await;
        assert_answered(ended, 204, &Value::Null);
    }
}

/// Prism answers with the status that its header `Prefer` asks for.
#[tokio::test]
#[ignore = "needs Prism, see CONTRIBUTING.md"]
async fn every_documented_error_is_decoded() {
    let prism = Prism::start();
    let document = document();
    let id = session_id(&document);
    let request = session_request(&document);
    let client = with_api_token(&prism);
    let sessions = client.session();

    for (status, name) in [
        (400, "ErrorSessionTokenMissing"),
        (403, "ErrorAccessDenied"),
        (404, "ErrorNotFound"),
        (429, "ErrorTooManyRequests"),
    ] {
        let error = example(&document, name);
        let prefer = format!("code={status}");
        let get = sessions.get_session(id).max_retries(0).header("prefer", &prefer);
        assert_refused(get.send().await, status, error);
        if status != 404 {
            let create = sessions.create_session(&request).max_retries(0);
            assert_refused(create.header("prefer", &prefer).send().await, status, error);
        }
        if status != 400 {
            let refresh = sessions.refresh_session(id).max_retries(0).header("prefer", &prefer);
            assert_refused(refresh.send().await, status, error);
            let end = sessions.end_session(id).max_retries(0).header("prefer", &prefer);
            assert_refused(end.send().await, status, error);
        }
    }
}

/// A judge that never complains proves nothing.
#[tokio::test]
#[ignore = "needs Prism, see CONTRIBUTING.md"]
async fn the_judge_sees_a_wrong_body() {
    let prism = Prism::start();
    let mut request = CreateSessionRequest::new();
    request.additional_properties.insert("sessionToken", Value::from(5));

    let result = with_api_token(&prism).session().create_session(&request).send().await;

    let Err(Error::Api(error)) = result else { panic!("Prism let a wrong body pass") };
    let complaint = complaint(error.headers(), error.body()).expect("Prism complains");
    assert!(complaint.contains("sessionToken must be string"), "{complaint}");
}

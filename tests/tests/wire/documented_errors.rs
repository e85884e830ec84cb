//! Every error that the document gives an operation, with the document's own bodies and headers.

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::{ApiError, Client, Error};
use serde_json::Value;
use wiremock::ResponseTemplate;

use crate::support::document::{Answer, answers};
use crate::support::server::{answering, client};

const OPERATIONS: [(&str, &[u16]); 4] = [
    ("createSession", &[400, 403, 429]),
    ("getSession", &[400, 403, 404, 429]),
    ("endSession", &[403, 404, 429]),
    ("refreshSession", &[403, 404, 429]),
];

async fn call(client: &Client, operation_id: &str) -> Option<Error> {
    let sessions = client.session();
    match operation_id {
        "createSession" => sessions.create_session(&CreateSessionRequest::new()).await.err(),
        "getSession" => sessions.get_session("1").await.err(),
        "endSession" => sessions.end_session("1").await.err(),
        "refreshSession" => sessions.refresh_session("1").await.err(),
        other => panic!("there is no operation `{other}`"),
    }
}

/// Has the operation fail with an answer of the document.
async fn failure(operation_id: &str, answer: &Answer, body: &Value) -> ApiError {
    let mut template = ResponseTemplate::new(answer.status).set_body_json(body);
    for (name, value) in &answer.headers {
        template = template.insert_header(name.as_str(), value.as_str());
    }
    let server = answering(template).await;
    match call(&client(&server.uri()), operation_id).await {
        Some(Error::Api(error)) => error,
        other => panic!("{operation_id}, {}: {other:?}", answer.status),
    }
}

#[tokio::test]
async fn each_error_comes_with_its_status_and_model() {
    for (operation_id, statuses) in OPERATIONS {
        let mut seen = Vec::new();
        for answer in answers(operation_id).iter().filter(|answer| answer.status >= 400) {
            assert!(!answer.examples.is_empty(), "{operation_id}, {}", answer.status);
            for body in &answer.examples {
                let error = failure(operation_id, answer, body).await;
                assert_eq!(error.status(), answer.status);
                assert_eq!(error.operation_id(), operation_id);
                let model = error.model().expect("the body is the error model");
                assert_eq!(&serde_json::to_value(model).expect("JSON"), body);
                assert_eq!(error.code(), body["errorCode"].as_str());
                assert_eq!(error.message(), body["errorSummary"].as_str());
            }
            seen.push(answer.status);
        }
        assert_eq!(seen, statuses, "{operation_id}");
    }
}

#[tokio::test]
async fn an_error_knows_its_request_id_and_rate_limit() {
    for (operation_id, _) in OPERATIONS {
        for answer in answers(operation_id).iter().filter(|answer| answer.status >= 400) {
            let error = failure(operation_id, answer, &answer.examples[0]).await;
            let header = |name: &str| {
                let mut matching = answer.headers.iter().filter(|(key, _)| key == name);
                matching.next().expect("the document has the header").1.as_str()
            };
            assert_eq!(error.request_id(), Some(header("X-Okta-Request-Id")));
            let rate_limit = error.rate_limit().expect("the answer has a rate limit");
            let number = |name| header(name).parse::<u64>().ok();
            assert_eq!(rate_limit.limit, number("X-Rate-Limit-Limit"));
            assert_eq!(rate_limit.remaining, number("X-Rate-Limit-Remaining"));
            let reset = rate_limit.reset.map(|reset| reset.as_second().to_string());
            assert_eq!(reset.as_deref(), Some(header("X-Rate-Limit-Reset")));
        }
    }
}

#[tokio::test]
async fn an_error_reads_as_a_sentence() {
    let answers = answers("getSession");
    let not_found = answers.iter().find(|answer| answer.status == 404).expect("documented");
    let error = failure("getSession", not_found, &not_found.examples[0]).await;
    assert_eq!(
        error.to_string(),
        "GET /api/v1/sessions/{sessionId} (getSession): the server answered 404 Not Found: \
         E0000007: There is no session 101W_juydrDRByB7fUdRyE2JQ \
         (request aC7vQ2nTzK4hXbY9mLd0RgAAAbE)"
    );
}

#[tokio::test]
async fn a_status_that_the_document_lacks_is_an_api_error_as_well() {
    for status in [401, 409, 418, 500, 503] {
        let body = serde_json::json!({ "errorCode": "E0000009", "errorSummary": "Internal" });
        let answer = Answer { status, headers: Vec::new(), examples: Vec::new() };
        let error = failure("refreshSession", &answer, &body).await;
        assert_eq!((error.status().as_u16(), error.code()), (status, Some("E0000009")));
    }
}

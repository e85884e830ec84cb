//! The example programs of `tests/examples/`: each does what it says. `session_lifecycle` is tested in `wire`, and `chat` in
//! `features`.

// Their `main` is for whoever runs them.
#[allow(dead_code)]
#[path = "../../examples/blocking_calls.rs"]
mod blocking_calls;
#[allow(dead_code)]
#[path = "../../examples/every_page.rs"]
mod every_page;
#[allow(dead_code)]
mod layers;
#[allow(dead_code)]
#[path = "../../examples/mock_in_a_test.rs"]
mod mock_in_a_test;
#[allow(dead_code)]
#[path = "../../examples/private_key.rs"]
mod private_key;
#[allow(dead_code)]
#[path = "../../examples/retry_policy.rs"]
mod retry_policy;
#[allow(dead_code)]
#[path = "../../examples/session_guard.rs"]
mod session_guard;

use std::collections::BTreeSet;
use std::fs;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use features_sdk::models::Item;
use okta_sdk::Mock;
use okta_sdk::models::{CreateSessionRequest, Session};
use sdk_tests::folder::workspace;
use sdk_tests::practice_org::PracticeOrg;
use tower::ServiceExt;

#[test]
fn every_example_is_in_the_readme() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let entries = fs::read_dir(workspace().join("tests/examples")).unwrap();
    let names: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        assert!(readme.contains(&format!("`{name}`](tests/examples/{name}")), "{name}");
    }
}

#[tokio::test]
async fn every_page_is_read_and_none_too_many() {
    let mock = every_page::mock();
    assert_eq!(every_page::all(&mock.client()).await.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(mock.received().len(), 3);
    let mut position = None;
    for (expected, requests) in [([1, 2].as_slice(), 4), (&[3, 4], 5), (&[5], 6)] {
        let ids;
        (ids, position) = every_page::two(&mock.client(), position.as_deref()).await.unwrap();
        assert_eq!(ids, expected);
        assert_eq!(mock.received().len(), requests);
    }
    assert_eq!(position, None);
}

#[tokio::test]
async fn a_private_key_leads_to_a_token_which_serves_both_calls() {
    let org = PracticeOrg::start().await.unwrap();
    let id = private_key::begin(&org).await.unwrap();
    assert_eq!(private_key::run(&org, &id).await.unwrap(), "ada.lovelace@example.com");
    let expected = [
        "POST /api/v1/sessions",
        "POST /oauth2/v1/token",
        "GET /api/v1/sessions/101-practice-session",
        "POST /api/v1/sessions/101-practice-session/lifecycle/refresh",
    ];
    assert_eq!(org.requests(), expected);
}

#[tokio::test]
async fn a_policy_is_patient_and_one_call_is_not() {
    let mock = retry_policy::mock();
    retry_policy::run(mock.builder()).await.unwrap();
    assert_eq!(mock.received().len(), 4, "three attempts, and then one");
}

#[test]
fn blocking_calls_need_no_runtime() {
    let mock = Mock::new();
    mock.session()
        .get_session()
        .returns(Session::new().login("ada@example.com"))
        .returns(Session::new());
    assert_eq!(blocking_calls::login(&mock.client(), "101").unwrap(), "ada@example.com");
    let error = blocking_calls::login(&mock.client(), "101").unwrap_err();
    assert_eq!(error.to_string(), "the session has no login");
    let mock = features_sdk::Mock::new();
    mock.lists()
        .list_by_link()
        .returns_pages([vec![Item::new(1), Item::new(2)], vec![Item::new(4)]]);
    assert_eq!(blocking_calls::sum(&mock.client()).unwrap(), 7);
}

#[tokio::test]
async fn the_guard_asks_about_each_request() {
    let org = PracticeOrg::start().await.unwrap();
    let client = session_guard::client(&org).unwrap();
    let request = CreateSessionRequest::new().session_token(PracticeOrg::SESSION_TOKEN);
    let id = client.session().create_session(&request).await.unwrap().id.unwrap();
    let service = session_guard::service(client.clone());
    let ask = async |id: &str| {
        let request = Request::get("/").header("x-session", id).body(Body::empty()).unwrap();
        let answer = service.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), 1_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    };
    let greeting = (StatusCode::OK, "Hello, ada.lovelace@example.com!".to_owned());
    assert_eq!(ask(&id).await, greeting);
    assert_eq!(ask("another").await.0, StatusCode::UNAUTHORIZED);
    client.session().end_session(&id).await.unwrap();
    assert_eq!(ask(&id).await.0, StatusCode::UNAUTHORIZED, "it ended since");
    let without = Request::get("/").body(Body::empty()).unwrap();
    assert_eq!(service.clone().oneshot(without).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_guard_lets_nobody_in_whom_it_cannot_ask_about() {
    let mock = Mock::new();
    mock.session().get_session().fails(500).returns_json(r#"{"status": "MFA_REQUIRED"}"#);
    let service = session_guard::service(mock.client());
    for expected in [StatusCode::SERVICE_UNAVAILABLE, StatusCode::UNAUTHORIZED] {
        let request = Request::get("/").header("x-session", "101").body(Body::empty()).unwrap();
        assert_eq!(service.clone().oneshot(request).await.unwrap().status(), expected);
    }
}

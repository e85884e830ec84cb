//! The example `session_lifecycle`, and the org that it practises on.

#[path = "../../examples/session_lifecycle/lifecycle.rs"]
mod lifecycle;

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::{Client, Error};
use sdk_tests::practice_org::PracticeOrg;

fn client(org: &PracticeOrg, token: &str) -> Client {
    let builder = Client::builder().base_url(org.url()).allow_http(true).api_token(token);
    builder.build().expect("a good configuration")
}

fn api_error(error: Error) -> (u16, Option<String>) {
    let Error::Api(error) = error else { panic!("{error:?}") };
    (error.status().as_u16(), error.code().map(str::to_owned))
}

#[tokio::test]
async fn the_example_leads_a_session_through_its_life() {
    let org = PracticeOrg::start().await.expect("there is a free port");
    let client = client(&org, PracticeOrg::API_TOKEN);
    lifecycle::run(&client, PracticeOrg::SESSION_TOKEN).await.expect("all steps succeed");
    assert_eq!(
        org.requests(),
        [
            "POST /api/v1/sessions",
            "GET /api/v1/sessions/101-practice-session",
            "POST /api/v1/sessions/101-practice-session/lifecycle/refresh",
            "DELETE /api/v1/sessions/101-practice-session",
            "GET /api/v1/sessions/101-practice-session",
        ]
    );
}

#[tokio::test]
async fn the_example_ends_with_the_first_call_that_fails() {
    let org = PracticeOrg::start().await.expect("there is a free port");
    let client = client(&org, PracticeOrg::API_TOKEN);
    let error = lifecycle::run(&client, "unknown").await.expect_err("an unknown session token");
    assert!(error.to_string().contains("400 Bad Request: E0000001"), "{error}");
    assert_eq!(org.requests(), ["POST /api/v1/sessions"]);
}

#[tokio::test]
async fn the_org_keeps_its_sessions() {
    let org = PracticeOrg::start().await.expect("there is a free port");
    let sessions = client(&org, PracticeOrg::API_TOKEN).session();
    let request = CreateSessionRequest::new().session_token(PracticeOrg::SESSION_TOKEN);
    let created = sessions.create_session(&request).await.expect("a session");
    let id = created.id.clone().expect("it has an id");
    assert_eq!(sessions.get_session(&id).await.expect("it is there"), created);

    let refreshed = sessions.refresh_session(&id).await.expect("it is there");
    assert!(refreshed.expires_at > created.expires_at);
    assert_eq!(sessions.get_session(&id).await.expect("it is there"), refreshed);

    let error = sessions.create_session(&request).await.expect_err("a token works once");
    assert_eq!(api_error(error), (400, Some("E0000001".to_owned())));
    sessions.end_session(&id).await.expect("it is there");
    let not_found = (404, Some("E0000007".to_owned()));
    assert_eq!(api_error(sessions.get_session(&id).await.expect_err("gone")), not_found);
    assert_eq!(api_error(sessions.refresh_session(&id).await.expect_err("gone")), not_found);
    assert_eq!(api_error(sessions.end_session(&id).await.expect_err("gone")), not_found);
}

#[tokio::test]
async fn the_org_lets_nobody_in_with_another_token() {
    let org = PracticeOrg::start().await.expect("there is a free port");
    let error = client(&org, "another").session().get_session("1").await.expect_err("no entry");
    assert_eq!(api_error(error), (401, Some("E0000011".to_owned())));
}

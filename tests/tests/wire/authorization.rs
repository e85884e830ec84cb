//! Which of a client's credentials an operation gets.

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::runtime::{Call, Method, Operation, decode};
use okta_sdk::{Credential, Error};

use crate::support::server::{
    API_TOKEN, builder, client, header, only_request, requests, with_a_session,
};

const ACCESS_TOKEN: &str = "access-token-that-must-stay-secret";

#[tokio::test]
async fn an_operation_for_the_api_token_alone_refuses_an_access_token() {
    let server = with_a_session().await;
    let client = builder(&server.uri()).access_token(ACCESS_TOKEN).build().expect("a client");
    let request = CreateSessionRequest::new().session_token("20111");
    let error = client.session().create_session(&request).await.expect_err("no API token");

    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    let text = error.to_string();
    for part in ["createSession", "accepts `apiToken`", "only `oauth2`", "ClientBuilder::api_token"]
    {
        assert!(text.contains(part), "{text} lacks {part}");
    }
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn the_other_operations_take_an_access_token() {
    let server = with_a_session().await;
    let client = builder(&server.uri()).access_token(ACCESS_TOKEN).build().expect("a client");
    let sessions = client.session();
    sessions.get_session("1").await.expect("a session");
    sessions.refresh_session("1").await.expect("a session");
    sessions.end_session("1").await.expect("the session is ended");

    let requests = requests(&server).await;
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(header(request, "authorization"), Some(&*format!("Bearer {ACCESS_TOKEN}")));
    }
}

#[tokio::test]
async fn of_two_credentials_the_documents_first_counts() {
    let server = with_a_session().await;
    let builder = builder(&server.uri()).access_token(ACCESS_TOKEN).api_token(API_TOKEN);
    let client = builder.build().expect("a client");
    client.session().get_session("1").await.expect("a session");

    let request = only_request(&server).await;
    assert_eq!(header(&request, "authorization"), Some(&*format!("SSWS {API_TOKEN}")));
}

#[tokio::test]
async fn a_client_without_credentials_sends_nothing() {
    let server = with_a_session().await;
    let client = builder(&server.uri()).build().expect("a client");
    let error = client.session().get_session("1").await.expect_err("no credential");

    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    let expected = "accepts `apiToken` or `oauth2`, but the client has no credential";
    assert!(error.to_string().contains(expected), "{error}");
    assert!(requests(&server).await.is_empty());
}

#[tokio::test]
async fn an_operation_that_is_open_to_all_gets_no_credential() {
    static OPEN: Operation =
        Operation { id: "open", method: Method::GET, path: "/open", ..Operation::DEFAULT };
    let server = with_a_session().await;
    Call::new(&client(&server.uri()), &OPEN).send(decode::bytes).await.expect("an answer");

    assert_eq!(header(&only_request(&server).await, "authorization"), None);
}

#[test]
fn a_credential_of_a_scheme_that_the_document_lacks_is_refused() {
    let builder = builder("http://localhost").credential("apiTokn", Credential::api_key("secret"));
    let error = builder.build().expect_err("a slip of the pen");
    assert!(error.to_string().contains("no security scheme `apiTokn`"), "{error}");
}

#[test]
fn tokens_that_cannot_work_are_refused() {
    let cases = [
        ("{apiToken}", "placeholder `{apiToken}`"),
        ("", "is empty"),
        (" ", "is empty"),
        ("abc\ndef", "a line break"),
    ];
    for (token, reason) in cases {
        let built = builder("http://localhost").api_token(token).build();
        let error = built.expect_err("a bad token").to_string();
        assert!(error.contains(reason) && error.contains("`apiToken`"), "{error}");
        assert!(!error.contains("abc"), "{error}");
    }
}

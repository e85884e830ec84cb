//! The access tokens that a client gets for itself: how often it asks, and what it does with a
//! refusal.

use std::time::Duration;

use okta_sdk::{Client, Error};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio::time;
use wiremock::ResponseTemplate;

use crate::support::server::{answering, requests};
use crate::support::token_server::{TokenServer, client_with_key};

/// So many calls at once.
fn calls(client: &Client, count: usize) -> Vec<JoinHandle<Result<(), Error>>> {
    let call = || client.session().get_session("1").into_future();
    (0..count).map(|_| call()).map(|call| tokio::spawn(async { call.await.map(drop) })).collect()
}

/// Lets time pass at once. It is paused for no longer, since the socket does not know of it.
async fn pass(duration: Duration) {
    time::pause();
    time::advance(duration).await;
    time::resume();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_calls_ask_for_one_token() {
    let (server, tokens) = TokenServer::new().start().await;
    for call in calls(&client_with_key(&server), 1000) {
        call.await.expect("no call panics").expect("a session");
    }
    assert_eq!(tokens.known().tokens, 1);
    assert_eq!(requests(&server).await.len(), 1001);
}

#[tokio::test]
async fn calls_that_wait_for_a_token_share_its_refusal() {
    let refusal = json!({ "error": "invalid_client", "error_description": "no such client" });
    let refusal = ResponseTemplate::new(401).set_body_json(refusal);
    let server = answering(refusal.set_delay(Duration::from_millis(50))).await;
    let client = client_with_key(&server);
    for call in calls(&client, 50) {
        let error = call.await.expect("no call panics").expect_err("there is no token");
        assert!(matches!(error, Error::Authentication(_)), "{error:?}");
        let text = error.to_string();
        for part in ["getSession", "no access token", "401", "invalid_client"] {
            assert!(text.contains(part), "{text} lacks {part}");
        }
    }
    assert_eq!(requests(&server).await.len(), 1);
    client.session().get_session("1").await.expect_err("there is still no token");
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let (server, tokens) = TokenServer::new().start().await;
    let sessions = client_with_key(&server).session();
    sessions.get_session("1").await.expect("a session");
    // A token lasts an hour, and is not used in its last minute.
    pass(Duration::from_secs(58 * 60)).await;
    sessions.get_session("1").await.expect("a session");
    assert_eq!(tokens.known().tokens, 1);
    pass(Duration::from_secs(90)).await;
    sessions.get_session("1").await.expect("a session");
    assert_eq!(tokens.known().tokens, 2);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let (server, tokens) = TokenServer::new().start().await;
    let client = client_with_key(&server);
    client.session().get_session("1").await.expect("a session");
    tokens.known().revoked.insert("secret-token-1".to_owned());
    for call in calls(&client, 20) {
        call.await.expect("no call panics").expect("a session, by the second token");
    }
    assert_eq!(tokens.known().tokens, 2);

    tokens.known().revoked.extend(["secret-token-2", "secret-token-3"].map(str::to_owned));
    let before = requests(&server).await.len();
    let error = client.session().get_session("1").await.expect_err("refused twice");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    // The call, a token, the call again.
    assert_eq!(requests(&server).await.len() - before, 3);
}

//! Access tokens that are bound to a key of the client's (RFC 9449).

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{answering, builder, header, requests};
use crate::support::token_server::{
    RSA, TOKEN_PATH, TokenServer, client_with_key, credential, proof_claims,
};

#[tokio::test]
async fn a_client_takes_it_up_when_the_server_asks_for_it() {
    let (server, tokens) = TokenServer::new().dpop().start().await;
    let sessions = client_with_key(&server).session();
    for _ in 0..10 {
        sessions.get_session("a b").await.expect("a session");
    }
    assert_eq!(tokens.known().tokens, 1);
    let requests = requests(&server).await;
    let for_tokens = requests.iter().filter(|request| request.url.path() == TOKEN_PATH).count();
    // Without a proof, with one that lacks the nonce, and with one that has it.
    assert_eq!(for_tokens, 3);
    // The API wanted four nonces, and each was learned from one refusal.
    assert_eq!(requests.len() - for_tokens, 10 + 4);
}

#[tokio::test]
async fn the_nonce_of_an_answer_is_used_for_the_next_call() {
    let calls = AtomicUsize::new(0);
    let server = answering(move |request: &Request| {
        if request.url.path() == TOKEN_PATH {
            let token = json!({ "token_type": "DPoP", "access_token": "t", "expires_in": 3600 });
            return ResponseTemplate::new(200).set_body_json(token);
        }
        let call = calls.fetch_add(1, Ordering::Relaxed);
        let claims = proof_claims(header(request, "dpop").expect("there is a proof"));
        let expected = (call > 0).then(|| format!("nonce-{call}"));
        assert_eq!(claims["nonce"].as_str(), expected.as_deref());
        ResponseTemplate::new(200)
            .insert_header("dpop-nonce", format!("nonce-{}", call + 1))
            .set_body_json(example("ActiveSession"))
    })
    .await;
    let sessions = client_with_key(&server).session();
    for _ in 0..3 {
        sessions.get_session("1").await.expect("a session");
    }
    // The first token was bound to no key of the client's, so that it asked for another.
    assert_eq!(requests(&server).await.len(), 2 + 3);
}

#[tokio::test]
async fn the_first_request_for_a_token_has_a_proof_where_the_caller_says_so() {
    let (server, tokens) = TokenServer::new().dpop().start().await;
    let builder = builder(&server.uri()).private_key_jwt(credential(RSA).dpop(true));
    let sessions = builder.build().expect("a client").session();
    sessions.get_session("1").await.expect("a session");
    assert_eq!(tokens.known().tokens, 1);
    let requests = requests(&server).await;
    let for_tokens: Vec<&Request> =
        requests.iter().filter(|request| request.url.path() == TOKEN_PATH).collect();
    assert!(for_tokens.iter().all(|request| header(request, "dpop").is_some()));
    // With one that lacks the nonce, and with one that has it.
    assert_eq!(for_tokens.len(), 2);
}

#[tokio::test]
async fn what_one_client_has_learned_the_others_of_the_process_know() {
    let (server, _) = TokenServer::new().dpop().start().await;
    for client in 0..2 {
        let before = requests(&server).await.len();
        client_with_key(&server).session().get_session("1").await.expect("a session");
        let requests = requests(&server).await;
        let first = &requests[before];
        assert_eq!(header(first, "dpop").is_some(), client > 0, "{client}");
    }
}

#[tokio::test]
async fn the_nonce_of_a_rate_limit_is_used_for_the_next_request() {
    let asked = AtomicUsize::new(0);
    let server = answering(move |request: &Request| {
        if request.url.path() != TOKEN_PATH {
            return ResponseTemplate::new(200).set_body_json(example("ActiveSession"));
        }
        let claims = proof_claims(header(request, "dpop").expect("there is a proof"));
        if asked.fetch_add(1, Ordering::Relaxed) == 0 {
            assert_eq!(claims["nonce"].as_str(), None);
            let limited = ResponseTemplate::new(429).insert_header("retry-after", "0");
            return limited.insert_header("dpop-nonce", "from-a-429");
        }
        assert_eq!(claims["nonce"].as_str(), Some("from-a-429"));
        let token = json!({ "token_type": "DPoP", "access_token": "t", "expires_in": 3600 });
        ResponseTemplate::new(200).set_body_json(token)
    })
    .await;
    let builder = builder(&server.uri()).private_key_jwt(credential(RSA).dpop(true));
    let sessions = builder.build().expect("a client").session();
    sessions.get_session("1").await.expect("a session");
}

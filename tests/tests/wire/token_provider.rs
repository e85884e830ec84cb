//! Access tokens from the caller's own provider.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use okta_sdk::Error;
use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{answering, builder, header, requests};

#[tokio::test]
async fn the_provider_is_asked_again_after_a_refusal() {
    let server = answering(|request: &Request| match header(request, "authorization") {
        Some("Bearer token-2") => {
            ResponseTemplate::new(200).set_body_json(example("ActiveSession"))
        }
        _ => ResponseTemplate::new(401),
    })
    .await;
    let count = Arc::new(AtomicUsize::new(1));
    let provider = move || {
        let number = count.fetch_add(1, Ordering::Relaxed);
        async move { Ok(format!("token-{number}").into()) }
    };
    let client = builder(&server.uri()).access_token_provider(provider).build().expect("a client");
    client.session().get_session("1").await.expect("a session, by the second token");
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn the_error_of_the_provider_is_told() {
    let provider = || async { Err("the vault is closed".into()) };
    let builder = builder("http://localhost").access_token_provider(provider);
    let sessions = builder.build().expect("a client").session();
    let error = sessions.get_session("1").await.expect_err("there is no token");
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert!(error.to_string().contains("the vault is closed"), "{error}");
}

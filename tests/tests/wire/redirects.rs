//! Redirects: where a credential may follow, and where it never does.

use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{API_TOKEN, answering, client, header, requests, with_a_session};

#[tokio::test]
async fn a_credential_never_follows_a_redirect_to_another_origin() {
    let thief = with_a_session().await;
    // Another host, and the same host with another port.
    let targets = [thief.uri().replace("127.0.0.1", "localhost"), thief.uri()];
    for target in targets {
        for status in [301, 302, 303, 307, 308] {
            let redirect = ResponseTemplate::new(status);
            let server =
                answering(redirect.insert_header("location", format!("{target}/stolen"))).await;
            let sessions = client(&server.uri()).session();
            let error = sessions.get_session("1").await.expect_err("a redirect");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert!(error.to_string().contains("/stolen, which is not followed"), "{error}");
            assert_eq!(requests(&server).await.len(), 1);
        }
    }
    assert!(requests(&thief).await.is_empty());
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_followed_with_the_credential() {
    let server = answering(|request: &Request| match request.url.path() {
        "/moved" => ResponseTemplate::new(200).set_body_json(example("ActiveSession")),
        _ => ResponseTemplate::new(302).insert_header("location", "/moved"),
    })
    .await;
    let session = client(&server.uri()).session().get_session("1").await.expect("a session");

    assert_eq!(session.login.as_deref(), Some("ada.lovelace@example.com"));
    let requests = requests(&server).await;
    assert_eq!(requests.len(), 2);
    assert_eq!(header(&requests[1], "authorization"), Some(&*format!("SSWS {API_TOKEN}")));
}

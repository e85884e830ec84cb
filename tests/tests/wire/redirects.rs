//! Redirects: where a credential may follow, and where it never does.

use okta_sdk::models::CreateSessionRequest;
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
            let text = error.to_string();
            assert!(text.contains(&format!("{target}, which is not followed")), "{text}");
            assert!(!text.contains("stolen"), "{text}");
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

#[tokio::test]
async fn a_redirect_never_changes_what_a_call_does() {
    for status in [301, 302, 303, 307, 308] {
        let server = answering(move |request: &Request| match request.url.path() {
            "/login" => ResponseTemplate::new(200).set_body_json(example("ActiveSession")),
            _ => ResponseTemplate::new(status).insert_header("location", "/login?from=sesame"),
        })
        .await;
        let sessions = client(&server.uri()).session();
        let ended = sessions.end_session("1").await.expect_err("nothing was ended");
        let created = sessions.create_session(&CreateSessionRequest::new()).await;
        let refreshed = sessions.refresh_session("1").await;
        let errors = [ended, created.expect_err("none made"), refreshed.expect_err("none made")];
        for error in errors {
            assert_eq!(error.as_api().map(|error| error.status().as_u16()), Some(status));
            let expected = format!("a redirect to {}, which is not followed", server.uri());
            assert!(error.to_string().contains(&expected), "{error}");
            let printed = format!("{error} {error:?} {error:#?}");
            assert!(!printed.contains("sesame"), "{printed}");
        }
        // No request followed another.
        assert_eq!(requests(&server).await.len(), 3);
    }
}

#[tokio::test]
async fn redirects_without_an_end_are_given_up() {
    let server = answering(ResponseTemplate::new(302).insert_header("location", "/again")).await;
    let error = client(&server.uri()).session().get_session("1").await.expect_err("no end");
    assert_eq!(error.as_api().map(|error| error.status().as_u16()), Some(302));
    assert_eq!(requests(&server).await.len(), 11);
}

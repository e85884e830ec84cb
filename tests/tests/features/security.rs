//! Security schemes: inherited, none, basic, keys in every place, together, and optional.

use features_sdk::{Client, ClientBuilder, Error, runtime::Credential};
use tower::util::MapRequestLayer;

use crate::support::Server;

const SECRET: &str = "se cret&key";

fn client(server: &Server, set_up: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    let builder = Client::builder().base_url(&server.url).allow_http(true);
    set_up(builder).build().expect("a good configuration")
}

#[tokio::test]
async fn what_the_document_requires_holds_unless_an_operation_says_otherwise() {
    let server = Server::quiet().await;
    let client = client(&server, |builder| builder.key("k"));
    client.security().inherited_key().await.expect("sent");
    client.security().no_key().await.expect("sent");
    let keys = server
        .received()
        .iter()
        .map(|request| request.header("x-acme-key").is_some())
        .collect::<Vec<_>>();
    assert_eq!(keys, [true, false]);
}

#[tokio::test]
async fn a_missing_credential_is_an_error_before_anything_is_sent() {
    let server = Server::quiet().await;
    let client = client(&server, |builder| builder.query_key("q"));
    let error = client.security().inherited_key().await.expect_err("no key");
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert!(error.to_string().contains("`ClientBuilder::key`"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn user_and_password_are_encoded() {
    let server = Server::quiet().await;
    let client = client(&server, |builder| builder.password("me", SECRET));
    client.security().basic_password().await.expect("sent");
    let expected = Some("Basic bWU6c2UgY3JldCZrZXk=");
    assert_eq!(server.only_request().header("authorization"), expected);
}

#[tokio::test]
async fn a_key_goes_where_its_scheme_says() {
    let server = Server::quiet().await;
    let client = client(&server, |builder| builder.query_key(SECRET).cookie_key("abc="));
    client.security().key_in_query().await.expect("sent");
    client.security().key_in_cookie().await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].head.uri.query(), Some("acme_key=se%20cret%26key"));
    assert_eq!(received[0].header("cookie"), None);
    assert_eq!(received[1].head.uri.query(), None);
    assert_eq!(received[1].header("cookie"), Some("acme=abc="));
}

#[tokio::test]
async fn an_http_scheme_is_sent_with_its_own_word() {
    let server = Server::quiet().await;
    client(&server, |builder| builder.own_word("abc"))
        .security()
        .key_after_own_word()
        .await
        .expect("sent");
    let provider = || async { Ok("def".into()) };
    let provided = Credential::provider(provider);
    let with_provider = client(&server, |builder| builder.credential("ownWord", provided));
    with_provider.security().key_after_own_word().await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("authorization"), Some("Token abc"));
    assert_eq!(received[1].header("authorization"), Some("Token def"));
}

#[tokio::test]
async fn a_computed_credential_is_refused_until_a_layer_gives_it() {
    let server = Server::quiet().await;
    let call = |client: Client| async move { client.security().computed_credential().await };
    let error = call(client(&server, |builder| builder)).await.expect_err("no digest");
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    let shown = error.to_string();
    for part in ["`ClientBuilder::digest`", "`ClientBuilder::layer`", "HTTP scheme `digest`"] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    assert!(server.received().is_empty());
    let layer = MapRequestLayer::new(|mut request: http::Request<reqwest::Body>| {
        let value = http::HeaderValue::from_static("Digest username=\"me\"");
        request.headers_mut().insert("authorization", value);
        request
    });
    call(client(&server, |builder| builder.digest().layer(layer))).await.expect("sent");
    let whole = Credential::api_key("username=\"you\"");
    call(client(&server, |builder| builder.credential("digest", whole))).await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("authorization"), Some("Digest username=\"me\""));
    assert_eq!(received[1].header("authorization"), Some("digest username=\"you\""));
}

#[tokio::test]
async fn schemes_that_go_together_are_all_sent_or_another_alternative_is_taken() {
    let server = Server::quiet().await;
    let both = client(&server, |builder| builder.key("h").query_key("q").password("u", "p"));
    both.security().combined_keys().await.expect("sent");
    let half = client(&server, |builder| builder.key("h").password("u", "p"));
    half.security().combined_keys().await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("x-acme-key"), Some("h"));
    assert_eq!(received[0].head.uri.query(), Some("acme_key=q"));
    assert_eq!(received[0].header("authorization"), None);
    assert_eq!(received[1].header("x-acme-key"), None);
    assert_eq!(received[1].header("authorization"), Some("Basic dTpw"));
}

#[tokio::test]
async fn optional_authentication_is_used_where_there_is_a_credential() {
    let server = Server::quiet().await;
    client(&server, |builder| builder).security().optional_key().await.expect("sent");
    client(&server, |builder| builder.key("h")).security().optional_key().await.expect("sent");
    let received = server.received();
    assert_eq!(received[0].header("x-acme-key"), None);
    assert_eq!(received[1].header("x-acme-key"), Some("h"));
}

#[tokio::test]
async fn no_credential_is_shown() {
    let server = Server::json(403, "{}").await;
    let client = client(&server, |builder| {
        builder.key(SECRET).query_key(SECRET).cookie_key("secret").password("me", SECRET)
    });
    let error = client.security().key_in_query().await.expect_err("a refusal");
    let shown = format!("{client:?} {error:?} {error}");
    assert!(!shown.contains("cret"), "{shown}");
}

#[test]
fn a_credential_that_cannot_be_sent_is_refused() {
    let error = Client::builder().cookie_key("a; admin=1").build().expect_err("two cookies");
    assert!(error.to_string().contains("no cookie may hold"), "{error}");
    let error = Client::builder().password("a:b", "c").build().expect_err("a colon");
    assert!(error.to_string().contains("a colon"), "{error}");
}

//! TLS: whom the client trusts, who it says it is, and which HTTP it speaks.

use okta_sdk::{ClientBuilder, Error};

use crate::support::server::builder;
use crate::support::tls_server::Authority;

/// The version of HTTP in which a session was asked for.
async fn version(builder: ClientBuilder) -> Result<Option<String>, Error> {
    let client = builder.api_token("token").max_retries(0).build().expect("a client");
    client.session().get_session("1").await.map(|session| session.id)
}

#[tokio::test]
async fn a_root_of_the_callers_own_is_trusted_and_http_2_is_spoken() {
    let authority = Authority::new();
    let url = authority.start().await;
    let spoken = version(builder(&url).root_certificate(authority.root())).await;
    assert_eq!(spoken.expect("a session").as_deref(), Some("HTTP/2.0"));
}

#[tokio::test]
async fn a_server_with_an_unknown_root_is_not_trusted() {
    let url = Authority::new().start().await;
    let stranger = Authority::new();
    for builder in [builder(&url), builder(&url).root_certificate(stranger.root())] {
        let error = version(builder).await.expect_err("nobody vouches for the server");
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.to_string().contains("certificate"), "{error}");
    }
}

#[tokio::test]
async fn the_identity_of_a_client_is_shown_to_the_server() {
    let authority = Authority::new();
    let url = authority.start_for_known_clients().await;
    let anonymous = builder(&url).root_certificate(authority.root());
    version(anonymous.clone()).await.expect_err("the server does not know the client");
    version(anonymous.identity(authority.identity())).await.expect("a session");
}

//! Nothing that the SDK prints shows a credential.

use std::fmt::{Debug, Display};
use std::sync::{Arc, Mutex};

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::{Credential, Error};
use tower::util::MapRequestLayer;
use wiremock::ResponseTemplate;

use crate::support::network::{Network, answer};
use crate::support::raw_server::RawServer;
use crate::support::server::{answering, builder, requests};

/// A part of every secret here.
const SECRET: &str = "sesame";
const API_TOKEN: &str = "api-token-sesame";
const ACCESS_TOKEN: &str = "access-token-sesame";
const OWN_HEADER: &str = "own-header-sesame";

fn assert_no_secret(output: &str) {
    assert!(!output.contains(SECRET), "{output}");
}

/// Everything that can be printed of a value.
fn printed(value: &(impl Debug + Display)) -> String {
    format!("{value} {value:?} {value:#?}")
}

#[tokio::test]
async fn neither_client_nor_request_nor_error_shows_a_secret() {
    let refusing = answering(ResponseTemplate::new(403).set_body_string("no")).await;
    let not_decoding = answering(ResponseTemplate::new(200).set_body_string("no")).await;
    let breaking = RawServer::answering("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n").await;
    let silent = RawServer::answering("").await;
    let urls = [refusing.uri(), not_decoding.uri(), breaking.url.clone(), silent.url.clone()];
    for url in urls {
        let builder = builder(&url).api_token(API_TOKEN).access_token(ACCESS_TOKEN).max_retries(0);
        assert_no_secret(&format!("{builder:?} {builder:#?}"));
        let client = builder.build().expect("a client");
        assert_no_secret(&format!("{client:?} {client:#?}"));
        let request = client.session().get_session("1").header("Authorization", OWN_HEADER);
        assert_no_secret(&format!("{request:?} {request:#?}"));
        for request in [request, client.session().get_session("1")] {
            let error = request.await.expect_err("no server answers well");
            assert_no_secret(&printed(&error));
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                assert_no_secret(&format!("{error} {error:?}"));
                cause = error.source();
            }
        }
    }
    // The secrets were there to be printed.
    let sent: Vec<_> = requests(&refusing)
        .await
        .iter()
        .map(|request| request.headers["authorization"].to_str().expect("a text").to_owned())
        .collect();
    assert_eq!(sent, [OWN_HEADER.to_owned(), format!("SSWS {API_TOKEN}")]);
}

#[tokio::test]
async fn a_layer_that_prints_requests_prints_no_secret() {
    let printed: Arc<Mutex<String>> = Arc::default();
    let print = {
        let printed = printed.clone();
        MapRequestLayer::new(move |request: http::Request<reqwest::Body>| {
            *printed.lock().expect("no test panics here") += &format!("{request:?}");
            request
        })
    };
    let network = Network::new([answer(200, &[])]);
    let builder = builder("http://localhost").api_token(API_TOKEN);
    let client = builder.layer(print).layer(network.layer()).build().expect("a client");
    let sessions = client.session();
    sessions.get_session("1").await.expect("a session");
    sessions.get_session("1").header("Authorization", OWN_HEADER).await.expect("a session");

    let printed = printed.lock().expect("no test panics here");
    assert_eq!(printed.matches("\"authorization\": Sensitive").count(), 2, "{printed}");
    assert_no_secret(&printed);
}

#[tokio::test]
async fn a_refused_credential_is_not_in_the_error() {
    let client = builder("http://localhost").access_token(ACCESS_TOKEN).build().expect("a client");
    let request = CreateSessionRequest::new();
    let error = client.session().create_session(&request).await.expect_err("no API token");
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert_no_secret(&printed(&error));

    let broken = format!("{API_TOKEN}\n");
    let error = builder("http://localhost").api_token(broken).build().expect_err("a line break");
    assert_no_secret(&printed(&error));
}

#[test]
fn credentials_show_their_kind_alone() {
    let credentials = [
        Credential::api_key(API_TOKEN),
        Credential::bearer(ACCESS_TOKEN),
        Credential::basic("ada", OWN_HEADER),
    ];
    for credential in credentials {
        assert_no_secret(&format!("{credential:?} {credential:#?}"));
    }
}

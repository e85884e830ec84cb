//! Nothing that the SDK prints shows a credential.

use std::fmt::{Debug, Display};
use std::sync::{Arc, Mutex};

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::runtime::{Call, Configuration, Operation, PrivateKeyJwt, decode};
use okta_sdk::{Client, Credential, Error};
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

#[tokio::test]
async fn an_api_key_in_a_query_is_in_no_error() {
    // The key comes back in the place that a redirect names, and in the body's text.
    static KEYED: Operation = Operation { id: "keyed", path: "/keyed", ..Operation::DEFAULT };
    for location in ["https://other.test/?key=sesame", "http://me:sesame@other.test/", "//sesame@a"]
    {
        let redirect = ResponseTemplate::new(302).insert_header("location", location);
        let server = answering(redirect).await;
        let client = builder(&server.uri()).build().expect("a client");
        let call = Call::new(&client, &KEYED).query("key", &"sesame");
        let error = call.send(decode::empty).await.expect_err("a redirect");
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_no_secret(&printed(&error));
    }
    let closed = builder("http://127.0.0.1:1").max_retries(0).build().expect("a client");
    let call = Call::new(&closed, &KEYED).query("key", &"sesame");
    let error = call.send(decode::empty).await.expect_err("nobody listens");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_no_secret(&printed(&error));
}

/// Base URLs with a secret in each of their parts, good ones and bad ones.
const URLS: [&str; 9] = [
    "https://me:sesame@acme.okta.com",
    "https://sesame@acme.okta.com",
    "http://me:sesame@acme.okta.com/",
    "https://acme.okta.com/?token=sesame",
    "https://acme.okta.com/#sesame",
    "http://acme.okta.com/sesame",
    "https://{yourOktaDomain}/sesame",
    "https://me:sesame@acme.okta.com:port",
    "sesame",
];

#[test]
fn a_secret_in_a_base_url_is_not_shown() {
    for url in URLS {
        let builder = Client::builder().base_url(url).api_token("token");
        assert_no_secret(&format!("{builder:?} {builder:#?}"));
        let error = builder.build().expect_err("no base URL to use");
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert_no_secret(&printed(&error));
    }
    let client = builder("https://acme.okta.com/sesame/").build().expect("a path may be there");
    assert_eq!(client.base_url(), "https://acme.okta.com/sesame/");
    assert_no_secret(&format!("{client:?} {client:#?}"));
}

#[test]
fn a_secret_in_a_configuration_file_is_not_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("okta.yaml");
    for url in URLS {
        let text = format!("okta:\n  client:\n    orgUrl: '{url}'\n    token: token\n");
        std::fs::write(&path, text).expect("the file is written");
        let configuration = Configuration::empty().file(&path);
        let builder = Client::builder().configuration(configuration);
        assert_no_secret(&format!("{builder:?} {builder:#?}"));
        let error = builder.build().expect_err("no base URL to use");
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert_no_secret(&printed(&error));
    }
}

#[tokio::test]
async fn a_secret_in_a_token_url_is_not_shown() {
    for url in URLS {
        let pem = include_str!("keys/ec.sec1.pem");
        let key = PrivateKeyJwt::new("0oa", pem).token_url(url);
        assert_no_secret(&format!("{key:?} {key:#?}"));
        let builder = Client::builder().base_url("https://acme.okta.com").private_key_jwt(key);
        assert_no_secret(&format!("{builder:?} {builder:#?}"));
        let client = builder.build().expect("the token endpoint is asked later");
        assert_no_secret(&format!("{client:?} {client:#?}"));
        let error = client.session().get_session("1").await.expect_err("no token");
        assert!(matches!(error, Error::Authentication(_)), "{error:?}");
        assert_no_secret(&printed(&error));
    }
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

#[test]
fn a_model_shows_that_it_has_a_secret_and_not_which() {
    let request = CreateSessionRequest::new().session_token("token-sesame");
    for shown in [format!("{request:?}"), format!("{request:#?}")] {
        assert_no_secret(&shown);
        assert!(shown.contains("sessionToken"), "{shown}");
    }
    assert_eq!(serde_json::to_value(&request).expect("JSON")["sessionToken"], "token-sesame");
}

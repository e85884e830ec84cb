//! What a server says stands in an error as one short line, whatever it is; the accessors have it
//! whole.

use okta_sdk::runtime::PrivateKeyJwt;
use okta_sdk::{Client, Error};
use serde_json::json;
use wiremock::{Request, ResponseTemplate};

use crate::support::raw_server::RawServer;
use crate::support::server::{API_TOKEN, answering, builder, client};

/// What would begin an entry of its own in a log, colour a terminal, or turn the writing around.
const FORGED: &str = "gone\r\nERROR root logged in \u{1b}[31m\u{202e}\u{2028}\u{85}\u{feff}\u{7f}";
/// More than any line of a log should hold.
const LONG: usize = 3_000;

/// Everything that can be printed of an error and its causes.
fn printed(error: &Error) -> Vec<String> {
    let mut texts = vec![error.to_string(), format!("{error:?}")];
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        texts.extend([error.to_string(), format!("{error:?}")]);
        cause = error.source();
    }
    texts
}

fn assert_short_lines(error: &Error) {
    for text in printed(error) {
        assert_short_line(&text);
    }
}

fn assert_short_line(text: &str) {
    assert!(text.len() < LONG, "{} bytes: {text:.200}", text.len());
    for character in FORGED.chars().filter(|character| !matches!(character, ' '..='~')) {
        assert!(!text.contains(character), "{character:?} in {text:?}");
    }
}

fn long() -> String {
    FORGED.repeat(100_000)
}

#[tokio::test]
async fn an_error_message_is_one_short_line() {
    let text = long();
    let body = json!({ "errorCode": text, "errorSummary": text });
    let server = answering(ResponseTemplate::new(400).set_body_json(body)).await;
    let error = client(&server.uri()).session().get_session("1").await.expect_err("a 400");
    assert_short_lines(&error);
    assert!(error.to_string().contains(r"gone\r\nERROR root"), "{error}");
    let api = error.as_api().expect("an API error");
    assert_eq!((api.code(), api.message()), (Some(&*text), Some(&*text)));
}

#[tokio::test]
async fn a_request_id_is_one_short_line() {
    let id = "x".repeat(300_000);
    let bodies = [("400 Bad Request", "{}"), ("200 OK", "[]"), ("200 OK", "{}")];
    for (status, body) in bodies {
        let server = RawServer::answering(format!(
            "HTTP/1.1 {status}\r\nx-okta-request-id: {id}\r\ncontent-length: 2\r\n\r\n{body}"
        ))
        .await;
        match client(&server.url).session().get_session("1").send().await {
            Ok(response) => {
                assert_eq!(response.request_id(), Some(&*id));
                assert!(format!("{response:?}").len() < LONG);
            }
            Err(error) => {
                assert_eq!(error.request_id(), Some(&*id));
                assert_short_lines(&error);
            }
        }
    }
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_one_short_line() {
    let bodies = [json!({ "expiresAt": 7, "amr": long() }), json!({ (long()): 1, "id": 7 })];
    for body in bodies {
        let server = answering(ResponseTemplate::new(200).set_body_json(body)).await;
        let strict = builder(&server.uri()).api_token(API_TOKEN).strict(true).build();
        let call = strict.expect("a client").session().get_session("1");
        let error = call.await.expect_err("no session");
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert_short_lines(&error);
        let call = client(&server.uri()).session().get_session("1");
        for deviation in call.send().await.expect("a session").deviations() {
            assert_short_line(&deviation.to_string());
            assert_short_line(&format!("{deviation:?}"));
        }
    }
}

#[tokio::test]
async fn the_words_of_a_token_endpoint_are_one_short_line() {
    let bodies = [
        json!({ "error": long(), "error_description": long() }),
        json!({ "error": "invalid_client", "error_description": long() }),
        json!({ "errorSummary": long() }),
    ];
    for body in bodies {
        let server = answering(move |_: &Request| ResponseTemplate::new(401).set_body_json(&body));
        let server = server.await;
        let key = PrivateKeyJwt::new("0oa", include_str!("keys/ec.sec1.pem"));
        let builder = Client::builder().base_url(server.uri()).allow_http(true);
        let client = builder.private_key_jwt(key).max_retries(0).build().expect("a client");
        let error = client.session().get_session("1").await.expect_err("no token");
        assert!(matches!(error, Error::Authentication(_)), "{error:?}");
        assert_short_lines(&error);
    }
}

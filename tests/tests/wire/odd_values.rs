//! Values of JSON that no Rust value is equal to: they refuse no answer, and go back as they came.

use okta_sdk::models::Session;
use okta_sdk::runtime::PrivateKeyJwt;
use okta_sdk::{Client, Error};
use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::support::server::{answering, client, requests};

async fn session(body: &str) -> Result<Session, Error> {
    let template = ResponseTemplate::new(200).set_body_raw(body.to_owned(), "application/json");
    let server = answering(template).await;
    client(&server.uri()).session().get_session("1").await
}

#[tokio::test]
async fn what_is_unknown_goes_back_as_it_came() {
    for value in [
        "1e999",
        "-1e999",
        "123456789012345678901234567890",
        "0.1234567890123456789012345",
        r#""\ud800""#,
        r#""a\udfff\ud800\n\u0041""#,
        r#"[1,{"deep":[1e999,"\ud800"]}]"#,
    ] {
        let text = format!(r#"{{"odd":{value}}}"#);
        let read = session(&text).await.expect("a session");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
        // What cannot hold it gets the nearest.
        assert!(serde_json::to_value(&read).is_ok(), "{text}");
        assert!(read.additional_properties.get("odd").is_some(), "{text}");
        let changed = {
            let mut read = read;
            read.additional_properties.insert("odd", json!(1));
            read
        };
        assert_eq!(serde_json::to_string(&changed).expect("JSON"), r#"{"odd":1}"#);
    }
}

#[tokio::test]
async fn a_field_goes_back_as_it_came_unless_it_is_set() {
    for text in [
        r#"{"id":"\ud800x"}"#,
        r#"{"amr":["pwd","\ud800"]}"#,
        r#"{"_links":{"self":{"href":"\udfff"}}}"#,
        r#"{"idp":{"id":"\ud800","more":1e999}}"#,
    ] {
        let read = session(text).await.expect("a session");
        assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
    }
    let read = session(r#"{"id":"\ud800x"}"#).await.expect("a session");
    assert_eq!(read.id.as_deref(), Some("\u{fffd}x"));
    let changed = serde_json::to_value(read.id("y")).expect("JSON");
    assert_eq!(changed, json!({ "id": "y" }));
}

#[tokio::test]
async fn pairs_of_surrogates_and_usual_numbers_are_what_they_are() {
    let text = r#"{"a":"\ud83d\ude00","b":1.5,"c":-0.0,"d":18446744073709551615,"e":1.25e-7}"#;
    let read = session(text).await.expect("a session");
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
    assert_eq!(read.additional_properties.get("a"), Some(&json!("😀")));
}

#[tokio::test]
async fn a_token_without_a_life_is_used_once() {
    for expires_in in ["-1", "0", "-9223372036854775808", "-1e999", "\"soon\""] {
        let body = format!(
            r#"{{"token_type":"Bearer","access_token":"token","expires_in":{expires_in}}}"#
        );
        let server = answering(move |request: &Request| match request.method.as_str() {
            "POST" => ResponseTemplate::new(200).set_body_raw(body.clone(), "application/json"),
            _ => ResponseTemplate::new(200).set_body_string("{}"),
        })
        .await;
        let key = PrivateKeyJwt::new("0oa", include_str!("keys/ec.sec1.pem"));
        let builder = Client::builder().base_url(server.uri()).allow_http(true);
        let client = builder.private_key_jwt(key).build().expect("a client");
        for _ in 0..2 {
            client.session().get_session("1").await.expect("a session");
        }
        let asked = requests(&server).await.iter().filter(|it| it.method == "POST").count();
        assert_eq!(asked, if expires_in == "-1e999" { 1 } else { 2 }, "{expires_in}");
    }
}

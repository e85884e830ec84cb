//! Answers whose body is not what the document promises.

use okta_sdk::{DecodeError, Error};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::support::raw_server::RawServer;
use crate::support::server::{API_TOKEN, answering, builder, client};

async fn get_session(answer: ResponseTemplate) -> Error {
    let server = answering(answer).await;
    let client = builder(&server.uri()).api_token(API_TOKEN).strict(true).build();
    let client = client.expect("a client");
    client.session().get_session("1").await.expect_err("a broken answer")
}

async fn decoding_error(answer: ResponseTemplate) -> DecodeError {
    match get_session(answer).await {
        Error::Decode(error) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_error_body_that_is_not_json_is_kept() {
    let page = "<html>bad gateway</html>";
    let error = get_session(ResponseTemplate::new(502).set_body_raw(page, "text/html")).await;
    let api = error.as_api().expect("an API error");
    assert_eq!(api.status(), 502);
    assert!(api.model().is_none());
    assert_eq!((api.code(), api.message()), (None, None));
    assert_eq!(api.body(), page.as_bytes());
    assert!(error.to_string().contains("text/html, 24 bytes"), "{error}");
}

#[tokio::test]
async fn an_error_body_of_another_form_is_kept() {
    let body = json!({ "error": "invalid_token", "errorCode": ["not", "a", "text"] });
    let error = get_session(ResponseTemplate::new(401).set_body_json(&body)).await;
    let api = error.as_api().expect("an API error");
    let model = api.model().expect("an object");
    assert_eq!(model.error_code, None);
    assert_eq!(serde_json::to_value(model).expect("JSON"), body);
    assert_eq!(api.json::<serde_json::Value>().expect("JSON"), body);
}

#[tokio::test]
async fn an_error_without_a_body_says_so() {
    let error = get_session(ResponseTemplate::new(403)).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert!(error.to_string().contains("403 Forbidden without a body"), "{error}");
}

#[tokio::test]
async fn an_empty_success_is_one_and_deviates() {
    for status in [200, 204] {
        let server = answering(ResponseTemplate::new(status)).await;
        let call = client(&server.uri()).session().get_session("1");
        let response = call.send().await.expect("the server did what was asked");
        assert_eq!(response.deviation_count(), 1);
        let deviations = response.deviations();
        assert_eq!(deviations[0].to_string(), "$: expected an object for `Session`, found nothing");
        assert_eq!(response.into_body(), okta_sdk::models::Session::new());
    }
    let error = decoding_error(ResponseTemplate::new(200)).await;
    assert_eq!(error.status(), 200);
    assert!(error.to_string().contains("is empty, where JSON was expected"), "{error}");
}

#[tokio::test]
async fn a_success_that_is_not_json_says_what_it_is() {
    let error = decoding_error(ResponseTemplate::new(200).set_body_raw("<p>", "text/html")).await;
    assert!(error.to_string().contains("is not JSON but text/html"), "{error}");
    assert_eq!(error.body(), "<p>".as_bytes());
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_named_by_its_place() {
    let cases = [
        (json!({ "id": 7 }), "$.id"),
        (json!({ "amr": ["pwd", 7] }), "$.amr[1]"),
        (json!({ "idp": { "type": false } }), "$.idp.type"),
        (json!({ "expiresAt": 7 }), "$.expiresAt"),
        (
            json!({ "_links": { "self": { "hints": { "allow": "GET" } } } }),
            "$._links.self.hints.allow",
        ),
        (json!([]), "$"),
    ];
    for (body, path) in cases {
        let error = decoding_error(ResponseTemplate::new(200).set_body_json(&body)).await;
        assert_eq!(error.path(), path, "{error}");
        assert!(error.to_string().contains(path), "{error}");
        assert!(error.to_string().contains("getSession"), "{error}");
    }
}

#[tokio::test]
async fn a_text_that_is_not_of_its_format_is_kept() {
    let body = json!({ "id": "1", "expiresAt": "tomorrow" });
    let server = answering(ResponseTemplate::new(200).set_body_json(&body)).await;
    let session = client(&server.uri()).session().get_session("1").await.expect("a session");
    assert_eq!(session.expires_at, None);
    assert_eq!(session.additional_properties.get("expiresAt"), Some(&json!("tomorrow")));
    assert_eq!(serde_json::to_value(&session).expect("JSON"), body);
}

#[tokio::test]
async fn what_does_not_fit_is_kept_and_told() {
    let body = json!({ "id": 7, "amr": ["pwd", 7], "idp": { "type": false, "id": "a" } });
    let server = answering(ResponseTemplate::new(200).set_body_json(&body)).await;
    let call = client(&server.uri()).session().get_session("1");
    let response = call.send().await.expect("a session");
    let deviations: Vec<String> = response.deviations().iter().map(ToString::to_string).collect();
    assert_eq!(
        deviations,
        [
            "$.id: expected a string, found a number",
            "$.amr[1]: expected a string that `SessionAuthenticationMethod` knows, found a number",
            "$.idp.type: expected a string that `SessionIdentityProviderType` knows, found a boolean",
        ]
    );
    let session = response.into_body();
    assert_eq!(session.id, None);
    let amr = session.amr.as_deref().expect("a list");
    assert_eq!((amr[0].as_str(), amr[1].as_str()), ("pwd", ""));
    assert_eq!(session.idp.as_ref().and_then(|idp| idp.id.as_deref()), Some("a"));
    assert_eq!(serde_json::to_value(&session).expect("JSON"), body);
}

#[tokio::test]
async fn a_missing_property_that_is_required_is_named() {
    let body = json!({ "id": "1", "_links": { "self": { "name": "x" } } });
    let error = decoding_error(ResponseTemplate::new(200).set_body_json(body)).await;
    assert_eq!(error.path(), "$._links.self.href");
    assert!(error.to_string().contains("found nothing"), "{error}");
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_no_answer() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let bodies = [
        "content-length: 100\r\n\r\n{\"id\": \"1",
        "transfer-encoding: chunked\r\n\r\n9\r\n{\"id\": \"1",
    ];
    for body in bodies {
        let server = RawServer::answering(format!("{head}{body}")).await;
        let error = client(&server.url).session().get_session("1").await.expect_err("half a body");
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert!(error.to_string().contains("no complete answer"), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_where_nothing_was_announced_does_not_decode() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n\
                  {\"id\": \"1";
    let server = RawServer::answering(answer).await;
    let error = client(&server.url).session().get_session("1").await.expect_err("half a body");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(error.to_string().contains("breaks off after 9 bytes"), "{error}");
}

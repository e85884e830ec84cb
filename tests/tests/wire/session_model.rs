//! A server that is newer or older than the SDK: what it sends is read, kept and written back.

use okta_sdk::models::{
    HttpMethod, Session, SessionAuthenticationMethod, SessionIdentityProviderType, SessionStatus,
};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::support::document::{answers, example};
use crate::support::server::{answering, client};

/// The body as the SDK reads it off the wire.
async fn received(body: &Value) -> Session {
    let server = answering(ResponseTemplate::new(200).set_body_json(body)).await;
    client(&server.uri()).session().get_session("1").await.expect("a session")
}

fn written(session: &Session) -> Value {
    serde_json::to_value(session).expect("a session is JSON")
}

#[tokio::test]
async fn every_documented_session_comes_back_whole() {
    let examples = ["createSession", "getSession", "refreshSession"]
        .into_iter()
        .flat_map(answers)
        .filter(|answer| answer.status == 200)
        .flat_map(|answer| answer.examples);
    let mut count = 0;
    for body in examples {
        let session = received(&body).await;
        assert_eq!(written(&session), body);
        // Nothing of it is unknown, or the document's examples and schemas do not fit together.
        assert!(session.additional_properties.is_empty(), "{session:?}");
        count += 1;
    }
    assert_eq!(count, 4);
}

#[tokio::test]
async fn unknown_properties_are_kept_at_every_depth() {
    let mut body = example("ActiveSession");
    body["risk"] = json!({ "level": "LOW", "score": 0.25, "big": 18_446_744_073_709_551_615_u64 });
    body["idp"]["name"] = json!("Acme");
    body["_links"]["self"]["profile"] = json!([1, null]);
    body["_links"]["logo"] = json!({ "href": "https://acme.test/logo" });
    let session = received(&body).await;
    assert_eq!(session.additional_properties.get("risk"), Some(&body["risk"]));
    assert_eq!(written(&session), body);
}

#[tokio::test]
async fn unknown_enum_values_are_kept_as_they_are() {
    let body = json!({
        "status": "SUSPENDED",
        "amr": ["pwd", "iris", "PWD"],
        "idp": { "type": "BLOCKCHAIN" },
        "_links": { "self": { "href": "/", "hints": { "allow": ["GET", "PATCH"] } } },
    });
    let session = received(&body).await;
    assert_eq!(session.status, Some(SessionStatus::Unknown("SUSPENDED".to_owned())));
    let methods = session.amr.as_deref().expect("there are methods");
    assert_eq!(methods[0], SessionAuthenticationMethod::Pwd);
    assert_eq!(methods[1].as_str(), "iris");
    assert_eq!(methods[2], SessionAuthenticationMethod::Unknown("PWD".to_owned()));
    let provider = session.idp.as_ref().and_then(|provider| provider.r#type.as_ref());
    assert_eq!(provider.map(SessionIdentityProviderType::as_str), Some("BLOCKCHAIN"));
    assert_eq!(written(&session), body);
}

#[tokio::test]
async fn every_property_may_be_missing() {
    let whole = example("ActiveSession");
    for missing in whole.as_object().expect("an object").keys() {
        let mut body = whole.clone();
        body.as_object_mut().expect("an object").shift_remove(missing);
        assert_eq!(written(&received(&body).await), body, "without {missing}");
    }
    assert_eq!(received(&json!({})).await, Session::new());
}

#[tokio::test]
async fn a_null_is_read_as_absent_and_written_back() {
    let mut body = example("ActiveSession");
    body["lastFactorVerification"] = Value::Null;
    body["amr"] = Value::Null;
    let session = received(&body).await;
    assert_eq!((session.last_factor_verification, &session.amr), (None, &None));
    assert_eq!(written(&session), body);
}

#[tokio::test]
async fn what_a_caller_changes_is_written_and_the_rest_stays() {
    let mut body = example("ActiveSession");
    body["risk"] = json!("LOW");
    let mut session = received(&body).await;
    session.status = Some(SessionStatus::MfaRequired);
    body["status"] = json!("MFA_REQUIRED");
    assert_eq!(written(&session), body);
}

#[tokio::test]
async fn links_are_typed() {
    let session = received(&example("ActiveSession")).await;
    let link = session.links.and_then(|links| links.self_).expect("there is a link");
    assert!(link.href.ends_with("/api/v1/sessions/101W_juydrDRByB7fUdRyE2JQ"));
    let allowed = link.hints.and_then(|hints| hints.allow);
    assert_eq!(allowed, Some(vec![HttpMethod::Get, HttpMethod::Delete]));
}

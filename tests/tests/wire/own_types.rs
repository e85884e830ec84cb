//! Types of the caller's own that hold models: what is read within them is judged as everywhere.

use okta_sdk::models::Session;
use okta_sdk::runtime::{Call, Method, Operation, decode};
use okta_sdk::{Error, Result};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::support::server::{API_TOKEN, answering, builder};

static PAIR: Operation =
    Operation { id: "getPair", method: Method::GET, path: "/pair", ..Operation::DEFAULT };

/// A model beside what the document does not have.
#[derive(Debug, Deserialize)]
struct Pair {
    session: Session,
    sessions: Vec<Session>,
}

/// A model that comes as a text within the JSON.
#[derive(Debug)]
struct Packed(Session);

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

async fn read<T: serde::de::DeserializeOwned + Send + 'static>(
    body: &str,
    strict: bool,
) -> Result<T> {
    let template = ResponseTemplate::new(200).set_body_raw(body, "application/json");
    let server = answering(template).await;
    let client = builder(&server.uri()).api_token(API_TOKEN).strict(strict).build()?;
    Call::new(&client, &PAIR).into_body(decode::json::<T>).await
}

#[tokio::test]
async fn models_within_a_type_of_ones_own_are_read() {
    let body = r#"{ "session": { "id": "1", "n": 1e999 }, "sessions": [{ "login": "a" }] }"#;
    let pair: Pair = read(body, false).await.expect("it fits");
    assert_eq!(pair.session.id.as_deref(), Some("1"));
    assert_eq!(pair.sessions, [Session::new().login("a")]);
    let text = serde_json::to_string(&pair.session).expect("JSON");
    assert_eq!(text, r#"{"id":"1","n":1e999}"#, "a number that no value holds goes back");
}

#[tokio::test]
async fn a_misfit_within_it_is_an_error_where_the_client_is_strict() {
    let body = json!({ "session": {}, "sessions": [{ "mfaActive": "yes" }] }).to_string();
    let error = read::<Pair>(&body, true).await.expect_err("a misfit");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let pair: Pair = read(&body, false).await.expect("it is kept");
    assert_eq!(pair.sessions[0].mfa_active, None);
    assert_eq!(pair.sessions[0].additional_properties.get("mfaActive"), Some(&json!("yes")));
}

/// What is read within a reading is a reading of its own, by the rules of whoever starts it.
#[tokio::test]
async fn a_text_within_a_text_is_read_by_serde() {
    let body = json!({ "mfaActive": "yes", "n": 1 }).to_string();
    let body = Value::String(body).to_string();
    let Packed(session) = read(&body, false).await.expect("serde keeps it");
    assert_eq!(session.additional_properties.get("mfaActive"), Some(&json!("yes")));
}

#[tokio::test(flavor = "multi_thread")]
async fn readings_at_the_same_time_know_nothing_of_each_other() {
    let misfit = json!({ "session": { "mfaActive": "yes" }, "sessions": [] }).to_string();
    let tasks = (0..32).map(|index| {
        let (misfit, strict) = (misfit.clone(), index % 2 == 0);
        tokio::spawn(async move { (strict, read::<Pair>(&misfit, strict).await.is_err()) })
    });
    for task in tasks.collect::<Vec<_>>() {
        let (strict, is_refused) = task.await.expect("it ends");
        assert_eq!(strict, is_refused);
    }
}

//! What may be absent, what may be null, and what goes in one direction only.

use features_sdk::models::{Account, Color, Presence, Range};
use sdk_tests::folder::workspace;
use serde_json::json;

use crate::support::{Server, kept, refusal, write};

#[test]
fn absent_null_and_a_value_are_three_things() {
    let absent: Presence = kept(json!({ "must": "m", "mustOrNull": null }));
    assert_eq!((absent.may_or_null, absent.color), (None, None));
    let null: Presence = kept(
        json!({ "must": "m", "mustOrNull": "n", "mayOrNull": null, "color": null, "range": null }),
    );
    assert_eq!((null.may_or_null, null.color, null.range), (Some(None), Some(None), Some(None)));
    let value: Presence = kept(json!({
        "must": "m", "mustOrNull": "n", "mayOrNull": "v", "color": "red", "range": { "from": 1 },
    }));
    assert_eq!(value.may_or_null, Some(Some("v".to_owned())));
    assert_eq!(value.color, Some(Some(Color::Red)));
    assert_eq!(value.range, Some(Some(Range::new().from(1))));
}

#[test]
fn a_setter_takes_a_value_or_null() {
    let presence = Presence::new("m", None).may_or_null(None).color(Color::Green);
    let expected = json!({ "must": "m", "mustOrNull": null, "mayOrNull": null, "color": "green" });
    assert_eq!(write(&presence), expected);
}

#[test]
fn what_is_required_may_be_null_but_not_absent() {
    let refusal = refusal::<Presence>(json!({ "must": "m" }));
    assert!(refusal.contains("missing field `mustOrNull`"), "{refusal}");
}

#[test]
fn a_null_that_the_schema_does_not_allow_goes_back_until_the_field_is_set() {
    let presence: Presence = kept(json!({ "must": "m", "mustOrNull": null, "may": null }));
    assert_eq!(presence.may, None);
    let expected = json!({ "must": "m", "mustOrNull": null, "may": "v" });
    assert_eq!(write(&presence.may("v")), expected);
}

#[tokio::test]
async fn only_the_server_gives_what_is_read_only_and_only_the_client_what_is_write_only() {
    let server = Server::json(201, r#"{ "id": "a1", "name": "Ada" }"#).await;

    let account = Account::new("Ada").password("secret");
    let account = server.client().devices().create_device(&account).await.expect("an account");

    let sent: serde_json::Value =
        serde_json::from_slice(&server.only_request().body).expect("JSON was sent");
    assert_eq!(sent, json!({ "name": "Ada", "password": "secret" }));
    assert_eq!((account.id.as_deref(), account.password), (Some("a1"), None));
}

#[test]
fn a_default_is_the_servers_and_told_in_the_documentation() {
    let account = Account::new("Ada");
    assert_eq!((account.plan, account.seats), (None, None));
    let source = workspace().join("tests/features/generated/src/models/stock.rs");
    let source = std::fs::read_to_string(source).expect("the models of the tag");
    assert!(source.contains("/// Default: `\"basic\"`."), "{source}");
    assert!(source.contains("/// Default: `5`."), "{source}");
}

#[test]
fn what_is_deprecated_warns_whoever_uses_it() {
    #[expect(deprecated, reason = "the document advises against it")]
    let account = Account::new("Ada").nickname("A");
    assert_eq!(write(&account), json!({ "name": "Ada", "nickname": "A" }));
}

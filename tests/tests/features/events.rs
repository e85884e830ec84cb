//! Callbacks and webhooks: what the server sends is a model.

use features_sdk::models::{DeviceReadyCallbackRequest, StockChangedWebhookRequest};
use serde_json::json;

use crate::support::{kept, refusal};

#[test]
fn the_payload_of_a_webhook_is_a_model() {
    let event: StockChangedWebhookRequest = kept(json!({ "deviceId": "d1", "count": 5 }));
    assert_eq!((event.device_id.as_str(), event.count), ("d1", Some(5)));
    let refusal = refusal::<StockChangedWebhookRequest>(json!({ "count": 5 }));
    assert!(refusal.contains("missing field `deviceId`"), "{refusal}");
}

#[test]
fn the_payload_of_a_callback_is_a_model() {
    let event: DeviceReadyCallbackRequest = kept(json!({ "ready": true, "added": "later" }));
    assert!(event.ready);
}

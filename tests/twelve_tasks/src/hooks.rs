//! Event hooks.

use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use okta_management::models::{
    EventHook, EventHookChannel, EventHookChannelConfig, EventHookChannelType,
    EventSubscriptionType, EventSubscriptions,
};
use okta_management::{Client, Result};
use serde_json::{Value, json};

/// Creates an event hook for new users, and has Okta verify it.
pub async fn create(client: &Client, url: &str) -> Result<EventHook> {
    let config = EventHookChannelConfig::new(url);
    let channel = EventHookChannel::new(config, EventHookChannelType::Http, "1.0.0");
    let created = ["user.lifecycle.create".to_owned()];
    let events = EventSubscriptions::new(created, EventSubscriptionType::EventType);
    let hook = EventHook::new(channel, events, "New users");
    let hook = client.event_hook().create_event_hook(&hook).await?;
    client.event_hook().verify_event_hook(hook.id.unwrap_or_default()).await
}

/// The hook, which answers Okta's one-time verification.
pub fn service() -> Router {
    async fn verification(headers: HeaderMap) -> Json<Value> {
        let challenge = headers.get("x-okta-verification-challenge");
        Json(json!({ "verification": challenge.and_then(|value| value.to_str().ok()) }))
    }
    Router::new().route("/", get(verification))
}

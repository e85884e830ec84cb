//! Event hooks.

use std::sync::{Arc, Mutex};

use axum::extract::Path;
use axum::routing::post;
use axum::{Json, Router};
use okta_management::Client;
use okta_management::models::EventHookVerificationStatus;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use twelve_tasks::hooks;

/// Serves a router, and gives its URL.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

/// An org that keeps hooks, and verifies one as Okta does: by a challenge that has to come back.
fn org() -> Router {
    let hooks = Arc::new(Mutex::new(Value::Null));
    let kept = hooks.clone();
    let create = async move |Json(mut hook): Json<Value>| {
        hook["id"] = "who1".into();
        hook["verificationStatus"] = "UNVERIFIED".into();
        *hooks.lock().unwrap() = hook.clone();
        Json(hook)
    };
    let verify = async move |Path(id): Path<String>| {
        let mut hook = kept.lock().unwrap().clone();
        assert_eq!(hook["id"], id);
        let url = hook["channel"]["config"]["uri"].as_str().unwrap().to_owned();
        let request =
            reqwest::Client::new().get(url).header("X-Okta-Verification-Challenge", "riddle");
        let answer = request.send().await.unwrap().text().await.unwrap();
        let is_verified =
            serde_json::from_str::<Value>(&answer).unwrap() == json!({ "verification": "riddle" });
        hook["verificationStatus"] = if is_verified { "VERIFIED" } else { "UNVERIFIED" }.into();
        Json(hook)
    };
    Router::new()
        .route("/api/v1/eventHooks", post(create))
        .route("/api/v1/eventHooks/{id}/lifecycle/verify", post(verify))
}

#[tokio::test]
async fn a_hook_is_created_and_answers_its_verification() {
    let hook = serve(hooks::service()).await;
    let builder =
        Client::builder().base_url(serve(org()).await).allow_http(true).api_token("a-token");
    let verified = hooks::create(&builder.build().unwrap(), &format!("{hook}/")).await.unwrap();
    assert_eq!(verified.verification_status, Some(EventHookVerificationStatus::Verified));
    assert_eq!(verified.events.items, ["user.lifecycle.create"]);
}

//! Session ids that try to be more than one segment of a path, as a server framework sees them.

use axum::extract::{Path, State};
use axum::http::{Method, Uri};
use axum::routing::{get, post};
use axum::{Json, Router};
use okta_sdk::Error;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

use crate::support::server::client;

/// Ids that any URL can carry.
const IDS: [&str; 18] = [
    "../users/me",
    "a/b?c#d%",
    "a/../../b",
    "/",
    "//evil.test/",
    "..%2f..%2fusers",
    "%2e%2e",
    "%",
    "%00",
    "..;",
    "...",
    "a\\..\\b",
    "a b\t\r\n",
    "\u{0}\u{7f}",
    "caf\u{e9} \u{1f980} \u{202e}",
    "@:;,=&+$!*'()[]{}|^`\"<>",
    "https://evil.test",
    "lifecycle/refresh",
];

type Seen = Arc<Mutex<Vec<String>>>;

/// Answers with the id as axum decoded it from the one segment that it matched.
async fn session(State(seen): State<Seen>, method: Method, Path(id): Path<String>) -> Json<Value> {
    seen.lock().expect("no test panics here").push(format!("{method} {id}"));
    Json(json!({ "id": id }))
}

/// Catches what is no session's path.
async fn elsewhere(State(seen): State<Seen>, method: Method, uri: Uri) {
    seen.lock().expect("no test panics here").push(format!("elsewhere: {method} {uri}"));
}

async fn start() -> (String, Seen) {
    let seen = Seen::default();
    let routes = Router::new()
        .route("/api/v1/sessions/{id}", get(session).delete(session))
        .route("/api/v1/sessions/{id}/lifecycle/refresh", post(session))
        .fallback(elsewhere)
        .with_state(seen.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("the socket is bound"));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (url, seen)
}

#[tokio::test]
async fn an_id_arrives_as_one_segment() {
    let (url, seen) = start().await;
    let sessions = client(&url).session();
    for id in IDS {
        let session =
            sessions.get_session(id).await.unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(session.id.as_deref(), Some(id));
        let session =
            sessions.refresh_session(id).await.unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(session.id.as_deref(), Some(id));
        // The answer to a DELETE has no body; the server's notes show where it went.
        sessions.end_session(id).await.unwrap_or_else(|error| panic!("{id}: {error}"));
    }
    let expected: Vec<String> = IDS
        .iter()
        .flat_map(|id| ["GET", "POST", "DELETE"].map(|method| format!("{method} {id}")))
        .collect();
    assert_eq!(*seen.lock().expect("no test panics here"), expected);
}

/// `.` and `..` mean "here" and "one up" in every spelling (RFC 3986, sections 5.2.4 and 6.2.2.2).
#[tokio::test]
async fn an_id_that_no_url_can_carry_fails_before_any_request() {
    let (url, seen) = start().await;
    let sessions = client(&url).session();
    for (id, reason) in [("", "`sessionId` is empty"), (".", "segment `.`"), ("..", "segment `..`")]
    {
        let errors = [
            sessions.get_session(id).await.expect_err("no URL"),
            sessions.refresh_session(id).await.expect_err("no URL"),
            sessions.end_session(id).await.expect_err("no URL"),
        ];
        for error in errors {
            assert!(matches!(error, Error::Request(_)), "{error:?}");
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
    assert!(seen.lock().expect("no test panics here").is_empty());
}

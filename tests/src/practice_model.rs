//! A language model for the example `chat`: it repeats the last message, word by word.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures_util::stream::{self, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// How long the model thinks about each word.
const PAUSE: Duration = Duration::from_millis(5);

/// A server on a port of its own, which runs as long as the program.
#[derive(Debug)]
pub struct PracticeModel {
    url: String,
}

impl PracticeModel {
    /// The key that the model accepts.
    pub const KEY: &str = "practice-key";

    /// Starts a server.
    ///
    /// # Errors
    ///
    /// The system has no free port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let routes = Router::new().route("/chat/completions", post(complete));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { url })
    }

    /// Its base URL.
    pub fn url(&self) -> &str {
        &self.url
    }
}

async fn complete(headers: HeaderMap, Json(request): Json<Value>) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if header(header::AUTHORIZATION) != Some(&format!("Bearer {}", PracticeModel::KEY)) {
        let problem = json!({ "error": { "message": "this is no key", "code": "invalid_key" } });
        return (StatusCode::UNAUTHORIZED, Json(problem)).into_response();
    }
    let last = request["messages"].as_array().and_then(|messages| messages.last());
    let text = last.and_then(|message| message["content"].as_str()).unwrap_or_default();
    if request["stream"] == true && header(header::ACCEPT) == Some("text/event-stream") {
        return pieces(text);
    }
    let message = json!({ "role": "assistant", "content": text });
    let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
    Json(json!({ "id": "c1", "choices": [choice] })).into_response()
}

/// The text as events, word by word.
fn pieces(text: &str) -> Response {
    let chunk = |delta: Value, finish: Value| {
        let choice = json!({ "index": 0, "delta": delta, "finish_reason": finish });
        format!("data: {}\n\n", json!({ "id": "c1", "choices": [choice] }))
    };
    let words =
        text.split_inclusive(' ').map(|word| chunk(json!({ "content": word }), Value::Null));
    let mut events = vec![chunk(json!({ "role": "assistant" }), Value::Null)];
    events.extend(words);
    events.push(chunk(json!({}), json!("stop")));
    events.push("data: [DONE]\n\n".to_owned());
    let events = stream::iter(events).then(async |event| {
        tokio::time::sleep(PAUSE).await;
        Ok::<_, Infallible>(Bytes::from(event))
    });
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::from_stream(events)).into_response()
}

//! The spans of a call and of its attempts.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{answering, builder};

/// Keeps everything that is written.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Output {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("no test panics here").clone();
        String::from_utf8(bytes).expect("the output is UTF-8")
    }
}

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panics here").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Output {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// Everything that is traced, at every level, of a call that is made twice.
async fn trace() -> String {
    let output = Output::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(output.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let limited = AtomicBool::new(true);
    let server = answering(move |_: &Request| match limited.swap(false, Ordering::Relaxed) {
        true => ResponseTemplate::new(429).insert_header("retry-after", "0"),
        false => ResponseTemplate::new(200).set_body_json(example("ActiveSession")),
    })
    .await;
    let client = builder(&server.uri()).api_token("token-sesame").build().expect("a client");
    client.session().get_session("id-sesame").await.expect("a session");
    output.text()
}

/// The spans of the SDK, in the order in which they were closed.
fn closed(trace: &str) -> Vec<Value> {
    trace
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"))
        .filter(|line| line["fields"]["message"] == "close")
        .map(|line| line["span"].clone())
        .filter(|span| matches!(span["name"].as_str(), Some("attempt" | "operation")))
        .collect()
}

#[tokio::test]
async fn a_call_has_a_span_and_so_has_each_attempt() {
    let trace = trace().await;
    let spans = closed(&trace);
    let [first, second, operation] = spans.as_slice() else { panic!("{trace}") };
    for span in &spans {
        assert_eq!(span["http.request.method"], "GET");
        assert_eq!(span["url.template"], "/api/v1/sessions/{sessionId}");
        assert_eq!(span["otel.name"], "GET /api/v1/sessions/{sessionId}");
    }
    assert_eq!(operation["openapi.operation_id"], "getSession");
    assert_eq!(operation.get("error.type"), None);
    assert_eq!(first["http.response.status_code"], 429);
    assert_eq!(first["error.type"], "429");
    assert_eq!(first.get("http.request.resend_count"), None);
    assert_eq!(second["http.response.status_code"], 200);
    assert_eq!(second["http.request.resend_count"], 1);
    assert_eq!(second["server.address"], "127.0.0.1");
    assert!(second["server.port"].is_u64(), "{second}");
    assert!(trace.contains("waits to try again"), "{trace}");
}

#[tokio::test]
async fn neither_token_nor_id_nor_body_is_traced() {
    let trace = trace().await;
    assert_eq!(closed(&trace).len(), 3);
    for secret in ["sesame", "ada.lovelace"] {
        assert!(!trace.contains(secret), "{trace}");
    }
}

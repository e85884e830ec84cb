//! The spans of a call and of its attempts.

use std::io;
use std::sync::{Arc, LazyLock, Mutex};

use okta_sdk::Client;
use serde_json::{Value, json};
use tokio::runtime;
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Everything that is traced, at every level, of a call that succeeds at the second attempt.
static TRACE: LazyLock<String> = LazyLock::new(|| {
    let output = Output::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(output.clone())
        .finish();
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("there is a runtime");
    tracing::subscriber::with_default(subscriber, || runtime.block_on(call()));
    output.text()
});

async fn call() {
    let server = MockServer::start().await;
    let limited = ResponseTemplate::new(429).insert_header("retry-after", "0");
    Mock::given(any()).respond_with(limited).up_to_n_times(1).mount(&server).await;
    let session = ResponseTemplate::new(200).set_body_json(json!({ "login": "login-sesame" }));
    Mock::given(any()).respond_with(session).mount(&server).await;
    let builder = Client::builder().base_url(server.uri()).allow_http(true);
    let client = builder.api_token("token-sesame").build().expect("a good configuration");
    client.session().get_session("id-sesame").await.expect("a session");
}

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

/// The spans of the SDK, in the order in which they were closed.
fn closed_spans() -> Vec<Value> {
    TRACE
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"))
        .filter(|line| line["fields"]["message"] == "close")
        .map(|line| line["span"].clone())
        .filter(|span| matches!(span["name"].as_str(), Some("attempt" | "operation")))
        .collect()
}

#[test]
fn a_call_has_a_span_and_so_has_each_attempt() {
    let spans = closed_spans();
    let [first, second, operation] = spans.as_slice() else { panic!("{}", *TRACE) };
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
    assert!(TRACE.contains("waits to try again"), "{}", *TRACE);
}

#[test]
fn neither_token_nor_id_nor_body_is_traced() {
    assert_eq!(closed_spans().len(), 3);
    assert!(!TRACE.contains("sesame"), "{}", *TRACE);
}

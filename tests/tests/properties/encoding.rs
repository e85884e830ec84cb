//! Any text as a parameter arrives as it was, as axum decodes it.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use features_sdk::{Client, Error};
use proptest::prelude::*;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// What the server made of the last request.
#[derive(Clone, Debug, Default)]
struct Decoded {
    path: String,
    query: Vec<(String, String)>,
    header: Option<Vec<u8>>,
}

#[derive(Clone, Default)]
struct Last(Arc<Mutex<Decoded>>);

impl Last {
    fn set(&self, decoded: Decoded) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = decoded;
    }

    fn get(&self) -> Decoded {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An axum server and a client of it. Each test has its own.
struct Wire {
    runtime: Runtime,
    client: Client,
    last: Last,
}

impl Wire {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let last = Last::default();
        let routes = Router::new()
            .route("/shared/{id}", get(shared))
            .route("/query", get(query))
            .with_state(last.clone());
        let url = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let url = format!("http://{}", listener.local_addr().expect("an address"));
            tokio::spawn(async move { axum::serve(listener, routes).await });
            url
        });
        let client = Client::builder().base_url(url).allow_http(true).max_retries(0).key("key");
        Self { runtime, client: client.build().expect("a client"), last }
    }
}

async fn shared(
    State(last): State<Last>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    let header = headers.get("trace").map(|value| value.as_bytes().to_vec());
    last.set(Decoded { path, header, ..Decoded::default() });
    StatusCode::NO_CONTENT
}

async fn query(State(last): State<Last>, RawQuery(query): RawQuery) -> StatusCode {
    let query = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    last.set(Decoded { query, ..Decoded::default() });
    StatusCode::NO_CONTENT
}

/// Texts in which what URLs and headers are sensitive to is frequent.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ /?#%&=+;,:@.~\"'\\\\|{}<>\\[\\]\\^`éß€😀a-c0-9\t\r\n\u{0}]{0,12}"
    ]
}

/// What a header may hold (RFC 9110, section 5.5), but for the spaces around it.
fn is_header_text(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte) || byte >= 0x80)
}

static PATHS: LazyLock<Wire> = LazyLock::new(Wire::new);
static QUERIES: LazyLock<Wire> = LazyLock::new(Wire::new);
static HEADERS: LazyLock<Wire> = LazyLock::new(Wire::new);

proptest! {
    #[test]
    fn a_path_parameter_arrives(text in text()) {
        let Wire { runtime, client, last } = &*PATHS;
        let result = runtime.block_on(async { client.styles().shared_parameters(&text).await });
        if ["", ".", ".."].contains(&text.as_str()) {
            // No URL can carry these as a segment (RFC 3986, section 6.2.2.3).
            prop_assert!(matches!(result, Err(Error::Request(_))), "{result:?}");
        } else {
            prop_assert!(result.is_ok(), "{result:?}");
            prop_assert_eq!(last.get().path, text);
        }
    }

    #[test]
    fn a_query_parameter_arrives(text in text()) {
        let Wire { runtime, client, last } = &*QUERIES;
        let call = client.styles().query_styles(true).escaped(&text);
        let result = runtime.block_on(async { call.await });
        prop_assert!(result.is_ok(), "{result:?}");
        let expected = [("required", "true"), ("escaped", text.as_str())];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        prop_assert_eq!(last.get().query, expected);
    }

    #[test]
    fn a_header_arrives_or_is_refused(text in text()) {
        let Wire { runtime, client, last } = &*HEADERS;
        let call = client.styles().shared_parameters("id").trace(&text);
        let result = runtime.block_on(async { call.await });
        if is_header_text(&text) {
            prop_assert!(result.is_ok(), "{result:?}");
            let header = last.get().header.unwrap_or_default();
            prop_assert_eq!(header, text.trim_matches([' ', '\t']).as_bytes());
        } else {
            prop_assert!(matches!(result, Err(Error::Request(_))), "{result:?}");
        }
    }
}

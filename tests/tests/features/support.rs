//! A server that notes every request, a client for it, and how a model is read and written.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use features_sdk::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The API key of [`Server::client`].
pub const KEY: &str = "acme-key";

/// The largest body that a test sends, in bytes.
const LIMIT: usize = 1 << 20;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// Method, URI and headers.
    pub head: Parts,
    /// The body.
    pub body: Bytes,
}

impl Received {
    /// The path, not decoded.
    pub fn path(&self) -> &str {
        self.head.uri.path()
    }

    /// Names and values of the query, as axum decodes them.
    pub fn query(&self) -> Vec<(String, String)> {
        let query = Query::try_from_uri(&self.head.uri).expect("the query can be read");
        let Query(pairs) = query;
        pairs
    }

    /// A header that is there at most once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let values: Vec<_> = self.head.headers.get_all(name).iter().collect();
        assert!(values.len() < 2, "the header `{name}` came several times: {values:?}");
        values.first().map(|value| value.to_str().expect("the header is text"))
    }

    /// What one of axum's extractors makes of the request.
    pub async fn extract<T: FromRequest<(), Rejection: std::fmt::Debug>>(&self) -> T {
        let request = Request::from_parts(self.head.clone(), Body::from(self.body.clone()));
        T::from_request(request, &()).await.expect("axum can read the request")
    }
}

/// An axum server on a port of its own, until it is dropped.
pub struct Server {
    /// Where it listens.
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers every request with what `answer` makes of it.
    pub async fn answering<R: IntoResponse>(
        answer: impl Fn(&Received) -> R + Clone + Send + Sync + 'static,
    ) -> Self {
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = received.clone();
        let routes = Router::new().fallback(move |request: Request| async move {
            let (head, body) = request.into_parts();
            let body = to_bytes(body, LIMIT).await.expect("the body arrives");
            let request = Received { head, body };
            let response: Response = answer(&request).into_response();
            log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
            response
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let task = tokio::spawn(async move {
            axum::serve(listener, routes).await.expect("the server runs until it is aborted");
        });
        Self { url, received, task }
    }

    /// Answers every request with 204.
    pub async fn quiet() -> Self {
        Self::answering(|_| StatusCode::NO_CONTENT).await
    }

    /// Answers every request with this status and JSON.
    pub async fn json(status: u16, body: &'static str) -> Self {
        Self::answering(move |_| json(status, body)).await
    }

    /// A client of the server, with the API key. It repeats nothing.
    pub fn client(&self) -> Client {
        let builder = Client::builder().base_url(&self.url).allow_http(true).max_retries(0);
        builder.key(KEY).build().expect("a good configuration")
    }

    /// The requests that came, in their order.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one request that came.
    pub fn only_request(&self) -> Received {
        let received = self.received();
        let [request] = received.as_slice() else { panic!("not one request: {received:?}") };
        request.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An answer with JSON.
pub fn json(status: u16, body: impl Into<Body>) -> impl IntoResponse {
    let status = StatusCode::from_u16(status).expect("a status");
    (status, [(header::CONTENT_TYPE, "application/json")], body.into())
}

/// Names and values as a test writes them.
pub fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// A part of a form, as axum reads it: name, file name, media type and content.
pub type Part = (String, Option<String>, Option<String>, Vec<u8>);

/// The parts of a form.
pub async fn parts(request: &Received) -> Vec<Part> {
    let mut form: Multipart = request.extract().await;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.expect("a whole part") {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(str::to_owned);
        let content = field.bytes().await.expect("a whole part").to_vec();
        parts.push((name, file_name, media_type, content));
    }
    parts
}

/// A part as a test writes it.
pub fn part(name: &str, file: Option<&str>, media_type: Option<&str>, content: &[u8]) -> Part {
    (name.to_owned(), file.map(str::to_owned), media_type.map(str::to_owned), content.to_vec())
}

/// Reads a model.
pub fn read<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("the model can be read")
}

/// Why a model cannot be read.
pub fn refusal<T: DeserializeOwned + std::fmt::Debug>(json: Value) -> String {
    serde_json::from_value::<T>(json).expect_err("the model cannot be read").to_string()
}

/// Writes a model.
pub fn write(model: &impl Serialize) -> Value {
    serde_json::to_value(model).expect("the model can be written")
}

/// Reads a model, checks that it is written as it was read, and gives it.
pub fn kept<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let model = read(json.clone());
    assert_eq!(write(&model), json);
    model
}

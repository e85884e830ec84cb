//! A server without a network: a layer that answers each request itself.

use std::future::ready;
use std::sync::{Arc, LazyLock, Mutex};

use http::request::Parts;
use http::{Request, Response};
use tower::util::BoxCloneSyncService;
use tower::{Layer, service_fn};

use crate::runtime::{
    Call, Client, ClientBuilder, HttpService, Operation, Response as Answered, Result, decode,
};

/// The answer to a request, of which so many came before.
type Answer = fn(usize, &Parts) -> Response<String>;

/// A server that keeps what it was sent.
#[derive(Clone)]
pub struct Server {
    answer: Answer,
    received: Arc<Mutex<Vec<Parts>>>,
}

impl Server {
    pub fn new(answer: Answer) -> Self {
        Self { answer, received: Arc::default() }
    }

    /// The client of a builder, all of whose requests come here.
    pub fn client(&self, builder: ClientBuilder) -> Client {
        offline(builder.layer(self.clone())).build().expect("a good configuration")
    }

    /// What came since this was asked last.
    pub fn received(&self) -> Vec<Parts> {
        std::mem::take(&mut *self.received.lock().expect("no test fails within the server"))
    }
}

impl Layer<HttpService> for Server {
    type Service = HttpService;

    fn layer(&self, _: HttpService) -> HttpService {
        let Self { answer, received } = self.clone();
        BoxCloneSyncService::new(service_fn(move |request: Request<reqwest::Body>| {
            let parts = request.into_parts().0;
            let mut received = received.lock().expect("no test fails within the server");
            let response = answer(received.len(), &parts);
            received.push(parts);
            ready(Ok(response.map(reqwest::Body::from)))
        }))
    }
}

/// A builder that lacks nothing. The HTTP client beneath is one for all, since it reads the system's certificates.
pub fn offline(builder: ClientBuilder) -> ClientBuilder {
    static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(reqwest::Client::new);
    builder.base_url("https://api.test/v1").http_client(CLIENT.clone())
}

/// An answer without a body.
pub fn empty(status: u16) -> Response<String> {
    with_body(status, "")
}

pub fn with_body(status: u16, body: &str) -> Response<String> {
    Response::builder().status(status).body(body.to_owned()).expect("a good answer")
}

/// Makes a call.
pub fn send(call: Call) -> Result<Answered<bytes::Bytes>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(call.send(decode::bytes))
}

/// Makes the call of an operation that has no parameter.
pub fn call(client: &Client, operation: &'static Operation) -> Result<Answered<bytes::Bytes>> {
    send(Call::new(client, operation))
}

/// The text of a header.
pub fn header<'a>(request: &'a Parts, name: &str) -> Option<&'a str> {
    request.headers.get(name).map(|value| value.to_str().expect("a text"))
}

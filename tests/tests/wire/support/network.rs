//! A layer in the place of the network: it answers from a list, and notes when it was asked. With
//! it a test can pause the time, which a real socket does not know of.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, Request, Response};
use okta_sdk::runtime::{BoxError, HttpService};
use okta_sdk::{Client, ClientBuilder};
use reqwest::Body;
use tokio::time::Instant;
use tower::layer::layer_fn;
use tower::{Layer, service_fn};

/// The server's clock, in seconds since 1970: it stands still at [`DATE`].
pub const NOW: u64 = 1_700_000_000;
/// [`NOW`] as the answers' `Date`.
pub const DATE: &str = "Tue, 14 Nov 2023 22:13:20 GMT";

/// What a network does with a request.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Gives an answer with the status and the headers, and a session in its body.
    Answer(u16, Vec<(&'static str, String)>),
    /// Breaks the connection.
    Broken,
}

/// An answer with a status and headers.
pub fn answer(status: u16, headers: &[(&'static str, &str)]) -> Outcome {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
    Outcome::Answer(status, headers.collect())
}

/// An attempt that reached the network.
#[derive(Debug)]
pub struct Attempt {
    /// How long after the network was made.
    pub after: Duration,
    pub headers: HeaderMap,
}

/// The network: one outcome after the other, the last one again and again.
#[derive(Clone, Debug)]
pub struct Network {
    outcomes: Arc<[Outcome]>,
    attempts: Arc<Mutex<Vec<Attempt>>>,
    start: Instant,
}

impl Network {
    pub fn new(outcomes: impl Into<Arc<[Outcome]>>) -> Self {
        Self { outcomes: outcomes.into(), attempts: Arc::default(), start: Instant::now() }
    }

    /// A client on this network, with the default settings.
    pub fn client(&self) -> Client {
        self.builder().build().expect("a good configuration")
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder().base_url("https://acme.okta.com").api_token("token").layer(self.layer())
    }

    /// The layer that ends all others: nothing passes it.
    pub fn layer(&self) -> impl Layer<HttpService, Service = HttpService> + Send + Sync + use<> {
        let network = self.clone();
        layer_fn(move |_: HttpService| {
            let network = network.clone();
            HttpService::new(service_fn(move |request| {
                let outcome = network.take(&request);
                async move { outcome }
            }))
        })
    }

    fn take(&self, request: &Request<Body>) -> Result<Response<Body>, BoxError> {
        let mut attempts = self.attempts.lock().expect("no test panics here");
        let outcome = self.outcomes.get(attempts.len()).or(self.outcomes.last());
        attempts.push(Attempt { after: self.start.elapsed(), headers: request.headers().clone() });
        match outcome {
            Some(Outcome::Answer(status, headers)) => respond(*status, headers),
            Some(Outcome::Broken) | None => Err("the connection was reset".into()),
        }
    }

    /// When each attempt was made, in milliseconds from the start.
    pub fn times(&self) -> Vec<u128> {
        let attempts = self.attempts.lock().expect("no test panics here");
        attempts.iter().map(|attempt| attempt.after.as_millis()).collect()
    }

    /// How many attempts were made.
    pub fn count(&self) -> usize {
        self.times().len()
    }

    /// A header of an attempt, which is counted from 0.
    pub fn header(&self, attempt: usize, name: &str) -> Option<String> {
        let attempts = self.attempts.lock().expect("no test panics here");
        let value = attempts[attempt].headers.get(name)?;
        Some(value.to_str().expect("the header is text").to_owned())
    }
}

fn respond(status: u16, headers: &[(&str, String)]) -> Result<Response<Body>, BoxError> {
    let mut response = Response::builder().status(status).header("date", DATE);
    for (name, value) in headers {
        response = response.header(*name, value);
    }
    Ok(response.body(Body::from(r#"{"id": "1"}"#))?)
}

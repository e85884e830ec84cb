//! Layers of `tower` between client and network.

use std::sync::{Arc, Mutex};

use http::{HeaderValue, Request};
use okta_sdk::Client;
use reqwest::Body;
use tower::util::MapRequestLayer;

use crate::support::network::{Network, answer};

#[tokio::test(start_paused = true)]
async fn layers_see_every_attempt_from_the_outermost_on() {
    let seen: Arc<Mutex<Vec<&str>>> = Arc::default();
    let note = |name: &'static str| {
        let seen = seen.clone();
        MapRequestLayer::new(move |mut request: Request<Body>| {
            assert_eq!(request.headers()["authorization"], "SSWS token");
            seen.lock().expect("no test panics here").push(name);
            request.headers_mut().append("x-note", HeaderValue::from_static(name));
            request
        })
    };
    let network = Network::new([answer(429, &[("retry-after", "1")]), answer(200, &[])]);
    let builder = Client::builder().base_url("https://acme.okta.com").api_token("token");
    let builder = builder.layer(note("outer")).layer(note("inner")).layer(network.layer());
    builder.build().expect("a client").session().get_session("1").await.expect("a session");

    assert_eq!(*seen.lock().expect("no test panics here"), ["outer", "inner", "outer", "inner"]);
    assert_eq!(network.header(1, "x-note").as_deref(), Some("outer"));
}

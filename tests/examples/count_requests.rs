//! Counts the requests of each operation and their answers, retries included, with a layer of
//! `tower`.
//!
//! Run it with `cargo run -p sdk-tests --example count_requests`; it talks to a mock within the process.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use http::Request;
use okta_sdk::models::Session;
use okta_sdk::runtime::{HttpService, Mock, MockAnswer, Operation};
use tower::layer::layer_fn;
use tower::{ServiceExt, service_fn};

/// How many requests there were, by operation and status.
pub type Counts = Arc<Mutex<BTreeMap<(&'static str, u16), usize>>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let counts = run().await?;
    for ((operation, status), count) in counts.lock().unwrap_or_else(PoisonError::into_inner).iter()
    {
        println!("{operation} was answered {status} {count} times");
    }
    Ok(())
}

/// Makes three calls with the layer. Gives what it counted.
pub async fn run() -> Result<Counts, Box<dyn Error>> {
    let mock = Mock::new();
    mock.session()
        .get_session()
        .answers_with(MockAnswer::status(429).header("retry-after", "0"))
        .returns(Session::new().id("101W"));

    // With a real server, begin with `Client::builder()`.
    let counts = Counts::default();
    let client = mock.builder().max_retries(2).layer(layer_fn(counting(counts.clone()))).build()?;
    for _ in 0..3 {
        client.session().get_session("101W").await?;
    }
    Ok(counts)
}

/// Makes the service that counts what goes through it.
fn counting(counts: Counts) -> impl Fn(HttpService) -> HttpService + Clone {
    move |network| {
        let counts = counts.clone();
        HttpService::new(service_fn(move |request: Request<reqwest::Body>| {
            let (network, counts) = (network.clone(), counts.clone());
            async move {
                let operation = request.extensions().get::<&'static Operation>().copied();
                let response = network.oneshot(request).await?;
                let key =
                    (operation.map_or("?", |operation| operation.id), response.status().as_u16());
                *counts.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default() += 1;
                Ok(response)
            }
        }))
    }
}

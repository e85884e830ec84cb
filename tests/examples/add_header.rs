//! Adds a header to every request, with a layer of `tower`.
//!
//! Run it with `cargo run -p sdk-tests --example add_header`; it talks to a mock within the process.

use std::error::Error;

use http::{HeaderValue, Request};
use okta_sdk::models::Session;
use okta_sdk::runtime::Mock;
use tower::util::MapRequestLayer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("the server received x-caller: {:?}", run().await?);
    Ok(())
}

/// Makes a call with the layer. Gives what the server received.
pub async fn run() -> Result<Option<String>, Box<dyn Error>> {
    let mock = Mock::new();
    mock.session().get_session().returns(Session::new().id("101W"));

    // With a real server, begin with `Client::builder()`.
    let add_header = MapRequestLayer::new(|mut request: Request<reqwest::Body>| {
        request.headers_mut().insert("x-caller", HeaderValue::from_static("payroll"));
        request
    });
    let client = mock.builder().layer(add_header).build()?;
    client.session().get_session("101W").await?;

    let received = mock.session().get_session().received();
    Ok(received[0].header("x-caller").map(str::to_owned))
}

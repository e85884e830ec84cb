//! How often, and how long, a client goes on trying: for all its calls, and for one. A budget keeps it from being refused.
//!
//! Run it with `cargo run -p sdk-tests --example retry_policy`; it talks to a mock within the process.

use std::time::Duration;

use okta_sdk::models::Session;
use okta_sdk::{ClientBuilder, Mock, MockAnswer, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mock = mock();
    run(mock.builder()).await?;
    for request in mock.received() {
        println!("{} {}", request.method(), request.path());
    }
    Ok(())
}

/// A server that refuses the first call twice, and is not there once.
pub fn mock() -> Mock {
    let mock = Mock::new();
    mock.session()
        .get_session()
        .answers_with(MockAnswer::status(429).header("retry-after", "0"))
        .answers_with(MockAnswer::status(503).header("retry-after", "0"))
        .returns(Session::new().id("101"))
        .fails(503)
        .returns(Session::new().id("101"));
    mock
}

/// Calls patiently, and then once only.
pub async fn run(builder: ClientBuilder) -> Result<()> {
    let client = builder
        // A call is made five times at most. 429 is repeated for any method; 503, 504 and failed connections are where
        // that can do no harm: not for POST.
        .max_retries(4)
        // A server that wants more patience is not waited for.
        .max_retry_wait(Duration::from_secs(10))
        // The whole call, all attempts and waits included.
        .timeout(Duration::from_secs(30))
        // Nine tenths of what the rate limit allows: calls wait for their turn, and leave the rest to other programs.
        .rate_limit_budget(0.9)
        .build()?;
    client.session().get_session("101").await?;

    // For this one call: who is waiting for a page does not want to.
    let hasty = client.session().get_session("101").max_retries(0).timeout(Duration::from_secs(2));
    if let Err(error) = hasty.await {
        println!("not now: {error}");
    }
    Ok(())
}

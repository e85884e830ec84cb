//! The life of a session: `cargo run -p sdk-tests --example session_lifecycle`.
//!
//! Without any preparation it runs against an org in this process. For a real org, set
//!
//! - `OKTA_CLIENT_ORGURL`, such as `https://your-subdomain.okta.com`,
//! - `OKTA_CLIENT_TOKEN`, an API token of that org,
//! - `OKTA_SESSION_TOKEN`, the `sessionToken` that the Authentication API answered with when a
//!   user signed in; it works once.
//!
//! What is done with the SDK is in `lifecycle.rs`.

mod lifecycle;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use okta_sdk::Client;
use sdk_tests::practice_org::PracticeOrg;

#[tokio::main]
async fn main() -> ExitCode {
    let result = match env::var_os("OKTA_CLIENT_ORGURL") {
        Some(_) => run_against_real_org().await,
        None => run_against_practice_org().await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run_against_real_org() -> Result<(), Box<dyn Error>> {
    let session_token = env::var("OKTA_SESSION_TOKEN")
        .map_err(|_| "set OKTA_SESSION_TOKEN to the session token of a sign-in")?;
    let client = Client::from_env()?;
    println!("Against {}:", client.base_url());
    lifecycle::run(&client, &session_token).await
}

async fn run_against_practice_org() -> Result<(), Box<dyn Error>> {
    let org = PracticeOrg::start().await?;
    let client = Client::builder()
        .base_url(org.url())
        // Only for a server on this computer: elsewhere, http would show the token to others.
        .allow_http(true)
        .api_token(PracticeOrg::API_TOKEN)
        .build()?;
    println!("OKTA_CLIENT_ORGURL is not set: against an org in this process, {}", org.url());
    lifecycle::run(&client, PracticeOrg::SESSION_TOKEN).await
}

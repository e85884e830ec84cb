//! A service that proves who it is with a private key (OAuth 2.0, RFC 7523): the client gets its access tokens itself, and
//! renews them before they end. Needs the feature `oauth`.
//!
//! Run it with `cargo run -p sdk-tests --example private_key`; it talks to an org in this process.

use std::error::Error;

use okta_sdk::models::CreateSessionRequest;
use okta_sdk::{Client, PrivateKeyJwt};
use sdk_tests::practice_org::PracticeOrg;

/// A key of the tests, which opens nothing. Yours comes from a file or a vault, as PEM or JWK.
const PRIVATE_KEY: &str = include_str!("../tests/wire/keys/ec.pkcs8.pem");

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let org = PracticeOrg::start().await?;
    let id = begin(&org).await?;
    println!("the session of {}", run(&org, &id).await?);
    Ok(())
}

/// Begins a session, which only an API token can. Gives its id.
///
/// # Errors
///
/// The org refuses it.
pub async fn begin(org: &PracticeOrg) -> Result<String, Box<dyn Error>> {
    let builder = Client::builder().base_url(org.url()).allow_http(true);
    let client = builder.api_token(PracticeOrg::API_TOKEN).build()?;
    let request = CreateSessionRequest::new().session_token(PracticeOrg::SESSION_TOKEN);
    let session = client.session().create_session(&request).await?;
    Ok(session.id.ok_or("the new session has no id")?)
}

/// Reads a session, and refreshes it with the same access token. Gives whose it is.
///
/// # Errors
///
/// The first call that fails.
pub async fn run(org: &PracticeOrg, id: &str) -> Result<String, Box<dyn Error>> {
    let key = PrivateKeyJwt::new("0oa-practice-client", PRIVATE_KEY)
        .scopes(["okta.sessions.manage", "okta.sessions.read"]);
    let client = Client::builder()
        .base_url(org.url())
        // Only for a server on this computer: elsewhere, http would show the token to others.
        .allow_http(true)
        .private_key_jwt(key)
        .build()?;
    let session = client.session().get_session(id).await?;
    client.session().refresh_session(id).await?;
    Ok(session.login.ok_or("the session has no login")?)
}

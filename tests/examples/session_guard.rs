//! A web service (axum) that lets in whoever has a session: each request shows the id of one, and the API is asked about it.
//!
//! Run it with `cargo run -p sdk-tests --example session_guard`; it talks to an org in this process, and to itself.

use std::error::Error;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use okta_sdk::Client;
use okta_sdk::models::{CreateSessionRequest, Session, SessionStatus};
use sdk_tests::practice_org::PracticeOrg;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let org = PracticeOrg::start().await?;
    let client = client(&org)?;
    let request = CreateSessionRequest::new().session_token(PracticeOrg::SESSION_TOKEN);
    let session = client.session().create_session(&request).await?;
    let id = session.id.unwrap_or_default();

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let service = service(client);
    tokio::spawn(async move { axum::serve(listener, service).await });
    for id in [id.as_str(), "another"] {
        let answer = reqwest::Client::new().get(&url).header("x-session", id).send().await?;
        println!("{id}: {} {}", answer.status(), answer.text().await?);
    }
    Ok(())
}

/// A client of the org, which all requests share: a clone of it has the same connections.
///
/// # Errors
///
/// None that a running org could cause.
pub fn client(org: &PracticeOrg) -> okta_sdk::Result<Client> {
    // `allow_http` is only for a server on this computer.
    Client::builder().base_url(org.url()).allow_http(true).api_token(PracticeOrg::API_TOKEN).build()
}

/// The service: behind the guard there is always a session.
pub fn service(client: Client) -> Router {
    Router::new().route("/", get(greet)).layer(from_fn_with_state(client, guard))
}

/// Lets a request pass whose session is active, and gives the session to what answers it.
async fn guard(
    State(client): State<Client>,
    mut request: Request,
    next: Next,
) -> Result<Response, StatusCode> {
    let id = request.headers().get("x-session").and_then(|id| id.to_str().ok());
    let id = id.ok_or(StatusCode::UNAUTHORIZED)?;
    let session = match client.session().get_session(id).await {
        Ok(session) if session.status == Some(SessionStatus::Active) => session,
        // It ended, or waits for a second factor.
        Ok(_) => return Err(StatusCode::UNAUTHORIZED),
        Err(error) if error.status().is_some_and(|status| status == 404) => {
            return Err(StatusCode::UNAUTHORIZED);
        }
        // Nobody is let in because the API cannot be asked; nor does the caller learn why.
        Err(error) => {
            eprintln!("no session can be checked: {error}");
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    request.extensions_mut().insert(session);
    Ok(next.run(request).await)
}

async fn greet(Extension(session): Extension<Session>) -> String {
    format!("Hello, {}!", session.login.as_deref().unwrap_or("whoever you are"))
}

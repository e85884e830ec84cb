//! A session is created, read, refreshed and ended.

use std::error::Error;

use okta_sdk::Client;
use okta_sdk::models::{CreateSessionRequest, Session};

/// Leads a session through its life, and prints each step.
///
/// # Errors
///
/// The first call that fails; or what the server answered is not what the API promises.
pub async fn run(client: &Client, session_token: &str) -> Result<(), Box<dyn Error>> {
    let sessions = client.session();

    let request = CreateSessionRequest::new().session_token(session_token);
    let session = sessions.create_session(&request).await?;
    let id = session.id.as_deref().ok_or("the new session has no id")?;
    println!("created    {}", describe(&session));

    // Awaiting a request gives the body alone; `send` gives the rest of the answer as well.
    let response = sessions.get_session(id).send().await?;
    let request_id = response.request_id().unwrap_or("no id");
    println!("read       status {}, request {request_id}", response.status());

    let refreshed = sessions.refresh_session(id).await?;
    println!("refreshed  {}", describe(&refreshed));

    sessions.end_session(id).await?;
    println!("ended      {id}");

    match sessions.get_session(id).await {
        Err(okta_sdk::Error::Api(error)) if error.status() == 404 => {
            println!("gone       {}", error.message().unwrap_or("without a reason"));
            Ok(())
        }
        Err(error) => Err(error.into()),
        Ok(_) => Err("the session can still be read after its end".into()),
    }
}

/// Whose session it is and how long it lasts. The server may leave out any of it.
fn describe(session: &Session) -> String {
    let id = session.id.as_deref().unwrap_or("without id");
    let login = session.login.as_deref().unwrap_or("nobody");
    match session.expires_at {
        Some(end) => format!("{id} of {login}, until {end:.3}"),
        None => format!("{id} of {login}, without an end"),
    }
}

//! The System Log.

use std::time::Duration;

use okta_management::models::LogEvent;
use okta_management::{Client, Result};

/// How long to wait where nothing has happened.
const PAUSE: Duration = Duration::from_secs(10);

/// Follows the System Log, from its beginning or from where an earlier run stopped. `handle` gets each event
/// with the position to go on from.
pub async fn follow(
    client: &Client,
    position: Option<&str>,
    mut handle: impl FnMut(LogEvent, Option<&str>),
) -> Result<()> {
    let mut events = client.system_log().list_log_events().stream().follow(PAUSE);
    if let Some(position) = position {
        events = events.resume_at(position)?;
    }
    while let Some(event) = events.next().await {
        handle(event?, events.position());
    }
    Ok(())
}

//! A program with a unit test that needs no server: the feature `mock` answers in its place.
//!
//! Run it with `cargo run -p sdk-tests --example mock_in_a_test`, and its tests with
//! `cargo test -p sdk-tests --test examples`. In your `Cargo.toml` the feature belongs to `[dev-dependencies]`.

use okta_sdk::{Client, Error, Mock, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mock = Mock::new();
    mock.session().end_session().returns(()).fails(404);
    let ended = log_out(&mock.client(), &["101", "102"]).await?;
    println!("{ended} of 2 sessions were still open");
    Ok(())
}

/// Ends sessions, and counts those that were still open.
pub async fn log_out(client: &Client, ids: &[&str]) -> Result<usize> {
    let mut ended = 0;
    for id in ids {
        match client.session().end_session(*id).await {
            Ok(()) => ended += 1,
            Err(Error::Api(error)) if error.status() == 404 => {}
            Err(error) => return Err(error),
        }
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_session_that_is_gone_does_not_count() {
        let mock = Mock::new();
        mock.session().end_session().returns(()).fails(404).returns(());
        assert_eq!(log_out(&mock.client(), &["101", "102", "103"]).await.unwrap(), 2);
        let received = mock.session().end_session().received();
        let paths: Vec<&str> = received.iter().map(|request| request.path()).collect();
        assert_eq!(paths, ["/api/v1/sessions/101", "/api/v1/sessions/102", "/api/v1/sessions/103"]);
    }

    #[tokio::test]
    async fn any_other_failure_is_told() {
        let mock = Mock::new();
        mock.session().end_session().fails(403);
        let error = log_out(&mock.client(), &["101", "102"]).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
        assert_eq!(mock.received().len(), 1, "the second one is not asked for");
    }
}

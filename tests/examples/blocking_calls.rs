//! A program that is not async: each request has `send_blocking`, and each list an iterator. Needs the feature `blocking`.
//!
//! Run it with `cargo run -p sdk-tests --example blocking_calls`; it talks to mocks within the process.

use std::error::Error;

use features_sdk::models::Item;
use okta_sdk::models::Session;

fn main() -> Result<(), Box<dyn Error>> {
    let sessions = okta_sdk::Mock::new();
    sessions.session().get_session().returns(Session::new().id("101").login("ada@example.com"));
    println!("the session of {}", login(&sessions.client(), "101")?);

    let lists = features_sdk::Mock::new();
    lists.lists().list_by_link().returns_pages([vec![Item::new(1)], vec![Item::new(2)]]);
    println!("the sum of all ids: {}", sum(&lists.client())?);
    Ok(())
}

/// Whose session it is.
pub fn login(client: &okta_sdk::Client, id: &str) -> Result<String, Box<dyn Error>> {
    let response = client.session().get_session(id).send_blocking()?;
    Ok(response.into_body().login.ok_or("the session has no login")?)
}

/// The sum of the ids of a list, over all its pages.
pub fn sum(client: &features_sdk::Client) -> features_sdk::Result<i64> {
    client.lists().list_by_link().stream_blocking().map(|item| item.map(|item| item.id)).sum()
}

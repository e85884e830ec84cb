//! Goes through a list that comes in pages, item by item, and on from where another run stopped.
//!
//! Run it with `cargo run -p sdk-tests --example every_page`; it talks to a mock within the process. The crate is
//! `features-sdk`, which has lists of every style: here the next page is in the `Link` header (RFC 8288), as Okta's users and
//! logs have it.

use features_sdk::models::Item;
use features_sdk::{Client, Mock, Result};

#[tokio::main]
async fn main() -> Result<()> {
    let mock = mock();
    println!("all: {:?}", all(&mock.client()).await?);
    let (ids, position) = two(&mock.client(), None).await?;
    println!("two: {ids:?}, and the list goes on at {position:?}");
    let (ids, _) = two(&mock.client(), position.as_deref()).await?;
    println!("two more: {ids:?}");
    Ok(())
}

/// A server with five items on three pages.
pub fn mock() -> Mock {
    let page = |ids: &[i64]| ids.iter().map(|id| Item::new(*id)).collect::<Vec<_>>();
    let mock = Mock::new();
    for _ in 0..2 {
        mock.lists().list_by_link().returns_pages([page(&[1, 2]), page(&[3, 4]), page(&[5])]);
    }
    mock
}

/// The ids of all items. A page is asked for when the items of the one before are used up.
pub async fn all(client: &Client) -> Result<Vec<i64>> {
    let mut ids = Vec::new();
    let mut items = client.lists().list_by_link().stream();
    while let Some(item) = items.next().await {
        ids.push(item?.id);
    }
    Ok(ids)
}

/// The ids of the next two items, and where the list goes on: a text that can be stored. None: there are no more.
///
/// Whoever stops early asks for no further page.
pub async fn two(client: &Client, position: Option<&str>) -> Result<(Vec<i64>, Option<String>)> {
    let mut ids = Vec::new();
    let mut items = client.lists().list_by_link().stream();
    if let Some(position) = position {
        items = items.resume_at(position)?;
    }
    while ids.len() < 2
        && let Some(item) = items.next().await
    {
        ids.push(item?.id);
    }
    Ok((ids, items.position().map(str::to_owned)))
}

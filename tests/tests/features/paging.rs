//! Lists that go on by a link, a URL, a cursor, an offset or the number of the page.

use axum::http::header;
use axum::response::IntoResponse;
use features_sdk::models::Item;
use features_sdk::runtime::Items;

use crate::support::{Received, Server, json};

/// The ids of all items of a list.
async fn ids<P: Send + 'static>(mut items: Items<P, Item>) -> Vec<i64> {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item.expect("an item").id);
    }
    ids
}

/// Path and query of each request.
fn targets(server: &Server) -> Vec<String> {
    let target = |request: &Received| request.head.uri.to_string();
    server.received().iter().map(target).collect()
}

/// Answers with the page of that number, which starts at 1: `pages` have the items.
fn page(number: usize, pages: &[&str], rest: &str) -> impl IntoResponse + use<> {
    let items = pages.get(number - 1).copied().unwrap_or("[]");
    json(200, format!("{{ \"items\": {items}{rest} }}"))
}

const PAGES: [&str; 2] = [r#"[{ "id": 1 }, { "id": 2 }]"#, r#"[{ "id": 3 }]"#];

#[tokio::test]
async fn by_a_link() {
    let server = Server::answering(|request| {
        let is_first = request.head.uri.query().is_none();
        let link = if is_first { "</lists/link?after=2>; rel=\"next\"" } else { "" };
        ([(header::LINK, link)], json(200, PAGES[usize::from(!is_first)]))
    })
    .await;
    assert_eq!(ids(server.client().lists().list_by_link().stream()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/lists/link", "/lists/link?after=2"]);
}

#[tokio::test]
async fn by_a_url() {
    let server = Server::answering(|request| match request.head.uri.query() {
        None => page(1, &PAGES, r#", "next": "/lists/url?state=2""#).into_response(),
        Some(_) => page(2, &PAGES, r#", "next": null"#).into_response(),
    })
    .await;
    assert_eq!(ids(server.client().lists().list_by_url().stream()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/lists/url", "/lists/url?state=2"]);
}

#[tokio::test]
async fn by_a_cursor() {
    let server = Server::answering(|request| match request.head.uri.query() {
        None => page(1, &PAGES, r#", "next": "a/b""#).into_response(),
        Some(_) => page(2, &PAGES, "").into_response(),
    })
    .await;
    assert_eq!(ids(server.client().lists().list_by_cursor().stream()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/lists/cursor", "/lists/cursor?marker=a%2Fb"]);
}

#[tokio::test]
async fn by_an_offset() {
    let server = Server::answering(|request| match request.head.uri.query() {
        None => page(1, &PAGES, r#", "total": 3"#).into_response(),
        Some(_) => page(2, &PAGES, r#", "total": 3"#).into_response(),
    })
    .await;
    assert_eq!(ids(server.client().lists().list_by_offset().stream()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["/lists/offset", "/lists/offset?offset=2"]);
}

#[tokio::test]
async fn by_the_number_of_the_page() {
    let server = Server::answering(|request| match request.head.uri.query() {
        None => page(1, &PAGES, "").into_response(),
        Some("page=2") => page(2, &PAGES, "").into_response(),
        Some(_) => page(3, &PAGES, "").into_response(),
    })
    .await;
    assert_eq!(ids(server.client().lists().list_by_number().stream()).await, [1, 2, 3]);
    let expected = ["/lists/number", "/lists/number?page=2", "/lists/number?page=3"];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn a_page_is_a_whole_answer() {
    let server = Server::answering(|request| match request.head.uri.query() {
        None => page(1, &PAGES, r#", "next": "2", "total": 3"#).into_response(),
        Some(_) => page(2, &PAGES, "").into_response(),
    })
    .await;
    let mut pages = server.client().lists().list_by_cursor().pages();
    let first = pages.next().await.expect("a page").expect("an answer");
    assert_eq!((first.status().as_u16(), first.body().total), (200, Some(3)));
    let second = pages.next().await.expect("a page").expect("an answer");
    assert_eq!(second.into_body().items, Some(vec![Item::new(3)]));
    assert!(pages.next().await.is_none());
}

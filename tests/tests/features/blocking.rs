//! Programs that are not async: calls, lists and downloads.

use axum::response::IntoResponse;
use features_sdk::models::Range;
use tokio::runtime::Runtime;

use crate::support::{Server, json};

/// Starts a server on a runtime of its own, so that the test itself is not async.
fn start(server: impl Future<Output = Server>) -> (Runtime, Server) {
    let runtime = Runtime::new().expect("a runtime");
    let server = runtime.block_on(server);
    (runtime, server)
}

#[test]
fn a_call() {
    let (_runtime, server) = start(Server::json(200, r#"{ "to": 2 }"#));
    let response = server.client().answers().answer_by_range().send_blocking();
    assert_eq!(response.expect("an answer").into_body(), Range::new().to(2));
}

#[test]
fn the_items_of_a_list() {
    let (_runtime, server) = start(Server::answering(|request| match request.head.uri.query() {
        None => json(200, r#"{ "items": [{ "id": 1 }], "next": "2" }"#).into_response(),
        Some(_) => json(200, r#"{ "items": [{ "id": 2 }] }"#).into_response(),
    }));
    let items = server.client().lists().list_by_cursor().stream_blocking();
    let ids: Vec<i64> = items.map(|item| item.expect("an item").id).collect();
    assert_eq!(ids, [1, 2]);
    let pages = server.client().lists().list_by_cursor().pages_blocking();
    assert_eq!(
        pages.map(|page| page.expect("a page").status().as_u16()).collect::<Vec<_>>(),
        [200, 200]
    );
}

#[test]
fn a_download() {
    let (_runtime, server) = start(Server::answering(|_| vec![7_u8; 300_000]));
    let download = server.client().answers().file_answer().send_blocking();
    let mut download = download.expect("an answer");
    let mut length = 0;
    while let Some(piece) = download.chunk_blocking().expect("a piece") {
        length += piece.len();
    }
    assert_eq!(length, 300_000);
}

//! Lists that a server never lets end.

use std::time::Duration;

use okta_sdk::Error;
use okta_sdk::runtime::{Call, Operation, Paging, decode};
use serde_json::json;
use wiremock::{Request, ResponseTemplate};

use crate::support::pages::{LINKED, all, call, list, numbers, query, targets};
use crate::support::server::answering;

static CURSOR: Operation = list(Paging::Cursor { parameter: "after", next: "/cursor" });

fn number(request: &Request) -> usize {
    query(request, "after").map_or(0, |after| after.parse().expect("a number"))
}

fn linked(body: &str, next: usize) -> ResponseTemplate {
    let link = format!("<?after={next}>; rel=\"next\"");
    ResponseTemplate::new(200).set_body_string(body).insert_header("link", link)
}

#[tokio::test]
async fn empty_pages_in_a_row_are_bounded() {
    let server = answering(|request: &Request| linked("[]", number(request) + 1)).await;
    let mut items = numbers(call(&server, &LINKED));
    let next = tokio::time::timeout(Duration::from_secs(60), items.next());
    let error = next.await.expect("it ends").expect("an error").expect_err("no item ever");
    assert!(matches!(error, Error::Paging(_)), "{error:?}");
    assert!(error.to_string().contains("1001 pages without items"), "{error}");
    assert!(error.to_string().contains("`Items::max_empty_pages`"), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(targets(&server).await.len(), 1001);
}

#[tokio::test]
async fn the_bound_counts_pages_in_a_row_and_can_be_set() {
    // Every third page has an item, up to the sixtieth.
    let server = answering(|request: &Request| match number(request) {
        60 => ResponseTemplate::new(200).set_body_string("[60]"),
        page if page % 3 == 0 => linked(&format!("[{page}]"), page + 1),
        page => linked("[]", page + 1),
    })
    .await;
    let found = all(numbers(call(&server, &LINKED)).max_empty_pages(2)).await.expect("all items");
    assert_eq!(found.len(), 21);
    let mut items = numbers(call(&server, &LINKED)).max_empty_pages(1);
    assert_eq!(items.next().await.expect("an item").expect("a good one"), 0);
    let error = items.next().await.expect("an error").expect_err("two empty pages");
    assert!(error.to_string().contains("2 pages without items"), "{error}");
}

#[tokio::test]
async fn pages_that_name_each_other_are_an_error() {
    for length in [2, 3, 50] {
        for body in ["[]", "[1]"] {
            let server =
                answering(move |request: &Request| linked(body, (number(request) % length) + 1));
            let server = server.await;
            let error = all(numbers(call(&server, &LINKED))).await.expect_err("no end");
            assert!(matches!(error, Error::Paging(_)), "{error:?}");
            assert!(error.to_string().contains("came before it"), "{error}");
            assert_eq!(targets(&server).await.len(), length + 1);
        }
    }
}

#[tokio::test]
async fn cursors_that_name_each_other_are_an_error() {
    let server = answering(|request: &Request| {
        let cursor = if query(request, "after").as_deref() == Some("a") { "b" } else { "a" };
        ResponseTemplate::new(200).set_body_json(json!({ "users": [1], "cursor": cursor }))
    })
    .await;
    let mut pages = call(&server, &CURSOR).pages(decode::json::<serde_json::Value>);
    for _ in 0..3 {
        pages.next().await.expect("a page").expect("a good one");
    }
    let error = pages.next().await.expect("an error").expect_err("a circle");
    assert!(error.to_string().contains("came before it"), "{error}");
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_time_out_holds_for_each_page() {
    let server = answering(|request: &Request| {
        let wait = if number(request) == 3 { 5_000 } else { 120 };
        linked("[1]", number(request) + 1).set_delay(Duration::from_millis(wait))
    })
    .await;
    let list: Call = call(&server, &LINKED).timeout(Duration::from_millis(400));
    let mut items = numbers(list);
    for _ in 0..3 {
        items.next().await.expect("an item").expect("a page in time");
    }
    let error = items.next().await.expect("an error").expect_err("a page too late");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}

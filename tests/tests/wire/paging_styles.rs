//! The other ways in which the pages of a list can follow each other.

use okta_sdk::runtime::{Call, Items, Operation, Paging, decode};
use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use crate::support::pages::{all, call, list, query, targets};
use crate::support::server::answering;

static URL: Operation = list(Paging::Url { next: "/_links/next/href" });
static CURSOR: Operation = list(Paging::Cursor { parameter: "after", next: "/cursor" });
static OFFSET: Operation =
    list(Paging::Offset { parameter: "offset", items: "/users", total: "/total" });
static PAGE_NUMBER: Operation =
    list(Paging::PageNumber { parameter: "page", first: 1, items: "/users" });

fn page(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// The items of a list whose pages have them in `users`.
fn users(call: Call) -> Items<Value, Value> {
    call.items(decode::json, |page: Value| page["users"].as_array().cloned().unwrap_or_default())
}

/// Two of five numbers, from that one on.
fn from(offset: usize) -> Vec<usize> {
    (offset..(offset + 2).min(5)).collect()
}

fn number(request: &Request, parameter: &str) -> Option<usize> {
    query(request, parameter).map(|text| text.parse().expect("the parameter is a number"))
}

#[tokio::test]
async fn a_url_in_the_body_is_followed() {
    let server = answering(|request: &Request| match query(request, "after") {
        None => page(&json!({ "users": [1], "_links": { "next": { "href": "users?after=a" } } })),
        Some(_) => page(&json!({ "users": [2], "_links": {} })),
    })
    .await;
    assert_eq!(all(users(call(&server, &URL))).await.expect("all items"), [1, 2]);
    assert_eq!(targets(&server).await, ["/org/users", "/org/users?after=a"]);
}

#[tokio::test]
async fn a_cursor_goes_into_the_query() {
    let server = answering(|request: &Request| match query(request, "after").as_deref() {
        None => page(&json!({ "users": [1], "cursor": "a b&c" })),
        Some("a b&c") => page(&json!({ "users": [2], "cursor": 7 })),
        Some(_) => page(&json!({ "users": [3], "cursor": null })),
    })
    .await;
    let call = call(&server, &CURSOR).query("limit", &1);
    assert_eq!(all(users(call)).await.expect("all items"), [1, 2, 3]);
    let expected =
        ["/org/users?limit=1", "/org/users?limit=1&after=a%20b%26c", "/org/users?limit=1&after=7"];
    assert_eq!(targets(&server).await, expected);
}

#[tokio::test]
async fn a_cursor_that_stays_the_same_is_an_error() {
    let server = answering(page(&json!({ "users": [1], "cursor": "a" }))).await;
    let error = all(users(call(&server, &CURSOR))).await.expect_err("no end");
    assert!(error.to_string().contains("names itself"), "{error}");
    assert_eq!(targets(&server).await.len(), 2);
}

#[tokio::test]
async fn an_offset_counts_the_items() {
    // Without a total, an empty page tells that the list has ended.
    for (total, pages) in [(json!(5), 3), (Value::Null, 4)] {
        let server = answering(move |request: &Request| {
            let users = from(number(request, "offset").unwrap_or(0));
            page(&json!({ "users": users, "total": total }))
        })
        .await;
        let items = all(users(call(&server, &OFFSET))).await.expect("all items");
        assert_eq!(items, [0, 1, 2, 3, 4]);
        assert_eq!(targets(&server).await.len(), pages);
        let rest = all(users(call(&server, &OFFSET).query("offset", &3))).await;
        assert_eq!(rest.expect("the other items"), [3, 4]);
    }
}

#[tokio::test]
async fn a_page_number_counts_up() {
    let server = answering(|request: &Request| {
        let number = number(request, "page").unwrap_or(1);
        page(&json!({ "users": from(2 * (number - 1)) }))
    })
    .await;
    let items = all(users(call(&server, &PAGE_NUMBER))).await.expect("all items");
    assert_eq!(items, [0, 1, 2, 3, 4]);
    assert_eq!(targets(&server).await.last().map(String::as_str), Some("/org/users?page=4"));
}

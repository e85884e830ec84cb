//! Lists whose pages are linked: by which requests they are read, and where they end.

use std::sync::atomic::{AtomicUsize, Ordering};

use http::HeaderValue;
use okta_sdk::runtime::{BoxError, Call, HttpService, decode};
use okta_sdk::{Client, Error};
use reqwest::Body;
use tower::layer::layer_fn;
use tower::service_fn;
use wiremock::{MockServer, Request, ResponseTemplate};

use crate::support::pages::{LINKED, all, call, numbers, query, targets};
use crate::support::server::{answering, header, requests, with_a_session};

fn page(items: &[usize]) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(items)
}

/// A server with so many pages of two numbers each.
async fn server_of(pages: usize) -> MockServer {
    answering(move |request: &Request| {
        let number = query(request, "after").map_or(0, |after| after.parse().expect("a number"));
        let host = header(request, "host").expect("there is a host");
        let link = |query: &str, relation: &str| {
            format!("<http://{host}/org/users?{query}limit=2>; rel=\"{relation}\"")
        };
        let mut links = link("", "self");
        if number + 1 < pages {
            links += &format!(", {}", link(&format!("after={}&", number + 1), "next"));
        }
        page(&[2 * number, 2 * number + 1])
            .insert_header("link", links)
            .insert_header("x-okta-request-id", format!("request-{number}"))
    })
    .await
}

#[tokio::test]
async fn links_are_followed_to_the_last_page() {
    let server = server_of(3).await;
    let call = call(&server, &LINKED).query("limit", &2).header("x-note", "kept");
    assert_eq!(all(numbers(call)).await.expect("all items"), [0, 1, 2, 3, 4, 5]);
    let expected =
        ["/org/users?limit=2", "/org/users?after=1&limit=2", "/org/users?after=2&limit=2"];
    assert_eq!(targets(&server).await, expected);
    for request in requests(&server).await {
        assert_eq!(header(&request, "x-note"), Some("kept"));
    }
}

#[tokio::test]
async fn a_page_is_a_whole_response() {
    let server = server_of(2).await;
    let mut pages = call(&server, &LINKED).pages(decode::json::<Vec<u64>>);
    for (id, items) in [("request-0", [0, 1]), ("request-1", [2, 3])] {
        let page = pages.next().await.expect("a page").expect("a good one");
        assert_eq!((page.request_id(), page.body().as_slice()), (Some(id), &items[..]));
    }
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_are_asked_for_as_they_are_used() {
    let server = server_of(100).await;
    let mut items = numbers(call(&server, &LINKED));
    assert!(requests(&server).await.is_empty());
    for expected in 0..3 {
        assert_eq!(items.next().await.expect("an item").expect("a good one"), expected);
    }
    assert_eq!(requests(&server).await.len(), 2);
}

#[tokio::test]
async fn a_next_link_to_another_origin_is_refused() {
    let thief = with_a_session().await;
    for target in [&thief.uri(), "https://evil.test/users", "//evil.test/users"] {
        let link = format!("<{target}>; rel=\"next\"");
        let server = answering(page(&[1]).insert_header("link", link)).await;
        let mut items = numbers(call(&server, &LINKED));
        assert_eq!(items.next().await.expect("an item").expect("a good one"), 1);
        let error = items.next().await.expect("an error").expect_err("another origin");
        assert!(matches!(error, Error::Paging(_)), "{error:?}");
        assert!(error.to_string().contains("it is not followed"), "{error}");
        assert!(items.next().await.is_none());
        assert_eq!(requests(&server).await.len(), 1);
    }
    assert!(requests(&thief).await.is_empty());
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_an_error() {
    let server = answering(page(&[1]).insert_header("link", "</org/users>; rel=\"next\"")).await;
    let error = all(numbers(call(&server, &LINKED))).await.expect_err("no end");
    assert!(error.to_string().contains("names itself"), "{error}");
    assert_eq!(requests(&server).await.len(), 1);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let server = answering(|request: &Request| match query(request, "after") {
        None => page(&[1]).insert_header("link", "<?after=1>; rel=next"),
        Some(_) => ResponseTemplate::new(403),
    })
    .await;
    let mut items = numbers(call(&server, &LINKED));
    assert_eq!(items.next().await.expect("an item").expect("a good one"), 1);
    let error = items.next().await.expect("an error").expect_err("a 403");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert!(items.next().await.is_none());
}

/// An item that is counted while it is in memory.
struct Counted;

static IN_MEMORY: AtomicUsize = AtomicUsize::new(0);

impl Counted {
    fn new() -> Self {
        IN_MEMORY.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        IN_MEMORY.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A client whose network is a list of so many pages of three numbers each. Ten thousand requests
/// over a socket would be slow.
fn client_with(pages: usize) -> Client {
    let network = layer_fn(move |_: HttpService| {
        HttpService::new(service_fn(move |request: http::Request<Body>| async move {
            let query = request.uri().query().unwrap_or("after=0");
            let number: usize = query.trim_start_matches("after=").parse()?;
            let mut response = http::Response::new(Body::from("[1, 2, 3]"));
            if number + 1 < pages {
                let link = format!("<?after={}>; rel=\"next\"", number + 1);
                response.headers_mut().insert("link", HeaderValue::from_str(&link)?);
            }
            Ok::<_, BoxError>(response)
        }))
    });
    let builder = Client::builder().base_url("https://acme.okta.com").layer(network);
    builder.build().expect("a good configuration")
}

#[tokio::test]
async fn of_ten_thousand_pages_one_is_held_at_a_time() {
    let items_of = |page: Vec<u8>| page.iter().map(|_| Counted::new()).collect();
    let mut items = Call::new(&client_with(10_000), &LINKED).items(decode::json, items_of);
    let mut seen = 0;
    while let Some(item) = items.next().await {
        let _item = item.expect("a good one");
        seen += 1;
        assert!(IN_MEMORY.load(Ordering::Relaxed) <= 3);
    }
    assert_eq!((seen, IN_MEMORY.load(Ordering::Relaxed)), (30_000, 0));
}

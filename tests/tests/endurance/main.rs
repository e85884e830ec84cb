//! Many calls, pages, items of streams and tokens, with memory, file handles and tasks that do not grow: those of the
//! whole process, so nothing else runs in it.
//!
//! The usual run is short. The whole one is a million calls, a million pages, ten million items of a stream and ten
//! thousand tokens; then what an item costs beside a loop by hand:
//!
//! ```sh
//! cargo test --release -p sdk-tests --test endurance -- --ignored --nocapture
//! ```
//!
//! `ENDURANCE_CALLS` sets another number of calls and pages. The items alone take half a minute:
//!
//! ```sh
//! cargo test --release -p sdk-tests --test endurance -- --ignored --nocapture ten_million_items
//! ```

mod streams;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use okta_sdk::runtime::{Call, Operation, Paging, PrivateKeyJwt, decode};
use okta_sdk::{Client, Error};
use tokio::net::TcpListener;
use tokio::runtime::Handle;

/// How much the memory may grow after the first tenth, in bytes: what allocators keep.
const SLACK: usize = 24 << 20;

static LIST: Operation =
    Operation { id: "list", path: "/list", paging: Paging::Link, ..Operation::DEFAULT };

/// What a process has.
#[derive(Clone, Copy, Debug)]
struct Holdings {
    memory: usize,
    handles: usize,
    tasks: usize,
}

impl Holdings {
    fn now() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
        let kibibytes: usize =
            line.split_whitespace().nth(1).and_then(|it| it.parse().ok()).expect("a number");
        Self {
            memory: kibibytes * 1024,
            handles: std::fs::read_dir("/proc/self/fd").expect("Linux").count(),
            tasks: Handle::current().metrics().num_alive_tasks(),
        }
    }

    fn assert_flat(self, what: &str, count: usize, start: Instant) {
        let now = Self::now();
        println!("{count} {what} in {:?}: {self:?}, then {now:?}", start.elapsed());
        assert!(now.memory < self.memory + SLACK, "{what}: {self:?}, {now:?}");
        assert!(now.handles <= self.handles + 16, "{what}: {self:?}, {now:?}");
        assert!(now.tasks <= self.tasks + 16, "{what}: {self:?}, {now:?}");
    }
}

/// A server that keeps no record.
async fn serve() -> String {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let routes = Router::new().fallback(|request: Request| async move {
        let uri = request.uri();
        match uri.path() {
            "/oauth2/v1/token" => token(ASKED.fetch_add(1, Ordering::Relaxed)),
            "/list" => page(uri.query().unwrap_or_default()),
            "/events" => streams::events(uri.query().unwrap_or_default()),
            "/lines" => streams::lines(uri.query().unwrap_or_default()),
            _ => json(r#"{"id":"1","login":"ada.lovelace@example.com","more":[1,2,3]}"#),
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, routes).await.expect("it runs") });
    url
}

fn json(body: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn page(query: &str) -> Response {
    let number: usize = query.trim_start_matches("after=").parse().unwrap_or(0);
    let link = format!("<?after={}>; rel=\"next\"", number + 1);
    ([(header::LINK, link)], "[1]").into_response()
}

/// A token that is over at once, or one of several failures.
fn token(asked: usize) -> Response {
    let good = r#"{"token_type":"Bearer","access_token":"token","expires_in":-1}"#;
    match fastrand::Rng::with_seed(asked as u64).usize(0..8) {
        0 => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "0")]).into_response(),
        1 => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "0")]).into_response(),
        2 => json(&good[..20]),
        3 => (StatusCode::BAD_REQUEST, r#"{"error":"invalid_client"}"#).into_response(),
        _ => json(good),
    }
}

fn builder(url: &str) -> okta_sdk::ClientBuilder {
    Client::builder().base_url(url).allow_http(true).max_retry_wait(Duration::from_millis(2))
}

/// So many calls, eight at a time.
async fn calls(url: &str, count: usize) {
    let client = builder(url).api_token("token").build().expect("a client");
    let batch = |count: usize| {
        let workers: Vec<_> = (0..8)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move {
                    for _ in 0..count / 8 {
                        let session = client.session().get_session("1").await.expect("a session");
                        assert_eq!(session.id.as_deref(), Some("1"));
                    }
                })
            })
            .collect();
        async {
            for worker in workers {
                worker.await.expect("no panic");
            }
        }
    };
    let start = Instant::now();
    batch(count / 10).await;
    let holdings = Holdings::now();
    batch(count - count / 10).await;
    holdings.assert_flat("calls", count, start);
}

/// So many pages of one list.
async fn pages(url: &str, count: usize) {
    let client = builder(url).build().expect("a client");
    let mut items = Call::new(&client, &LIST).items(decode::json::<Vec<u8>>, |page| page);
    let start = Instant::now();
    let mut holdings = Holdings::now();
    for number in 0..count {
        items.next().await.expect("an item").expect("a good one");
        if number == count / 10 {
            holdings = Holdings::now();
        }
    }
    holdings.assert_flat("pages", count, start);
}

/// So many calls that each need a new token, of an endpoint that fails at random.
async fn tokens(url: &str, count: usize) {
    let key = PrivateKeyJwt::new("0oa", include_str!("../wire/keys/ec.sec1.pem"));
    let client = builder(url).private_key_jwt(key).build().expect("a client");
    let start = Instant::now();
    let mut holdings = Holdings::now();
    let mut failed = 0;
    for number in 0..count {
        match client.session().get_session("1").await {
            Ok(session) => assert_eq!(session.id.as_deref(), Some("1")),
            Err(Error::Authentication(_)) => failed += 1,
            Err(error) => panic!("{error}"),
        }
        if number == count / 10 {
            holdings = Holdings::now();
        }
    }
    println!("{failed} of them failed");
    assert!(failed > count / 20 && failed < count / 2, "{failed} of {count}");
    holdings.assert_flat("tokens", count, start);
}

async fn all(calls_and_pages: usize, refreshes: usize) {
    let url = serve().await;
    calls(&url, calls_and_pages).await;
    pages(&url, calls_and_pages).await;
    streams::items(&url, calls_and_pages * 10).await;
    tokens(&url, refreshes).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_grows_in_a_short_run() {
    all(4_000, 400).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "half a minute with --release"]
async fn nothing_grows_in_ten_million_items_of_a_stream() {
    streams::items(&serve().await, 10_000_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "some minutes with --release"]
async fn nothing_grows_in_a_million_calls() {
    let calls = std::env::var("ENDURANCE_CALLS").ok();
    let calls = calls.map_or(1_000_000, |calls| calls.parse().expect("a number"));
    all(calls, 10_000).await;
}

//! A budget instead of refusals: calls wait before a rate limit would refuse them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use okta_sdk::runtime::HttpService;
use okta_sdk::{Client, Error};
use reqwest::Body;
use tokio::time::Instant;
use tower::layer::layer_fn;
use tower::service_fn;

use crate::support::network::NOW;

/// How many calls a window allows.
const LIMIT: u64 = 60;
/// How long a window is, in seconds.
const WINDOW: u64 = 60;

/// A server with a rate limit, in the place of the network. Its clock goes with the tests' time.
#[derive(Clone)]
struct Server {
    start: Instant,
    /// The calls of each window, those that were refused included.
    windows: Arc<Mutex<Vec<u64>>>,
}

impl Server {
    fn new() -> Self {
        Self { start: Instant::now(), windows: Arc::default() }
    }

    fn client(&self, share: f64, timeout: Duration) -> Client {
        let server = self.clone();
        let layer = layer_fn(move |_: HttpService| {
            let server = server.clone();
            HttpService::new(service_fn(move |_: Request<Body>| {
                let server = server.clone();
                async move {
                    // An answer takes its time.
                    tokio::time::sleep(Duration::from_millis(fastrand::u64(20..200))).await;
                    Ok(server.answer())
                }
            }))
        });
        let builder = Client::builder().base_url("https://acme.okta.com").api_token("token");
        let builder = builder.layer(layer).max_retries(0).timeout(timeout);
        builder.rate_limit_budget(share).build().expect("a good configuration")
    }

    fn answer(&self) -> Response<Body> {
        let now = self.start.elapsed().as_secs();
        let window = usize::try_from(now / WINDOW).expect("a small number");
        let mut windows = self.windows.lock().expect("no test panics here");
        let length = windows.len().max(window + 1);
        windows.resize(length, 0);
        windows[window] += 1;
        let left = LIMIT.checked_sub(windows[window]);
        let date = jiff::Timestamp::from_second((NOW + now).try_into().expect("a time"));
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&date.expect("a time"))
            .expect("a date");
        Response::builder()
            .status(if left.is_some() { 200 } else { 429 })
            .header("date", date)
            .header("x-rate-limit-limit", LIMIT)
            .header("x-rate-limit-remaining", left.unwrap_or_default())
            .header("x-rate-limit-reset", NOW + (now / WINDOW + 1) * WINDOW)
            .body(Body::from(r#"{"id": "1"}"#))
            .expect("an answer")
    }

    fn windows(&self) -> Vec<u64> {
        self.windows.lock().expect("no test panics here").clone()
    }
}

/// Makes so many calls at once. Gives how many succeeded.
async fn call(client: &Client, calls: usize) -> Vec<Result<(), Error>> {
    let tasks: Vec<_> = (0..calls)
        .map(|_| {
            let sessions = client.session();
            tokio::spawn(async move { sessions.get_session("1").await.map(|_| ()) })
        })
        .collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.expect("it ends"));
    }
    results
}

#[tokio::test(start_paused = true)]
async fn two_hundred_callers_are_never_refused_and_use_the_windows() {
    let server = Server::new();
    let client = server.client(1.0, Duration::from_secs(3600));
    for result in call(&client, 200).await {
        result.expect("no refusal");
    }
    let windows = server.windows();
    assert_eq!(windows.iter().sum::<u64>(), 200, "{windows:?}");
    for used in &windows[..windows.len() - 1] {
        assert!(*used as f64 >= 0.95 * LIMIT as f64 && *used <= LIMIT, "{windows:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn others_have_their_share() {
    let server = Server::new();
    let client = server.client(0.5, Duration::from_secs(3600));
    for result in call(&client, 100).await {
        result.expect("no refusal");
    }
    let windows = server.windows();
    assert!(windows.iter().all(|used| *used <= LIMIT / 2), "{windows:?}");
}

#[tokio::test(start_paused = true)]
async fn whoever_would_wait_beyond_the_time_out_is_told_at_once() {
    let server = Server::new();
    let client = server.client(1.0, Duration::from_secs(30));
    for result in call(&client, 60).await {
        result.expect("within the first window");
    }
    let before = Instant::now();
    let results = call(&client, 100).await;
    assert!(results.iter().all(|result| matches!(result, Err(Error::Timeout(_)))), "{results:?}");
    assert!(before.elapsed() < Duration::from_secs(1), "{:?}", before.elapsed());
    assert_eq!(server.windows(), [60]);
}

#[tokio::test(start_paused = true)]
async fn they_go_in_the_order_in_which_they_come() {
    let server = Server::new();
    let client = server.client(1.0, Duration::from_secs(3600));
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for index in 0..150 {
        let (sessions, order, start) = (client.session(), order.clone(), server.start);
        tasks.push(tokio::spawn(async move {
            sessions.get_session("1").await.expect("no refusal");
            let window = start.elapsed().as_secs() / WINDOW;
            order.lock().expect("no test panics here").push((window, index));
        }));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.expect("it ends");
    }
    let order = order.lock().expect("no test panics here").clone();
    for (window, index) in order {
        assert_eq!(window, index / LIMIT, "call {index}");
    }
}

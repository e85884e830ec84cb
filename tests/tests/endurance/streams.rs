//! Items of one stream: their memory, and what one costs beside a loop by hand.

use std::fs;
use std::thread;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chat_sdk::Client;
use chat_sdk::models::CompletionChunk;
use chat_sdk::runtime::{Call, EventStream, JsonStream, Operation, decode};
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

use super::{Holdings, serve};

static EVENTS: Operation =
    Operation { id: "events", path: "/events", accept: "text/event-stream", ..Operation::DEFAULT };

static LINES: Operation =
    Operation { id: "lines", path: "/lines", accept: "application/jsonl", ..Operation::DEFAULT };

/// How many items are sent at once.
const AT_ONCE: usize = 100;

/// How many items are measured at a time.
const MEASURED: usize = 1_000_000;

/// How often.
const ROUNDS: usize = 7;

/// How many times as much an item may cost as by hand. Where it goes is in docs/performance.md.
const BAR: f64 = 2.0;

/// A word of an answer, as the APIs of language models send it.
const CHUNK: &str = r#"{"id":"chatcmpl-123","choices":[{"index":0,"delta":{"role":"assistant","content":" Hello"}}]}"#;

/// So many server-sent events.
pub fn events(query: &str) -> Response {
    flow(query, "text/event-stream", format!("data: {CHUNK}\n\n"))
}

/// So many lines.
pub fn lines(query: &str) -> Response {
    flow(query, "application/jsonl", format!("{CHUNK}\n"))
}

fn flow(query: &str, media_type: &'static str, item: String) -> Response {
    let count: usize = query.trim_start_matches("count=").parse().unwrap_or(0);
    let piece = Bytes::from(item.repeat(AT_ONCE));
    let pieces = (0..count / AT_ONCE).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    ([(header::CONTENT_TYPE, media_type)], body).into_response()
}

fn call(url: &str, operation: &'static Operation, count: usize) -> Call {
    let client = Client::builder().base_url(url).allow_http(true).build().expect("a client");
    Call::new(&client, operation).query("count", &count)
}

async fn open_events(url: &str, count: usize) -> EventStream<CompletionChunk> {
    call(url, &EVENTS, count).events(decode::model).await.expect("an answer")
}

async fn open_lines(url: &str, count: usize) -> JsonStream<CompletionChunk> {
    call(url, &LINES, count).json_lines(decode::model).await.expect("an answer")
}

/// So many items of one stream, with memory that does not grow.
pub async fn items(url: &str, count: usize) {
    let start = Instant::now();
    let mut events = open_events(url, count).await;
    let mut holdings = Holdings::now();
    for number in 0..count {
        let event = events.next().await.expect("an event").expect("a good one");
        assert_eq!(event.data.id, "chatcmpl-123");
        if number == count / 10 {
            holdings = Holdings::now();
        }
    }
    assert!(events.next().await.is_none());
    holdings.assert_flat("items", count, start);
}

async fn events_by_sdk(url: String) {
    let mut events = open_events(&url, MEASURED).await;
    let mut given = 0;
    while let Some(event) = events.next().await {
        assert_eq!(event.expect("a good one").data.choices.len(), 1);
        given += 1;
    }
    assert_eq!(given, MEASURED);
}

async fn lines_by_sdk(url: String) {
    let mut lines = open_lines(&url, MEASURED).await;
    let mut given = 0;
    while let Some(line) = lines.next().await {
        assert_eq!(line.expect("a good one").choices.len(), 1);
        given += 1;
    }
    assert_eq!(given, MEASURED);
}

async fn events_by_hand(url: String) {
    by_hand(&format!("{url}/events?count={MEASURED}"), b"data: ").await;
}

async fn lines_by_hand(url: String) {
    by_hand(&format!("{url}/lines?count={MEASURED}"), b"").await;
}

/// Reads the lines that begin so, as a program without an SDK would do it.
async fn by_hand(url: &str, start: &[u8]) {
    let mut answer = reqwest::get(url).await.expect("an answer");
    let (mut buffer, mut given) = (Vec::new(), 0);
    while let Some(piece) = answer.chunk().await.expect("a piece") {
        buffer.extend_from_slice(&piece);
        let mut taken = 0;
        while let Some(length) = buffer[taken..].iter().position(|byte| *byte == b'\n') {
            let line = &buffer[taken..taken + length];
            taken += length + 1;
            if line.is_empty() {
                continue;
            }
            let json = line.strip_prefix(start).expect("an item");
            let chunk: Chunk = serde_json::from_slice(json).expect("JSON");
            assert!(chunk.id.len() == 12 && chunk.choices.len() == 1 && chunk.usage.is_none());
            let Choice { index, delta, finish_reason } = &chunk.choices[0];
            assert!(*index == 0 && finish_reason.is_none());
            assert!(delta.role == Some(Role::Assistant) && delta.content.is_some());
            given += 1;
        }
        buffer.drain(..taken);
    }
    assert_eq!(given, MEASURED);
}

/// The types of a program without an SDK.
#[derive(Deserialize)]
struct Chunk {
    id: String,
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    index: i64,
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    role: Option<Role>,
    content: Option<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Role {
    System,
    User,
    Assistant,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the answer has none, and a program reads it")]
struct Usage {
    total_tokens: i64,
}

/// What an item costs, in nanoseconds of a processor, on a thread that does nothing but read them.
fn cost<F: Future<Output = ()>>(read: fn(String) -> F, url: &str) -> f64 {
    let url = url.to_owned();
    let measured = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            let before = processor_time();
            runtime.block_on(read(url));
            processor_time() - before
        });
        reader.join().expect("no panic")
    });
    measured as f64 / MEASURED as f64
}

/// For how long this thread has had a processor, in nanoseconds.
fn processor_time() -> u64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    text.split(' ').next().and_then(|it| it.parse().ok()).expect("a number")
}

/// Compares the cost of an item with that by hand.
fn compare<H: Future<Output = ()>, S: Future<Output = ()>>(
    what: &str,
    by_hand: fn(String) -> H,
    by_sdk: fn(String) -> S,
) {
    let servers = Runtime::new().expect("threads");
    let url = servers.block_on(serve());
    let mut shares = Vec::new();
    for _ in 0..ROUNDS {
        let (by_hand, by_sdk) = (cost(by_hand, &url), cost(by_sdk, &url));
        println!("{what}: {by_hand:.0} ns by hand, {by_sdk:.0} ns by the SDK");
        shares.push(by_sdk / by_hand);
    }
    shares.sort_by(f64::total_cmp);
    println!("{what}: {shares:.2?} of the cost by hand");
    assert!(shares[ROUNDS / 2] <= BAR, "{what}: {shares:.2?}");
}

#[test]
#[ignore = "says something with --release only"]
fn an_event_costs_what_it_does_by_hand() {
    compare("an event", events_by_hand, events_by_sdk);
}

#[test]
#[ignore = "says something with --release only"]
fn a_line_costs_what_it_does_by_hand() {
    compare("a line", lines_by_hand, lines_by_sdk);
}

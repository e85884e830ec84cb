//! Reads a stream: `stream serve` prints the address that it listens at; `stream sdk events ADDRESS ITEMS` and
//! `stream by-hand events ADDRESS ITEMS` are the two that are compared, and so are those with `lines`.

use std::error::Error;

use bench::{server, streams_by_hand};
use chat_sdk::Client;
use chat_sdk::models::CompletionChunk;
use chat_sdk::runtime::{Call, Operation, decode};
use tokio::net::TcpListener;

static EVENTS: Operation =
    Operation { id: "events", path: "/events", accept: "text/event-stream", ..Operation::DEFAULT };

static LINES: Operation =
    Operation { id: "lines", path: "/lines", accept: "application/jsonl", ..Operation::DEFAULT };

/// A word of an answer, as the APIs of language models send it.
const CHUNK: &str = r#"{"id":"chatcmpl-123","choices":[{"index":0,"delta":{"role":"assistant","content":" Hello"}}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match arguments[..] {
        ["serve"] => runtime.block_on(serve()),
        ["sdk", "events", address, count] => runtime.block_on(events(address, count.parse()?)),
        ["sdk", "lines", address, count] => runtime.block_on(lines(address, count.parse()?)),
        ["by-hand", path @ ("events" | "lines"), address, count] => {
            runtime.block_on(by_hand(&format!("{address}/{path}?count={count}"), count.parse()?))
        }
        _ => Err("stream serve | sdk|by-hand events|lines ADDRESS ITEMS".into()),
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    Ok(server::serve_streams(listener, CHUNK).await?)
}

fn call(
    address: &str,
    operation: &'static Operation,
    count: usize,
) -> Result<Call, Box<dyn Error>> {
    let client = Client::builder().base_url(address).allow_http(true).build()?;
    Ok(Call::new(&client, operation).query("count", &count))
}

async fn events(address: &str, count: usize) -> Result<(), Box<dyn Error>> {
    let mut events =
        call(address, &EVENTS, count)?.events(decode::model::<CompletionChunk>).await?;
    let mut given = 0;
    while let Some(event) = events.next().await {
        assert_eq!(event?.data.choices.len(), 1);
        given += 1;
    }
    assert_eq!(given, count);
    Ok(())
}

async fn lines(address: &str, count: usize) -> Result<(), Box<dyn Error>> {
    let mut lines =
        call(address, &LINES, count)?.json_lines(decode::model::<CompletionChunk>).await?;
    let mut given = 0;
    while let Some(line) = lines.next().await {
        assert_eq!(line?.choices.len(), 1);
        given += 1;
    }
    assert_eq!(given, count);
    Ok(())
}

async fn by_hand(url: &str, count: usize) -> Result<(), Box<dyn Error>> {
    let start: &[u8] = if url.contains("/events") { b"data: " } else { b"" };
    let mut given = 0;
    let take = |chunk: streams_by_hand::Chunk| {
        assert_eq!(chunk.choices.len(), 1);
        given += 1;
    };
    streams_by_hand::read(url, start, take).await?;
    assert_eq!(given, count);
    Ok(())
}

//! Servers on the loopback: one answers every request with the same session, one with a stream of items.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How many items of a stream are sent at once.
const AT_ONCE: usize = 100;

/// Serves the listener's connections until it fails.
///
/// # Errors
///
/// No connection can be taken.
pub async fn serve(listener: TcpListener, body: &str) -> io::Result<()> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    loop {
        let (connection, _) = listener.accept().await?;
        let answer = answer.clone();
        tokio::spawn(async move { converse(connection, &answer).await });
    }
}

/// Answers the requests of one connection, which have no bodies.
async fn converse(mut connection: TcpStream, answer: &str) -> io::Result<()> {
    connection.set_nodelay(true)?;
    while request(&mut connection).await?.is_some() {
        connection.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

/// Serves the listener's connections until it fails: `/events?count=N` with so many server-sent events, `/lines?count=N`
/// with so many lines of JSON.
///
/// # Errors
///
/// No connection can be taken.
pub async fn serve_streams(listener: TcpListener, item: &'static str) -> io::Result<()> {
    loop {
        let (connection, _) = listener.accept().await?;
        tokio::spawn(async move { stream(connection, item).await });
    }
}

/// Answers the requests of one connection with streams, of which a chunk (RFC 9112, section 7.1) has [`AT_ONCE`] items.
async fn stream(mut connection: TcpStream, item: &str) -> io::Result<()> {
    connection.set_nodelay(true)?;
    while let Some(path) = request(&mut connection).await? {
        let (media_type, item) = match path.starts_with("/events") {
            true => ("text/event-stream", format!("data: {item}\n\n")),
            false => ("application/jsonl", format!("{item}\n")),
        };
        let items = item.repeat(AT_ONCE);
        let count = path.rsplit('=').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        connection.write_all(head.as_bytes()).await?;
        let chunk = format!("{:x}\r\n{items}\r\n", items.len());
        for _ in 0..count / AT_ONCE {
            connection.write_all(chunk.as_bytes()).await?;
        }
        connection.write_all(b"0\r\n\r\n").await?;
    }
    Ok(())
}

/// The path of the next request of a connection, with its query; none where the connection ends.
async fn request(connection: &mut TcpStream) -> io::Result<Option<String>> {
    let mut received = Vec::new();
    while !received.ends_with(b"\r\n\r\n") {
        if connection.read_buf(&mut received).await? == 0 {
            return Ok(None);
        }
    }
    let head = String::from_utf8_lossy(&received);
    Ok(Some(head.split(' ').nth(1).unwrap_or_default().to_owned()))
}

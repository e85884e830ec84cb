//! A server on the loopback that answers every request with the same session.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

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
    let mut received = Vec::new();
    loop {
        if connection.read_buf(&mut received).await? == 0 {
            return Ok(());
        }
        if received.ends_with(b"\r\n\r\n") {
            received.clear();
            connection.write_all(answer.as_bytes()).await?;
        }
    }
}

//! A server that gives one answer.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::Answer;
use super::received::Received;

/// A server on this machine, for one request.
pub struct Server {
    /// Its base URL.
    pub url: String,
    received: oneshot::Receiver<Vec<u8>>,
}

impl Server {
    /// Starts a server that gives this answer.
    pub async fn start(answer: &Answer<'_>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, received) = oneshot::channel();
        tokio::spawn(serve(listener, text(answer), sender));
        Ok(Self { url, received })
    }

    /// The request that arrived.
    pub fn received(mut self) -> Received {
        Received::read(&self.received.try_recv().unwrap_or_default())
    }
}

async fn serve(
    listener: TcpListener,
    answer: String,
    sender: oneshot::Sender<Vec<u8>>,
) -> io::Result<()> {
    let (mut stream, _) = listener.accept().await?;
    let request = request(&mut stream).await?;
    // A receiver that is gone does not ask what arrived.
    drop(sender.send(request));
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// The bytes of a request.
async fn request(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut request = Vec::new();
    while !Received::read(&request).is_complete() {
        if stream.read_buf(&mut request).await? == 0 {
            break;
        }
    }
    Ok(request)
}

/// The bytes of an answer.
fn text(Answer(status, media_type, body): &Answer<'_>) -> String {
    let content_type = match *media_type {
        "" => String::new(),
        media_type => format!("content-type: {media_type}\r\n"),
    };
    // These answers have no body, and so no length (RFC 9110, section 8.6).
    let length = match status {
        204 | 304 => String::new(),
        _ => format!("content-length: {}\r\n", body.len()),
    };
    format!("HTTP/1.1 {status} \r\n{content_type}{length}connection: close\r\n\r\n{body}")
}

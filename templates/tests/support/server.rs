//! A server that gives the answers that it is told to.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::Answer;
use super::received::Received;

/// A server on this machine.
pub struct Server {
    /// Its base URL.
    pub url: String,
    listener: Arc<TcpListener>,
}

impl Server {
    /// Starts a server.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        Ok(Self { url, listener: Arc::new(listener) })
    }

    /// Makes a call, which gets this answer. Gives the request that arrived, and what the call
    /// gave.
    pub async fn exchange<T>(
        &self,
        answer: &Answer<'_>,
        call: impl Future<Output = T>,
    ) -> (Received, T) {
        let (sender, mut received) = oneshot::channel();
        let serving = tokio::spawn(serve(self.listener.clone(), text(answer), sender));
        let outcome = call.await;
        // Where no request was made, nobody waits for one any more.
        serving.abort();
        (Received::read(&received.try_recv().unwrap_or_default()), outcome)
    }
}

async fn serve(
    listener: Arc<TcpListener>,
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

//! A server on a real socket that notes every request byte for byte and answers what a test says,
//! down to answers that no HTTP library would send.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// `METHOD target HTTP/1.1`.
    pub request_line: String,
    /// The headers in order, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; with its chunk sizes, if it came in chunks.
    pub body: Vec<u8>,
}

impl Received {
    /// The first value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The path and query, as they came.
    pub fn target(&self) -> &str {
        self.request_line.split(' ').nth(1).unwrap_or_default()
    }
}

type Handler = dyn Fn(&Received) -> Vec<u8> + Send + Sync;

/// The server. It listens until it is dropped.
pub struct Server {
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Answers every request with what `handler` gives, and closes the connection.
    pub async fn start(handler: impl Fn(&Received) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let handler: Arc<Handler> = Arc::new(handler);
        let log = received.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, handler.clone(), log.clone()));
            }
        });
        Self { url, received, task }
    }

    /// Answers every request with the same bytes.
    pub async fn always(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::start(move |_| answer.clone()).await
    }

    /// The requests that came, in their order.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no test panics while it holds the lock").clone()
    }

    /// The one request that came.
    ///
    /// # Panics
    ///
    /// There came none, or several.
    pub fn only_request(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.into_iter().next().expect("there is one")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, handler: Arc<Handler>, log: Arc<Mutex<Vec<Received>>>) {
    let Some(request) = read_request(&mut stream).await else { return };
    let answer = handler(&request);
    log.lock().expect("no test panics while it holds the lock").push(request);
    // The client may have hung up; that is for the test to judge.
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

async fn read_request(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut lines = head.split("\r\n");
    let request_line = lines.next()?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut request = Received { request_line, headers, body: bytes.split_off(head_end + 4) };
    if request.header("transfer-encoding") == Some("chunked") {
        while find(&request.body, b"0\r\n\r\n").is_none() {
            stream.read_buf(&mut request.body).await.ok()?;
        }
        return Some(request);
    }
    let length = request.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    while request.body.len() < length {
        stream.read_buf(&mut request.body).await.ok()?;
    }
    Some(request)
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

/// An answer with a body and the headers that belong to it.
pub fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!("HTTP/1.1 {status}\r\nconnection: close\r\n");
    if !status.starts_with("204") {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// A JSON answer.
pub fn json(status: &str, body: &str) -> Vec<u8> {
    answer(status, &[("content-type", "application/json")], body)
}

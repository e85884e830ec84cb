//! Bodies of several parts without names (RFC 2046, section 5.1), whose parts come, and are sent, one by one
//! (OpenAPI 3.2.0, section 4.14.5.2, Encoding By Position).

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use features_sdk::models::Range;
use features_sdk::runtime::{FilePart, PartItems};
use features_sdk::{Error, Mock, MockStream, StreamedPart};
use futures_util::stream;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::support::{Received, Server};

/// How long a test waits for what has to come.
const SOON: Duration = Duration::from_secs(5);

const MIXED: &str = "multipart/mixed; boundary=B";

fn answer(media_type: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], body.into()).into_response()
}

async fn server(media_type: &'static str, body: &'static str) -> Server {
    Server::answering(move |_| answer(media_type, body)).await
}

/// The media type and the body, with `B` in the place of the boundary.
fn shown(request: &Received) -> (String, String) {
    let media_type = request.header("content-type").expect("a media type");
    let (_, boundary) = media_type.split_once("; boundary=").expect("a boundary");
    let body = String::from_utf8_lossy(&request.body).replace(boundary, "B");
    (media_type.replace(boundary, "B"), body)
}

#[tokio::test]
async fn parts_come_with_their_headers() {
    let body = "--B\r\nContent-Type: application/json\r\nX-A: 1\r\n\r\n{\"from\":1}\r\n--B\r\n\r\n{\"to\":2}\r\n--B--";
    let server = server(MIXED, body).await;
    let mut parts = server.client().streams().send_ranges().await.expect("an answer");
    let first = parts.next().await.expect("a part").expect("a good one");
    assert_eq!((first.data.from, first.media_type()), (Some(1), Some("application/json")));
    assert_eq!(first.headers["x-a"], "1");
    let second = parts.next().await.expect("a part").expect("a good one");
    assert_eq!((second.data.to, second.headers.len()), (Some(2), 0));
    assert!(parts.next().await.is_none());
    assert_eq!(server.only_request().header("accept"), Some("multipart/mixed"));
}

/// A part is given once the delimiter after it is there, and not only when the body ends.
#[tokio::test]
async fn a_part_is_given_when_it_is_whole() {
    let (sender, receiver) = mpsc::unbounded_channel::<&'static str>();
    let receiver = Arc::new(Mutex::new(Some(receiver)));
    let server = Server::answering(move |_| {
        let receiver = receiver.lock().expect("not poisoned").take().expect("one request");
        let pieces = stream::unfold(receiver, async |mut receiver| {
            let piece = receiver.recv().await?;
            Some((Ok::<_, Infallible>(Bytes::from(piece)), receiver))
        });
        answer(MIXED, Body::from_stream(pieces))
    })
    .await;
    sender.send("--B\r\n\r\n{\"from\":1}\r\n--").expect("sent");
    let mut parts = server.client().streams().send_ranges().await.expect("an answer");
    assert!(timeout(Duration::from_millis(100), parts.next()).await.is_err(), "it may go on");
    sender.send("B\r\n").expect("sent");
    let part = timeout(SOON, parts.next()).await.expect("soon").expect("a part").expect("good");
    assert_eq!(part.data.from, Some(1));
}

#[tokio::test]
async fn a_part_that_does_not_fit_is_an_error_of_that_part() {
    let body = "--B\r\n\r\n{\r\n--B\r\n\r\n{\"from\":\"x\"}\r\n--B\r\n\r\n{\"to\":2}\r\n";
    let server = server(MIXED, body).await;
    let mut parts = server.client().streams().send_ranges().await.expect("an answer");
    let error = parts.next().await.expect("a part").expect_err("it is no JSON");
    assert!(error.to_string().contains("item 0"), "{error}");
    let part = parts.next().await.expect("a part").expect("a good one");
    assert_eq!(part.deviations()[0].path(), "$.from");
    let error = parts.next().await.expect("a part").expect_err("nothing follows it");
    assert!(error.to_string().contains("is cut off"), "{error}");
    assert!(parts.next().await.is_none());
}

#[tokio::test]
async fn an_answer_without_a_boundary_has_no_parts() {
    let other = server("multipart/mixed", "--B\r\n\r\n{}\r\n--B--").await;
    let error = other.client().streams().send_ranges().await.expect_err("no boundary");
    assert!(matches!(error, Error::Decode(_)) && error.to_string().contains("boundary"), "{error}");
    let none = Server::quiet().await;
    let mut parts = none.client().streams().send_ranges().await.expect("an answer without a body");
    assert!(parts.next().await.is_none());
}

#[tokio::test]
async fn parts_may_be_bytes_or_text() {
    let body = "--B\r\nContent-Type: image/png\r\n\r\nPNG\r\n\r\n--B\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nd\u{e9}\r\n--B--";
    let server = server(MIXED, body).await;
    let streams = server.client().streams();
    let mut files = streams.send_files().await.expect("an answer");
    let file = files.next().await.expect("a part").expect("bytes");
    assert_eq!((&*file.data, file.media_type()), (b"PNG\r\n".as_slice(), Some("image/png")));
    let mut texts = streams.receive_files().await.expect("an answer");
    assert_eq!(texts.next().await.expect("a part").expect("text").data, "PNG\r\n");
    let text = texts.next().await.expect("a part").expect("text").data;
    assert_eq!(text, "d\u{c3}\u{a9}", "the charset is that of the part");
}

/// The first two parts have encodings of their own, and all others one.
#[tokio::test]
async fn the_parts_of_a_request_are_written_by_their_position() {
    let server = Server::quiet().await;
    let streams = server.client().streams();
    let ranges = || vec![Range::new().from(1), Range::new().from(2), Range::new().from(3)];
    streams.receive_ranges(ranges()).await.expect("a list is sent");
    let flow = PartItems::from_stream(stream::iter(ranges()));
    streams.receive_ranges(flow).await.expect("a stream is sent");
    let expected = "--B\r\nContent-Type: application/vnd.acme.first+json\r\nX-Position: 1\r\n\r\n{\"from\":1}\r\n\
                    --B\r\nContent-Type: application/json\r\n\r\n{\"from\":2}\r\n\
                    --B\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{\"from\":3}\r\n--B--\r\n";
    for request in server.received() {
        assert_eq!(shown(&request), (MIXED.to_owned(), expected.to_owned()));
    }
}

#[tokio::test]
async fn a_part_may_be_a_file() {
    let server = Server::quiet().await;
    let named = FilePart::new("a.png", "PNG").media_type("image/png").header("X-A", "1");
    let files = vec![named, FilePart::new("", "BYTES")];
    let _answer = server.client().streams().receive_files().body(files).await.expect("sent");
    let expected = "--B\r\nContent-Disposition: attachment; filename=\"a.png\"\r\nContent-Type: image/png\r\nX-A: 1\r\n\r\nPNG\r\n\
                    --B\r\nContent-Type: application/octet-stream\r\n\r\nBYTES\r\n--B--\r\n";
    assert_eq!(shown(&server.only_request()), (MIXED.to_owned(), expected.to_owned()));
}

#[tokio::test]
async fn a_stream_that_fails_breaks_the_request_off() {
    let server = Server::quiet().await;
    let failing = stream::iter([Ok(Range::new()), Err(std::io::Error::other("no more paper"))]);
    let call = server.client().streams().receive_ranges(PartItems::from_try_stream(failing));
    let error = call.await.expect_err("the stream failed");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn a_mock_plays_parts() {
    let mock = Mock::new();
    let ranges = MockStream::new().item(Range::new().from(1)).item(Range::new().from(2));
    mock.streams().send_ranges().returns(ranges.clone()).returns(ranges.breaks_off());
    mock.streams().send_ranges().returns(MockStream::new());
    let pictures = vec![StreamedPart::new(Bytes::from_static(b"PNG"))];
    mock.streams().send_files().returns(pictures);
    let client = mock.client();
    for breaks_off in [false, true] {
        let mut parts = client.streams().send_ranges().await.expect("an answer");
        for from in [1, 2] {
            let part = parts.next().await.expect("a part").expect("a good one");
            assert_eq!((part.data.from, part.media_type()), (Some(from), Some("application/json")));
        }
        let end = parts.next().await;
        assert_eq!(end.is_some_and(|end| matches!(end, Err(Error::Transport(_)))), breaks_off);
    }
    let mut parts = client.streams().send_ranges().await.expect("an answer");
    assert!(parts.next().await.is_none());
    let mut files = client.streams().send_files().await.expect("an answer");
    assert_eq!(&*files.next().await.expect("a part").expect("a good one").data, b"PNG");
}

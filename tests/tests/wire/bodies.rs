//! Bodies other than JSON: forms, several parts, and streams in both directions.

use futures_util::{TryStreamExt, stream};
use okta_sdk::runtime::{Call, Download, Method, Multipart, Operation, decode};
use okta_sdk::{Client, Error, Result};
use sdk_tests::wire::{Server, answer, json};
use serde_json::json as value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

static FORM: Operation =
    Operation { id: "postForm", method: Method::POST, path: "/forms", ..Operation::DEFAULT };

static GET_FILE: Operation =
    Operation { id: "getFile", method: Method::GET, path: "/files/{id}", ..Operation::DEFAULT };

static PUT_FILE: Operation =
    Operation { id: "putFile", method: Method::PUT, path: "/files", ..Operation::DEFAULT };

fn client(url: &str) -> Client {
    Client::builder().base_url(url).allow_http(true).build().expect("a client")
}

async fn post(server: &Server, form: Multipart) -> Result<String> {
    Call::new(&client(&server.url), &FORM).multipart(form).into_body(decode::text).await
}

async fn get(url: &str) -> Result<Download> {
    Call::new(&client(url), &GET_FILE).path("id", &"1").download().await
}

#[tokio::test]
async fn a_form_has_a_field_for_each_member() {
    let server = Server::always(answer("204 No Content", &[], "")).await;
    let form = value!({ "name": "a b&c=d", "tags": ["x", "y"], "none": null, "on": true, "n": 7 });
    let call = Call::new(&client(&server.url), &FORM).form(&form);
    call.send(decode::empty).await.expect("sent");
    let received = server.only_request();
    assert_eq!(received.header("content-type"), Some("application/x-www-form-urlencoded"));
    let mut pairs: Vec<_> = received.body.split(|byte| *byte == b'&').collect();
    pairs.sort_unstable();
    let expected = ["n=7", "name=a%20b%26c%3Dd", "on=true", "tags=x", "tags=y"];
    assert_eq!(pairs, expected.map(str::as_bytes));

    let error = Call::new(&client(&server.url), &FORM).form(&[1]).send(decode::empty).await;
    assert!(error.expect_err("no object").to_string().contains("no form"));
}

#[tokio::test]
async fn several_parts_are_written_as_browsers_do() {
    let server = Server::always(answer("200 OK", &[], "thanks")).await;
    let form = Multipart::new()
        .field("title", &"caf\u{e9}")
        .field("tags", &["x", "y"])
        .field("none", &None::<String>)
        .json("meta", &value!({ "a": 1 }))
        .file("file", "my \"photo\".png", "image/png", &b"\x89PNG\r\n--"[..]);
    let text = post(&server, form).await.expect("sent");
    assert_eq!(text, "thanks");
    let received = server.only_request();
    let boundary = received
        .header("content-type")
        .and_then(|value| value.strip_prefix("multipart/form-data; boundary="))
        .expect("a boundary");
    let part = |head: &str, content: &[u8]| {
        [
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
            content,
            b"\r\n",
        ]
        .concat()
    };
    let expected = [
        part("name=\"title\"", "caf\u{e9}".as_bytes()),
        part("name=\"tags\"", b"x"),
        part("name=\"tags\"", b"y"),
        part("name=\"meta\"\r\nContent-Type: application/json", b"{\"a\":1}"),
        part(
            "name=\"file\"; filename=\"my %22photo%22.png\"\r\nContent-Type: image/png",
            b"\x89PNG\r\n--",
        ),
        format!("--{boundary}--\r\n").into_bytes(),
    ]
    .concat();
    assert_eq!(String::from_utf8_lossy(&received.body), String::from_utf8_lossy(&expected));
    assert_eq!(received.body, expected);
}

#[tokio::test]
async fn a_part_cannot_smuggle_a_header() {
    let server = Server::always(answer("204 No Content", &[], "")).await;
    for form in [
        Multipart::new().file("f", "a\r\nX-Evil: 1", "image/png", "x"),
        Multipart::new().field("f\n", &"x"),
        Multipart::new().file("f", "a", "image/png\r\nX-Evil: 1", "x"),
    ] {
        let error = post(&server, form).await.expect_err("a line break");
        assert!(matches!(error, Error::Request(_)), "{error:?}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_upload_is_sent_piece_by_piece_and_once() {
    let server = Server::always(json("503 Service Unavailable", "{}")).await;
    let pieces = stream::iter(["one ", "two"].map(Ok::<_, std::io::Error>));
    let body = reqwest::Body::wrap_stream(pieces);
    let call = Call::new(&client(&server.url), &PUT_FILE).upload("application/octet-stream", body);
    let again = call.clone();
    let error = call.send(decode::empty).await.expect_err("a 503");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    let received = server.only_request();
    assert_eq!(received.header("transfer-encoding"), Some("chunked"));
    assert_eq!(received.header("content-type"), Some("application/octet-stream"));
    assert_eq!(received.body, b"4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
    let error = again.send(decode::empty).await.expect_err("the stream is gone");
    assert!(error.to_string().contains("sent already"), "{error}");
}

#[tokio::test]
async fn a_download_arrives_while_the_server_still_sends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (go_on, wait) = tokio::sync::oneshot::channel::<()>();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let _ = stream.read(&mut [0; 1024]).await;
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\nfirst";
        stream.write_all(head.as_bytes()).await.expect("sent");
        wait.await.expect("the test goes on");
        stream.write_all(b"second").await.expect("sent");
    });
    // Larger than what may be read into memory: no limit here.
    let mut download = get(&url).await.expect("a download");
    assert_eq!(download.status(), 200);
    assert_eq!(download.chunk().await.expect("a piece").as_deref(), Some(&b"first"[..]));
    go_on.send(()).expect("the server waits");
    assert_eq!(download.chunk().await.expect("a piece").as_deref(), Some(&b"second"[..]));
    let error = download.chunk().await.expect_err("the server hung up");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn a_refused_download_is_an_api_error() {
    let server = Server::always(json("404 Not Found", r#"{"errorCode": "E0000007"}"#)).await;
    let error = get(&server.url).await.expect_err("a 404");
    assert_eq!(error.as_api().and_then(|error| error.code()), Some("E0000007"));
}

#[tokio::test]
async fn a_download_is_a_stream() {
    let server = Server::always(answer("200 OK", &[], "content")).await;
    let download = get(&server.url).await.expect("a download");
    let pieces: Vec<_> = download.try_collect().await.expect("the whole body");
    assert_eq!(pieces.concat(), b"content");
}

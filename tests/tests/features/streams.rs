//! Answers whose items come one by one.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use features_sdk::models::Range;
use features_sdk::runtime::JsonItems;
use features_sdk::{Client, Error, Event, EventStream, Mock, MockAnswer, MockStream};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream::{self, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::support::{KEY, Server};

/// How long a test waits for what has to come, and for what must not.
const SOON: Duration = Duration::from_secs(5);
const LATER: Duration = Duration::from_millis(150);

const EVENTS: &str = "text/event-stream";

/// An answer of that media type with the whole body.
fn whole(media_type: &'static str, body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], body.into()).into_response()
}

/// An answer whose body is what is sent by way of the channel.
fn fed(media_type: &'static str) -> (mpsc::UnboundedSender<Vec<u8>>, Response) {
    let (sender, receiver) = mpsc::unbounded_channel::<Vec<u8>>();
    let pieces = stream::unfold(receiver, async |mut receiver| {
        let piece = receiver.recv().await?;
        Some((Ok::<_, std::io::Error>(Bytes::from(piece)), receiver))
    });
    (sender, whole(media_type, Body::from_stream(pieces)))
}

/// A server that gives these answers one after the other, and 204 then.
async fn server(answers: Vec<Response>) -> Server {
    let answers: Arc<Vec<std::sync::Mutex<Option<Response>>>> =
        Arc::new(answers.into_iter().map(|answer| std::sync::Mutex::new(Some(answer))).collect());
    let next = Arc::new(AtomicUsize::new(0));
    Server::answering(move |_| {
        let answer = answers.get(next.fetch_add(1, Ordering::Relaxed));
        let answer = answer.and_then(|answer| answer.lock().expect("not poisoned").take());
        answer.unwrap_or_else(|| StatusCode::NO_CONTENT.into_response())
    })
    .await
}

fn client(server: &Server) -> features_sdk::ClientBuilder {
    Client::builder().base_url(&server.url).allow_http(true).max_retries(0).key(KEY)
}

/// The data of all events, or what their errors say.
async fn all(mut events: EventStream<Range>) -> Vec<Result<Range, String>> {
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.map(|event| event.data).map_err(|error| error.to_string()));
    }
    all
}

async fn next(events: &mut EventStream<Range>) -> Event<Range> {
    let event = timeout(SOON, events.next()).await.expect("it comes soon");
    event.expect("an event").expect("that is a range")
}

#[tokio::test]
async fn an_event_is_there_before_the_next_one_is_sent() {
    let (sender, answer) = fed(EVENTS);
    let server = server(vec![answer]).await;
    let mut events = server.client().streams().watch_ranges().await.expect("an answer");
    assert_eq!(events.status(), 200);
    assert_eq!(events.headers()[header::CONTENT_TYPE], EVENTS);
    sender
        .send(
            b"id: 7\nevent: changed\nretry: 20\ndata: {\"from\":\ndata: 1}\n\n: more\nda".to_vec(),
        )
        .expect("it is read");
    let event = next(&mut events).await;
    assert_eq!(event.data, Range::new().from(1));
    assert_eq!(event.event_type.as_deref(), Some("changed"));
    assert_eq!(event.id.as_deref(), Some("7"));
    assert_eq!(event.retry, Some(Duration::from_millis(20)));
    assert!(timeout(LATER, events.next()).await.is_err(), "nothing more was sent");
    sender.send(b"ta: {\"to\": 2}\n\n".to_vec()).expect("it is read");
    assert_eq!(next(&mut events).await.data, Range::new().to(2));
    assert_eq!(events.last_event_id(), Some("7"));
    drop(sender);
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none(), "the end stays the end");
}

#[tokio::test]
async fn the_sentinel_ends_the_stream_and_is_no_event() {
    let (sender, answer) = fed(EVENTS);
    let server = server(vec![answer]).await;
    sender.send(b"data: {}\n\ndata: [DONE]\n\ndata: {}\n\n".to_vec()).expect("it will be read");
    let events = server.client().streams().watch_ranges().await.expect("an answer");
    let all = timeout(SOON, all(events)).await.expect("the connection need not be closed for it");
    assert_eq!(all, [Ok(Range::new())]);
}

#[tokio::test]
async fn dropping_the_stream_ends_the_request() {
    let (sender, answer) = fed(EVENTS);
    let server = server(vec![answer]).await;
    let events = server.client().streams().watch_ranges().await.expect("an answer");
    drop(events);
    timeout(SOON, sender.closed()).await.expect("the server notices");
}

#[tokio::test]
async fn an_item_that_does_not_fit_is_not_the_end() {
    let body =
        "data: {\"from\": \"one\"}\n\ndata: {\"to\":\n\ndata: hello\n\ndata: {\"to\": 3}\n\n";
    let odd = server(vec![whole(EVENTS, body)]).await;
    let mut events = odd.client().streams().watch_ranges().await.expect("an answer");
    let event = next(&mut events).await;
    let deviation = event.deviations().remove(0);
    assert_eq!((deviation.path(), deviation.found()), ("$.from", Some("\"one\"")));
    let rest = all(events).await;
    assert_eq!(rest[2], Ok(Range::new().to(3)));
    let broken = rest[0].as_ref().expect_err("it breaks off");
    assert!(broken.contains("item 1 of the answer (200 OK) does not fit at $.to"), "{broken}");
    let none = rest[1].as_ref().expect_err("it is no JSON");
    assert!(none.ends_with("item 2 of the answer (200 OK) is not JSON"), "{none}");

    let strict = server(vec![whole(EVENTS, body)]).await;
    let client = client(&strict).strict(true).build().expect("a client");
    let events = client.streams().watch_ranges().await.expect("an answer");
    let items = all(events).await;
    let first = items[0].as_ref().expect_err("a strict client refuses it");
    assert!(first.contains("item 0 of the answer (200 OK) does not fit at $.from"), "{first}");
    assert_eq!(items[3], Ok(Range::new().to(3)));
}

#[tokio::test]
async fn an_item_that_is_too_large_is_not_the_end() {
    let large = "x".repeat(2000);
    let body = format!("data: {{\"{large}\": 1}}\n\ndata: {{\"to\": 1}}\n\n");
    let server = server(vec![whole(EVENTS, body)]).await;
    let client = client(&server).max_body_size(1000).build().expect("a client");
    let items = all(client.streams().watch_ranges().await.expect("an answer")).await;
    let error = items[0].as_ref().expect_err("it is too large");
    assert!(
        error.contains("item 0 of the answer (200 OK) is larger than the 1000 bytes"),
        "{error}"
    );
    assert_eq!(items[1..], [Ok(Range::new().to(1))]);
}

#[tokio::test]
async fn the_time_of_a_call_is_that_until_its_answer_begins() {
    let (sender, answer) = fed(EVENTS);
    let server = server(vec![answer]).await;
    let call = server.client().streams().watch_ranges().timeout(LATER);
    let mut events = call.await.expect("an answer");
    sleep(LATER * 2).await;
    sender.send(b"data: {}\n\n".to_vec()).expect("it is read");
    next(&mut events).await;

    let mock = Mock::new();
    let late = tower::service_fn(async |_: http::Request<reqwest::Body>| {
        sleep(SOON * 10).await;
        Ok::<_, std::io::Error>(http::Response::new(reqwest::Body::default()))
    });
    let client = mock.builder().layer(tower::util::MapResponseLayer::new(|response| response));
    let client = client.layer(tower::layer::layer_fn(move |_| late)).build().expect("a client");
    let error = client.streams().watch_ranges().timeout(LATER).await.expect_err("no answer");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn a_stream_of_which_nothing_comes_is_given_up() {
    let (sender, answer) = fed(EVENTS);
    let quiet = server(vec![answer]).await;
    let client = client(&quiet).stream_idle_timeout(LATER * 2).build().expect("a client");
    let mut events = client.streams().watch_ranges().await.expect("an answer");
    let comments = tokio::spawn(async move {
        for _ in 0..4 {
            sleep(LATER).await;
            sender.send(b":\n".to_vec()).expect("it is read");
        }
        sender.send(b"data: {}\n\n".to_vec()).expect("it is read");
        sender
    });
    next(&mut events).await;
    let _open = comments.await.expect("it ends");
    let error = timeout(SOON, events.next()).await.expect("it is given up").expect("an error");
    let error = error.expect_err("nothing came");
    assert!(error.to_string().contains("nothing came of the answer for 300ms"), "{error}");
    assert!(events.next().await.is_none());

    let (_open, answer) = fed(EVENTS);
    let quiet = server(vec![answer]).await;
    let call = quiet.client().streams().watch_ranges().idle_timeout(LATER);
    let mut events = call.await.expect("an answer");
    let error = timeout(SOON, events.next()).await.expect("it is given up").expect("an error");
    assert!(matches!(error, Err(Error::Timeout(_))), "{error:?}");
}

#[tokio::test]
async fn an_answer_of_another_media_type_is_no_event_stream() {
    let server = server(vec![whole("application/json", "{\"from\": 1}")]).await;
    let error = server.client().streams().watch_ranges().await.expect_err("no event stream");
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert!(error.to_string().ends_with("is no event stream but application/json"), "{error}");
    assert_eq!(error.body(), "{\"from\": 1}");
    let mut events = server.client().streams().watch_ranges().await.expect("204");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn events_are_in_utf_8_whatever_the_header_says() {
    let windows = "text/event-stream; charset=windows-1252";
    let server = server(vec![whole(windows, "data: \u{20AC} \u{FEFF}\n\n")]).await;
    let call = server.client().streams().follow_news().reconnect(false);
    let mut events = call.await.expect("an answer");
    let event = events.next().await.expect("an event").expect("text");
    assert_eq!(event.data, "\u{20AC} \u{FEFF}");
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_asked_for_again_from_its_last_event_on() {
    let broken = stream::iter([
        Ok(Bytes::from("retry: 30\nid: a\ndata: one\n\ndata: two\n\nid: b\ndata: lost\n")),
        Err(std::io::Error::other("the connection breaks off")),
    ]);
    let broken = broken.then(async |piece| {
        sleep(Duration::from_millis(50)).await;
        piece
    });
    let answers = vec![
        whole(EVENTS, Body::from_stream(broken)),
        StatusCode::BAD_GATEWAY.into_response(),
        whole(EVENTS, "data: never\n\n"),
    ];
    let server = server(answers).await;
    let client = client(&server).max_retries(1).build().expect("a client");
    let mut events = client.streams().follow_news().await.expect("an answer");
    let mut given = Vec::new();
    while let Some(event) = events.next().await {
        given.push(event.map(|event| (event.data, event.id)).map_err(|error| error.status()));
    }
    let event = |text: &str| Ok((text.to_owned(), Some("a".to_owned())));
    let refused = Err(Some(StatusCode::BAD_GATEWAY));
    assert_eq!(given, [event("one"), event("two"), refused]);
    let received = server.received();
    assert_eq!(received.len(), 2, "a refusal is the end");
    assert_eq!(received[0].header("last-event-id"), None);
    assert_eq!(received[1].header("last-event-id"), Some("a"));
    assert_eq!(received[1].header("x-acme-key"), Some(KEY));
}

#[tokio::test]
async fn a_stream_that_the_server_ends_is_asked_for_again_until_it_has_no_content() {
    let answers = ["retry: 10\nid: 1\ndata: one\n\n", ": nothing\n\n", "data: two\n\n"];
    let server = server(answers.map(|body| whole(EVENTS, body)).into()).await;
    let call = server.client().streams().follow_news();
    let mut events = timeout(SOON, call).await.expect("it comes").expect("an answer");
    let mut given = Vec::new();
    while let Some(event) = timeout(SOON, events.next()).await.expect("it comes") {
        given.push(event.expect("an event").data);
    }
    assert_eq!(given, ["one", "two"]);
    let ids = server.received();
    let ids: Vec<_> = ids.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids, [None, Some("1"), Some("1"), Some("1")]);
}

#[tokio::test]
async fn what_is_not_to_be_asked_for_again_ends() {
    let once = || vec![whole(EVENTS, "retry: 1\ndata: one\n\n"), whole(EVENTS, "data: two\n\n")];
    let ended = server(once()).await;
    let call = ended.client().streams().follow_news().reconnect(false);
    let events = call.await.expect("an answer");
    assert_eq!(events.count().await, 1);
    let patient = server(vec![whole(EVENTS, "retry: 3600000\ndata: one\n\n")]).await;
    let events = patient.client().streams().follow_news().await.expect("an answer");
    let count = timeout(SOON, events.count()).await.expect("the server asks for too long a wait");
    assert_eq!(count, 1);
    let asked =
        server(vec![whole(EVENTS, "retry: 1\ndata: {}\n\n"), whole(EVENTS, "data: [DONE]\n\n")])
            .await;
    let call = asked.client().streams().watch_ranges().body(&Range::new().from(4)).reconnect(true);
    let events = call.await.expect("an answer");
    assert_eq!(events.count().await, 1);
    let bodies: Vec<Bytes> = asked.received().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, ["{\"from\":4}", "{\"from\":4}"]);
}

#[tokio::test]
async fn a_compressed_stream_gives_each_item_as_it_comes() {
    let (sender, answer) = fed(EVENTS);
    let mut answer = answer;
    answer.headers_mut().insert(header::CONTENT_ENCODING, "gzip".parse().expect("a value"));
    let server = server(vec![answer]).await;
    let mut events = server.client().streams().watch_ranges().await.expect("an answer");
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    for number in 0..3 {
        write!(encoder, "data: {{\"from\": {number}}}\n\n").expect("memory can be written");
        encoder.flush().expect("memory can be written");
        sender.send(std::mem::take(encoder.get_mut())).expect("it is read");
        assert_eq!(next(&mut events).await.data, Range::new().from(number));
    }
}

#[tokio::test]
async fn json_lines_are_given_one_by_one() {
    let (sender, answer) = fed("application/x-ndjson");
    let server = server(vec![answer, whole("text/plain", "1\r\n\r\n[2]\nnull")]).await;
    let mut items = server.client().streams().export_ranges().await.expect("an answer");
    sender.send(b"{\"from\": 1}\n{\"to\": ".to_vec()).expect("it is read");
    let item = timeout(SOON, items.next()).await.expect("it comes soon").expect("an item");
    assert_eq!(item.expect("a range"), Range::new().from(1));
    assert!(items.deviations().is_empty());
    sender.send(b"true}".to_vec()).expect("it is read");
    drop(sender);
    items.next().await.expect("an item").expect("a range");
    assert_eq!(items.deviations().len(), 1);
    assert!(items.next().await.is_none());

    let anything = server.client().streams().export_anything().await.expect("an answer");
    let anything: Vec<_> = anything.map(|item| item.expect("JSON").to_string()).collect().await;
    assert_eq!(anything, ["1", "[2]", "null"]);
}

#[tokio::test]
async fn a_json_sequence_is_given_one_by_one() {
    let body = "\u{1E}{\"from\":\n1}\n\u{1E}{\"to\": \u{1E}{\"to\": 3}\n\u{1E}12";
    let server = server(vec![whole("application/json-seq", body)]).await;
    let items = server.client().streams().dump_ranges().await.expect("an answer");
    let items: Vec<_> = items.collect().await;
    assert_eq!(items.len(), 4, "{items:?}");
    assert_eq!(items[0].as_ref().expect("a range"), &Range::new().from(1));
    assert!(matches!(items[1], Err(Error::Decode(_))), "{items:?}");
    assert_eq!(items[2].as_ref().expect("a range"), &Range::new().to(3));
    let cut = items[3].as_ref().expect_err("it may be the beginning of a longer number");
    assert!(cut.to_string().contains("may be cut off"), "{cut}");
}

#[tokio::test]
async fn a_request_body_is_made_of_items() {
    let server = Server::quiet().await;
    let streams = server.client().streams();
    let ranges = || vec![Range::new().from(1), Range::new().to(2)];
    streams.import_ranges(ranges()).await.expect("a list is sent");
    streams.import_ranges(JsonItems::from_stream(stream::iter(ranges()))).await.expect("sent");
    for request in server.received() {
        assert_eq!(request.header("content-type"), Some("application/x-ndjson"));
        assert_eq!(request.body, "{\"from\":1}\n{\"to\":2}\n");
    }
    let failing = stream::iter([Ok(Range::new()), Err(std::io::Error::other("no more paper"))]);
    let call = streams.import_ranges(JsonItems::from_try_stream(failing));
    let error = call.await.expect_err("the stream failed");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(error.to_string().contains("no more paper"), "{error}");
}

#[tokio::test]
async fn no_more_items_are_asked_for_than_the_server_takes() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(async move { listener.accept().await.expect("a connection") });
    let made = Arc::new(AtomicUsize::new(0));
    let counter = made.clone();
    let endless = stream::repeat_with(move || {
        counter.fetch_add(1, Ordering::Relaxed);
        Range::new().from(1)
    });
    let client = Client::builder().base_url(url).allow_http(true).key(KEY).build();
    let client = client.expect("a client");
    let call = client.streams().import_ranges(JsonItems::from_stream(endless));
    let call = tokio::spawn(call.send());
    let _never_read_from = server.await.expect("it is asked");
    let mut before = 0;
    let waiting = async {
        while made.load(Ordering::Relaxed) == 0 || made.load(Ordering::Relaxed) != before {
            before = made.load(Ordering::Relaxed);
            sleep(LATER).await;
        }
    };
    timeout(SOON, waiting).await.expect("nothing more is made once the buffers are full");
    call.abort();
}

#[tokio::test]
async fn the_bytes_of_a_stream_can_be_had() {
    let server = server(vec![whole(EVENTS, "data: {}\n\n")]).await;
    let mut download = server.client().streams().watch_ranges().download().await.expect("bytes");
    assert_eq!(download.chunk().await.expect("a piece").as_deref(), Some(&b"data: {}\n\n"[..]));
}

#[test]
fn a_program_that_is_not_async_gets_an_iterator() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let body = "data: {\"from\": 1}\n\ndata: none\n\ndata: {}\n\ndata: [DONE]\n\n";
    let server = runtime.block_on(server(vec![whole(EVENTS, body)]));
    let events = server.client().streams().watch_ranges().send_blocking().expect("an answer");
    assert_eq!(events.as_stream().status(), 200);
    let data: Vec<_> = events.map(|event| event.map(|event| event.data).ok()).collect();
    assert_eq!(data, [Some(Range::new().from(1)), None, Some(Range::new())]);
}

#[tokio::test(start_paused = true)]
async fn a_mock_plays_a_stream_with_pauses_and_breaks() {
    let mock = Mock::new();
    let hour = Duration::from_secs(3600);
    let events = MockStream::new()
        .item(Event::new(Range::new().from(1)).id("1").event_type("new").retry(hour))
        .pause(Duration::from_secs(100))
        .bytes(": a comment\n\ndata: no JSON\n\n")
        .item(Range::new().to(2))
        .pause(hour)
        .item(Range::new());
    mock.streams().watch_ranges().returns(events);
    let mut events = mock.client().streams().watch_ranges().await.expect("an answer");
    let first = events.next().await.expect("an event").expect("that is a range");
    assert_eq!((first.data, first.retry), (Range::new().from(1), Some(hour)));
    assert_eq!((first.id.as_deref(), first.event_type.as_deref()), (Some("1"), Some("new")));
    assert!(matches!(events.next().await, Some(Err(Error::Decode(_)))));
    assert_eq!(next(&mut events).await.data, Range::new().to(2));
    assert!(matches!(events.next().await, Some(Err(Error::Timeout(_)))), "after 120 seconds");
    assert!(events.next().await.is_none());

    mock.streams().export_ranges().returns(MockStream::new().item(Range::new()).breaks_off());
    let mut items = mock.client().streams().export_ranges().await.expect("an answer");
    assert!(matches!(items.next().await, Some(Ok(_))));
    let error = items.next().await.expect("an error").expect_err("it broke off");
    assert!(error.to_string().contains("the mock broke the stream off"), "{error}");
    assert!(items.next().await.is_none());

    mock.streams().dump_ranges().returns(vec![Range::new().from(1), Range::new().from(2)]);
    let items = mock.client().streams().dump_ranges().await.expect("an answer");
    assert_eq!(items.count().await, 2);
    let no_content = MockAnswer::status(204);
    let news = vec![Event::new("a\nb".to_owned()), Event::new(String::new())];
    mock.streams().follow_news().returns(news).answers_with(no_content);
    let news = mock.client().streams().follow_news().await.expect("an answer");
    let news: Vec<String> = news.map(|event| event.expect("text").data).collect().await;
    assert_eq!(news, ["a\nb", ""]);
}

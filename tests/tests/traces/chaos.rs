//! Ten thousand calls against a server that misbehaves at random: every call ends in the right
//! answer or the right error, and nothing that is written, down to the trace level of all
//! libraries, shows a secret.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use okta_sdk::runtime::PrivateKeyJwt;
use okta_sdk::{Client, Error};
use sdk_tests::wire::{Received, Server, answer, json};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

const CALLS: usize = 10_000;
const TOKEN: &str = "access-token-that-must-stay-secret";

/// Looks at everything that is written, and keeps what shows a secret.
#[derive(Clone, Default)]
struct Watch {
    bytes: Arc<AtomicUsize>,
    leaks: Arc<Mutex<Vec<String>>>,
}

impl std::io::Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes.fetch_add(bytes.len(), Ordering::Relaxed);
        let text = String::from_utf8_lossy(bytes);
        if secrets().iter().any(|secret| text.contains(*secret)) {
            self.leaks.lock().expect("no panic").push(text.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Watch {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

/// The token, and a part of the key and of every assertion: a JWT's head, in base64url.
fn secrets() -> [&'static str; 3] {
    let key = include_str!("../wire/keys/ec.sec1.pem");
    [TOKEN, key.lines().nth(1).expect("a line"), "eyJhbGciOiJFUzI1NiIs"]
}

/// A number that looks random, from the id of the request and how often it came.
fn random(seed: usize) -> usize {
    let mut number = seed as u64 ^ 0x9e37_79b9_7f4a_7c15;
    for _ in 0..3 {
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number ^= number >> 27;
    }
    number as usize
}

fn misbehave(request: &Received, count: usize) -> Vec<u8> {
    if request.target() == "/oauth2/v1/token" {
        let body =
            format!(r#"{{"token_type": "Bearer", "access_token": "{TOKEN}", "expires_in": 3600}}"#);
        return json("200 OK", &body);
    }
    assert_eq!(request.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    let id = request.target().split('/').nth(4).expect("an id");
    let good = format!(r#"{{"id": "{id}"}}"#);
    let error = r#"{"errorCode": "E0000047", "errorSummary": "too many"}"#;
    match random(count) % 8 {
        0 => answer("429 Too Many Requests", &[("retry-after", "0")], error),
        1 => answer("503 Service Unavailable", &[("retry-after", "0")], ""),
        2 => answer("504 Gateway Timeout", &[("retry-after", "0")], "<html>"),
        // Half a body.
        3 => {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", good.len());
            [head.as_bytes(), &good.as_bytes()[..good.len() / 2]].concat()
        }
        // Nothing.
        4 => Vec::new(),
        // A whole answer of half a document.
        5 if random(count).is_multiple_of(3) => json("200 OK", &good[..good.len() / 2]),
        _ => json("200 OK", &good),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_as_it_should() {
    let watch = Watch::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(watch.clone())
        .finish()
        .init();
    let count = AtomicUsize::new(0);
    let server =
        Server::start(move |request| misbehave(request, count.fetch_add(1, Ordering::Relaxed)))
            .await;
    let key = PrivateKeyJwt::new("0oa", include_str!("../wire/keys/ec.sec1.pem"));
    let client = Client::builder()
        .base_url(&server.url)
        .allow_http(true)
        .private_key_jwt(key)
        // The wait after a broken connection is random up to here.
        .max_retry_wait(Duration::from_millis(5))
        .build()
        .expect("a client");
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for batch in 0..CALLS / 100 {
        let calls: Vec<_> = (0..100)
            .map(|index| {
                let id = format!("s{}", batch * 100 + index);
                // A POST is not made again after a failure, so that more of them fail.
                let call = match index % 4 {
                    0 => client.session().refresh_session(&id).into_future(),
                    _ => client.session().get_session(&id).into_future(),
                };
                tokio::spawn(async move { (id, call.await) })
            })
            .collect();
        for call in calls {
            let (id, result) = call.await.expect("no panic");
            *outcomes.entry(judge(&watch, &id, result)).or_default() += 1;
        }
    }
    assert_eq!(outcomes.values().sum::<usize>(), CALLS);
    // Of the answers, less than two thirds are bad. Calls are made again up to twice, until such an
    // outage has used up what the client has for that.
    assert!(outcomes["answer"] > CALLS * 2 / 5, "{outcomes:?}");
    for expected in ["429", "503", "504", "transport", "decode"] {
        assert!(outcomes.contains_key(expected), "{outcomes:?}");
    }
    let leaks = watch.leaks.lock().expect("no panic");
    assert!(leaks.is_empty(), "{} leaks, such as {}", leaks.len(), leaks[0]);
    let written = watch.bytes.load(Ordering::Relaxed);
    assert!(written > 1_000_000, "the libraries wrote {written} bytes only");
}

/// Names the outcome of a call, once it is the right one.
fn judge(watch: &Watch, id: &str, result: Result<okta_sdk::models::Session, Error>) -> String {
    let error = match result {
        Ok(session) => {
            assert_eq!(session.id.as_deref(), Some(id));
            return "answer".to_owned();
        }
        Err(error) => error,
    };
    std::io::Write::write_all(&mut watch.clone(), format!("{error} {error:?}").as_bytes())
        .expect("it takes all");
    match error {
        Error::Api(error) => {
            let status = error.status().as_u16();
            assert!(matches!(status, 429 | 503 | 504), "{error}");
            assert_eq!(error.model().is_some(), status == 429);
            status.to_string()
        }
        Error::Transport(_) => "transport".to_owned(),
        Error::Decode(error) => {
            assert!(error.to_string().contains("breaks off"), "{error}");
            "decode".to_owned()
        }
        other => panic!("{id}: {other:?}"),
    }
}

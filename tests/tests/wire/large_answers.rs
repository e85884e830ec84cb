//! Answers that are small on the wire and large in memory, or long to decode.

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use features_sdk::models::{Expression, Json};
use features_sdk::runtime::{Call, Operation, decode};
use flate2::Compression;
use flate2::write::GzEncoder;
use okta_sdk::Error;

use crate::support::raw_server::RawServer;
use crate::support::server::builder;

/// The largest body that is read: a quarter of the default, to be quick.
const CAP: usize = 8 << 20;
const SIZE: usize = 7_200_000;
/// Where the measured process finds the server.
const URL: &str = "LARGE_ANSWERS_URL";

/// An answer with a body of JSON, compressed.
fn compressed(status: &str, body: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body.as_bytes()).expect("it takes all");
    let body = encoder.finish().expect("it takes all");
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// A list of the item, of [`SIZE`] bytes.
fn list(item: &str) -> String {
    let count = SIZE / (item.len() + 1);
    format!("[{}]", vec![item; count].join(","))
}

/// A number of kibibytes of this process.
fn kibibytes(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with(name)).expect("a line");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_takes_three_times_the_cap_at_most() {
    let bodies = [
        ("200 OK", format!(r#"{{"unknown":{}}}"#, list("[]"))),
        ("200 OK", format!(r#"{{"unknown":{}}}"#, list("{}"))),
        ("200 OK", format!(r#"{{"unknown":{}}}"#, list(r#"{"":0}"#))),
        ("200 OK", format!(r#"{{"unknown":{}}}"#, list("0"))),
        ("200 OK", format!(r#"{{"unknown":{}}}"#, list(r#""a""#))),
        ("200 OK", format!(r#"{{"amr":{}}}"#, list(r#""""#))),
        ("200 OK", format!(r#"{{"unknown":"{}"}}"#, "a".repeat(SIZE))),
        ("200 OK", many_properties()),
        ("400 Bad Request", format!(r#"{{"errorCauses":{}}}"#, list("{}"))),
        ("400 Bad Request", list("[]")),
    ];
    for (status, body) in bodies {
        let start = body[..24].to_owned();
        let server = RawServer::answering(compressed(status, &body)).await;
        let url = server.url.clone();
        let output = tokio::task::spawn_blocking(move || {
            Command::new(std::env::current_exe().expect("this program"))
                .args(["--exact", "large_answers::in_a_process_of_its_own", "--ignored"])
                .arg("--nocapture")
                .env(URL, url)
                .output()
                .expect("it starts")
        });
        let output = output.await.expect("no panic");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = text.lines().find(|line| line.starts_with("peak ")).unwrap_or_else(|| {
            panic!("{start}: {text} {}", String::from_utf8_lossy(&output.stderr))
        });
        println!("{status} {start}...: {line}");
        let peak: usize = line.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a number");
        assert!(peak <= 3 * CAP, "{status} {start}: {line}");
    }
}

fn many_properties() -> String {
    let properties: Vec<String> = (0..SIZE / 11).map(|index| format!("\"{index}\":0")).collect();
    format!("{{{}}}", properties.join(","))
}

/// Makes one call, and prints what it took.
#[tokio::test]
#[ignore = "run by the test above, as a process of its own"]
async fn in_a_process_of_its_own() {
    let Ok(url) = std::env::var(URL) else { return };
    let builder = builder(&url).max_body_size(CAP).max_retries(0);
    let client = builder.api_token("token").build().expect("a client");
    let before = kibibytes("VmRSS:");
    let result = client.session().get_session("1").await;
    let outcome = match &result {
        Ok(_) => "read".to_owned(),
        Err(Error::Decode(error)) => {
            assert!(error.to_string().contains("`ClientBuilder::max_body_size`"), "{error}");
            error.to_string()
        }
        Err(Error::Api(error)) => error.to_string(),
        Err(error) => panic!("{error}"),
    };
    let peak = (kibibytes("VmHWM:") - before) * 1024;
    println!("\npeak {peak} bytes above {before} KiB: {outcome}");
}

static THINGS: Operation = Operation { id: "things", path: "/things", ..Operation::DEFAULT };

fn call(url: &str, timeout: Duration) -> Call {
    let builder = features_sdk::Client::builder().base_url(url).allow_http(true);
    Call::new(&builder.build().expect("a client"), &THINGS).timeout(timeout)
}

/// A sum of sums, with a property that no variant knows in each.
fn sum(depth: usize) -> String {
    let begin = r#"{"more":1,"left":"#.repeat(depth);
    format!("{begin}1.5{}", r#","right":"no number"}"#.repeat(depth))
}

#[tokio::test]
async fn unions_within_unions_are_read_once() {
    const BYTES: usize = 1_450_000;
    for depth in [1, 30, 120] {
        let item = sum(depth);
        let body = format!("[{}]", vec![&*item; BYTES / item.len()].join(","));
        let server = RawServer::answering(compressed("200 OK", &body)).await;
        let start = Instant::now();
        let things: Vec<Expression> =
            call(&server.url, Duration::from_secs(20)).into_body(decode::json).await.expect("sums");
        println!("{} bytes, {depth} deep: {:?}", body.len(), start.elapsed());
        assert_eq!(things.len(), BYTES / item.len());
        assert_eq!(serde_json::to_value(&things[0]).ok(), serde_json::from_str(&item).ok());
    }
}

#[tokio::test]
async fn decoding_is_within_the_time_out_and_holds_up_nothing() {
    let body = [list(r#"["a",["b"],{"c":["d"]}]"#), list("[]")].join(",");
    let body = format!("[{body}]");
    let server = RawServer::answering(compressed("200 OK", &body)).await;
    let ticks = tokio::spawn(async {
        let mut longest = Duration::ZERO;
        for _ in 0..40 {
            let start = Instant::now();
            tokio::time::sleep(Duration::from_millis(10)).await;
            longest = longest.max(start.elapsed());
        }
        longest
    });
    let timeout = Duration::from_millis(300);
    let start = Instant::now();
    let result = call(&server.url, timeout).send(decode::json::<Json>).await;
    let elapsed = start.elapsed();
    println!("{} bytes: given up after {elapsed:?}", body.len());
    let error = result.expect_err("too long");
    assert!(matches!(error, features_sdk::Error::Timeout(_)), "{error:?}");
    assert!(elapsed < timeout + Duration::from_millis(1500), "{elapsed:?}");
    let longest = ticks.await.expect("no panic");
    println!("the longest wait of another task: {longest:?}");
}

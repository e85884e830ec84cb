//! Bodies that are compressed by gzip.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use wiremock::ResponseTemplate;

use crate::support::document::example;
use crate::support::server::{answering, client, header, only_request};

fn compressed(bytes: &[u8]) -> ResponseTemplate {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    let body = encoder.finish().expect("memory can be written");
    assert!(body.len() < 100_000);
    ResponseTemplate::new(200)
        .insert_header("content-encoding", "gzip")
        .set_body_raw(body, "application/json")
}

#[tokio::test]
async fn a_compressed_body_is_unpacked() {
    let body = example("ActiveSession");
    let server = answering(compressed(body.to_string().as_bytes())).await;
    let session = client(&server.uri()).session().get_session("1").await.expect("a session");
    assert_eq!(serde_json::to_value(session).expect("JSON"), body);
    assert_eq!(header(&only_request(&server).await, "accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn a_small_body_that_becomes_a_large_one_is_refused() {
    let server = answering(compressed(&vec![b' '; 50 * 1024 * 1024])).await;
    let error = client(&server.uri()).session().get_session("1").await.expect_err("too large");
    assert!(error.to_string().contains("larger than the 33554432 bytes"), "{error}");
}

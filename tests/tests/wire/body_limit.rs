//! Bodies that are too large to be read into memory.

use crate::support::raw_server::RawServer;
use crate::support::server::{API_TOKEN, builder};

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let announced = "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_owned();
    let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
    let chunked =
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}", chunk.repeat(3));
    for answer in [announced, chunked] {
        let server = RawServer::answering(answer).await;
        let builder = builder(&server.url).api_token(API_TOKEN).max_body_size(2048);
        let sessions = builder.build().expect("a client").session();
        let error = sessions.get_session("1").await.expect_err("too large");
        assert!(error.to_string().contains("larger than the 2048 bytes"), "{error}");
    }
}

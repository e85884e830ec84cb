//! No answer at all.

use std::net::TcpListener;
use std::time::Duration;

use okta_sdk::Error;

use crate::support::raw_server::RawServer;
use crate::support::server::client;

#[tokio::test]
async fn a_refused_connection_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("the socket is bound"));
    drop(listener);
    let error = client(&url).session().get_session("1").await.expect_err("nobody listens");
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(transport.is_connect());
    assert!(error.to_string().to_lowercase().contains("connection refused"), "{error}");
    assert!(error.to_string().contains("getSession"), "{error}");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_connection_that_closes_without_an_answer_is_told_from_a_refused_one() {
    let server = RawServer::answering("").await;
    let error = client(&server.url).session().get_session("1").await.expect_err("no answer");
    let Error::Transport(transport) = &error else { panic!("{error:?}") };
    assert!(!transport.is_connect());
    assert!(error.to_string().contains("no complete answer"), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_an_error() {
    let server = RawServer::answering("SSH-2.0-OpenSSH_9.6\r\n").await;
    let error = client(&server.url).session().get_session("1").await.expect_err("not HTTP");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn a_call_ends_with_its_time_out() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let url = format!("http://{}", listener.local_addr().expect("the socket is bound"));
    let sessions = client(&url).session();
    let error = sessions.get_session("1").timeout(Duration::from_millis(50)).await;
    let error = error.expect_err("nobody answers");
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert!(error.to_string().contains("50ms"), "{error}");
}

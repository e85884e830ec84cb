//! A server that notes every request and answers it with well-formed HTTP.

use okta_sdk::{Client, ClientBuilder};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::document;

/// The token of [`client`].
pub const API_TOKEN: &str = "00api-token-that-must-stay-secret";

/// Starts a server that answers with the same response always, or with what a function of the
/// request gives.
pub async fn answering(answer: impl Respond + 'static) -> MockServer {
    let server = MockServer::builder().start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// Starts a server that answers 200 with the document's example of a session.
pub async fn with_a_session() -> MockServer {
    answering(ResponseTemplate::new(200).set_body_json(document::example("ActiveSession"))).await
}

/// The builder of a client for the server at `url`, without a credential.
pub fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).allow_http(true)
}

/// A client for the server at `url`, with the API token. It retries nothing.
pub fn client(url: &str) -> Client {
    builder(url).api_token(API_TOKEN).max_retries(0).build().expect("a good configuration")
}

/// Every request that the server received.
pub async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("the server notes requests")
}

/// The one request that the server received.
pub async fn only_request(server: &MockServer) -> Request {
    let requests = requests(server).await;
    let [request] = requests.as_slice() else { panic!("not one request: {requests:?}") };
    request.clone()
}

/// The value of a header that a request has at most once.
pub fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let values: Vec<_> = request.headers.get_all(name).iter().collect();
    match values.as_slice() {
        [] => None,
        [value] => Some(value.to_str().expect("the header is text")),
        _ => panic!("the header `{name}` came several times: {values:?}"),
    }
}

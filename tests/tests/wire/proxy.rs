//! Requests that go by way of a proxy.

use okta_sdk::Client;

use crate::support::server::{header, only_request, with_a_session};

#[tokio::test]
async fn a_proxy_gets_the_requests_and_its_own_credentials() {
    let server = with_a_session().await;
    let proxy = reqwest::Proxy::all(server.uri()).expect("a URL");
    let proxy = proxy.basic_auth("ada", "proxy-sesame");
    let builder = Client::builder().base_url("http://acme.test").allow_http(true);
    let builder = builder.api_token("token").proxy(proxy);
    let client = builder.clone().build().expect("a client");
    client.session().get_session("1").await.expect("a session");

    let request = only_request(&server).await;
    assert_eq!(request.url.as_str(), "http://acme.test/api/v1/sessions/1");
    let credentials = "Basic YWRhOnByb3h5LXNlc2FtZQ==";
    assert_eq!(header(&request, "proxy-authorization"), Some(credentials));
    let output = format!("{builder:?} {client:?}");
    assert!(!output.contains("proxy-sesame") && !output.contains("YWRh"), "{output}");
}

//! What a client can be told, and what it refuses to be told.

use okta_sdk::{Client, Error};
use wiremock::ResponseTemplate;

use crate::support::document::example;
use crate::support::server::{
    API_TOKEN, answering, builder, client, header, only_request, with_a_session,
};

/// What is wrong with a base URL.
fn refusal(base_url: &str) -> String {
    let built = Client::builder().base_url(base_url).api_token("token").build();
    built.expect_err(base_url).to_string()
}

#[test]
fn a_base_url_that_cannot_work_is_refused_with_the_reason() {
    let cases = [
        ("", "is empty"),
        ("  ", "is empty"),
        ("acme.okta.com", "is not a URL"),
        ("https://{yourOktaDomain}", "placeholder `{yourOktaDomain}`"),
        ("http://acme.okta.com", "`allow_http(true)`"),
        ("ftp://acme.okta.com", "the scheme `ftp`"),
        ("https://acme.okta.com?limit=1", "no query"),
        ("https://acme.okta.com/#top", "no fragment"),
        ("https://me:password@acme.okta.com", "no user name"),
    ];
    for (base_url, reason) in cases {
        let refusal = refusal(base_url);
        assert!(refusal.contains(reason), "{base_url}: {refusal}");
        assert!(!refusal.contains("password@"), "{refusal}");
    }
}

#[test]
fn the_host_of_the_admin_console_is_refused() {
    for host in ["acme-admin.okta.com", "ACME-Admin.okta.com", "acme-admin.oktapreview.com"] {
        let refusal = refusal(&format!("https://{host}"));
        assert!(refusal.contains("without `-admin`"), "{refusal}");
    }
    // The word elsewhere does no harm.
    for host in ["admin.okta.com", "acme-administration.okta.com"] {
        let built = Client::builder().base_url(format!("https://{host}")).build();
        built.unwrap_or_else(|error| panic!("{host}: {error}"));
    }
}

#[test]
fn a_client_without_base_url_is_refused() {
    let error = Client::builder().api_token("token").build().expect_err("no base URL");
    assert!(error.to_string().contains("ClientBuilder::base_url"), "{error}");
}

#[test]
fn the_client_of_the_documentation_is_accepted() {
    let builder = Client::builder().base_url("https://your-subdomain.okta.com");
    let client = builder.api_token("YOUR_API_KEY").build().expect("a client");
    assert_eq!(client.base_url(), "https://your-subdomain.okta.com/");
}

#[test]
fn every_problem_is_told_at_once() {
    let builder = Client::builder().base_url("http://acme-admin.okta.com?x=1");
    let built = builder.api_token("{apiToken}").user_agent("a\nb").build();
    let Err(Error::Configuration(error)) = built else { panic!("{built:?}") };
    assert_eq!(error.problems().len(), 5, "{error}");
}

#[test]
fn a_client_can_go_wherever_a_program_needs_it() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let client = client("http://localhost");
    shared(&client);
    shared(&client.session());
}

#[tokio::test]
async fn the_path_of_a_base_url_comes_first() {
    for slash in ["", "/"] {
        let server = with_a_session().await;
        let client = client(&format!("{}/base/path{slash}", server.uri()));
        client.session().get_session("1").await.expect("a session");
        let request = only_request(&server).await;
        assert_eq!(request.url.path(), "/base/path/api/v1/sessions/1");
    }
}

#[tokio::test]
async fn the_name_of_a_program_is_appended_to_the_user_agent() {
    let server = with_a_session().await;
    let builder = builder(&server.uri()).api_token(API_TOKEN).user_agent("payroll/2.1");
    builder.build().expect("a client").session().get_session("1").await.expect("a session");
    let request = only_request(&server).await;
    let user_agent = header(&request, "user-agent").expect("there is a user agent");
    assert!(user_agent.starts_with("okta-sdk-rust/"), "{user_agent}");
    assert!(user_agent.ends_with(" payroll/2.1"), "{user_agent}");
}

#[tokio::test]
async fn an_http_client_of_the_callers_own_is_used() {
    let server = with_a_session().await;
    let mut headers = http::HeaderMap::new();
    headers.insert("x-own", http::HeaderValue::from_static("yes"));
    let own = reqwest::Client::builder().default_headers(headers).build().expect("a client");
    let builder = builder(&server.uri()).api_token(API_TOKEN).http_client(own);
    builder.build().expect("a client").session().get_session("1").await.expect("a session");
    assert_eq!(header(&only_request(&server).await, "x-own"), Some("yes"));
}

#[tokio::test]
async fn a_client_keeps_no_cookies() {
    let answer = ResponseTemplate::new(200).set_body_json(example("ActiveSession"));
    let server = answering(answer.insert_header("set-cookie", "sid=abc; Path=/")).await;
    let sessions = client(&server.uri()).session();
    let response = sessions.get_session("1").send().await.expect("a session");
    assert_eq!(response.headers()["set-cookie"], "sid=abc; Path=/");
    sessions.get_session("2").await.expect("a session");
    for request in server.received_requests().await.expect("noted") {
        assert_eq!(header(&request, "cookie"), None);
    }
}

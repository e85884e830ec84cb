//! The configuration of a client outside the program: which source counts, and what it sets.

use std::fs;
use std::path::PathBuf;

use okta_sdk::{Client, ClientBuilder, Configuration};
use tempfile::TempDir;
use wiremock::{Request, ResponseTemplate};

use crate::support::document::example;
use crate::support::server::{answering, header, requests};

const TOKEN: &str = "00token-that-must-stay-secret";
const PRIVATE_KEY: &str = include_str!("keys/ec.sec1.pem");

/// A configuration of these environment variables, whose names begin with `OKTA_CLIENT_`.
fn variables(pairs: &[(&str, &str)]) -> Configuration {
    let pairs =
        pairs.iter().map(|(name, value)| (format!("OKTA_CLIENT_{name}"), value.to_string()));
    Configuration::empty().environment(pairs)
}

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("the folder can be written");
    path
}

fn base_url(configuration: Configuration) -> String {
    let client = Client::builder().configuration(configuration).build();
    client.expect("a good configuration").base_url().to_owned()
}

/// The `Authorization` of a call to a server that also hands out access tokens.
async fn authorization(builder: ClientBuilder) -> String {
    let server = answering(|request: &Request| match request.url.path() {
        "/oauth2/v1/token" => ResponseTemplate::new(200).set_body_json(serde_json::json!({
            "token_type": "Bearer",
            "access_token": "fetched",
            "expires_in": u64::MAX,
        })),
        _ => ResponseTemplate::new(200).set_body_json(example("ActiveSession")),
    })
    .await;
    let client = builder.base_url(server.uri()).allow_http(true).build().expect("a client");
    client.session().get_session("1").await.expect("a session");
    let requests = requests(&server).await;
    let last = requests.last().expect("there is a request");
    header(last, "authorization").expect("it is authorized").to_owned()
}

#[test]
fn environment_variables_set_everything() {
    let configuration = variables(&[
        ("ORGURL", "https://acme.okta.com"),
        ("TOKEN", TOKEN),
        ("CONNECTIONTIMEOUT", "5"),
        ("REQUESTTIMEOUT", "17"),
        ("RATELIMIT_MAXRETRIES", "7"),
        ("PROXY_HOST", "proxy.acme.test"),
        ("PROXY_PORT", "3128"),
        ("PROXY_USERNAME", "ada"),
        ("PROXY_PASSWORD", TOKEN),
        ("SCOPES", ""),
    ]);
    let builder = Client::builder().configuration(configuration);
    let client = builder.clone().build().expect("a good configuration");
    assert_eq!(client.base_url(), "https://acme.okta.com/");
    let output = format!("{builder:?} {client:?}");
    assert!(output.contains("timeout: Some(17s)"), "{output}");
    assert!(output.contains("OKTA_CLIENT_TOKEN"), "{output}");
    assert!(!output.contains(TOKEN), "{output}");
}

#[test]
fn a_later_source_counts_more() {
    let folder = TempDir::new().expect("a folder");
    let first = "okta:\n  client:\n    orgUrl: https://first.test\n    token: t\n";
    let first = file(&folder, "first.yaml", first);
    let second = "okta: {client: {orgUrl: 'https://second.test', proxy: {port: null}}}";
    let second = file(&folder, "second.yaml", second);
    let empty = file(&folder, "empty.yaml", "");
    let files = Configuration::empty().file(first).file(second).file(empty);
    assert_eq!(base_url(files.clone()), "https://second.test/");
    let variable = ("OKTA_CLIENT_ORGURL".to_owned(), "https://third.test".to_owned());
    assert_eq!(base_url(files.environment([variable])), "https://third.test/");
}

#[tokio::test]
async fn the_program_counts_most() {
    let configuration = variables(&[("ORGURL", "https://never.test"), ("TOKEN", TOKEN)]);
    let builder = Client::builder().access_token("of-the-program").configuration(configuration);
    assert_eq!(authorization(builder).await, "Bearer of-the-program");
}

#[tokio::test]
async fn the_authorization_mode_picks_the_credential() {
    let key = [("CLIENTID", "0oa"), ("PRIVATEKEY", PRIVATE_KEY)];
    let all = [
        ("TOKEN", TOKEN),
        ("PRIVATEKEYID", "key-1"),
        ("SCOPES", "okta.sessions.read, okta.sessions.manage"),
    ];
    let with_mode = |mode| [&[("AUTHORIZATIONMODE", mode)], &key[..], &all].concat();
    let cases = [
        (vec![("TOKEN", TOKEN)], format!("SSWS {TOKEN}")),
        (key.to_vec(), "Bearer fetched".to_owned()),
        (with_mode("SSWS"), format!("SSWS {TOKEN}")),
        (with_mode("Bearer"), format!("Bearer {TOKEN}")),
        (with_mode("PrivateKey"), "Bearer fetched".to_owned()),
    ];
    for (pairs, expected) in cases {
        let builder = Client::builder().configuration(variables(&pairs));
        assert_eq!(authorization(builder).await, expected);
    }
}

/// The keys of the configuration files in the READMEs of Okta's SDKs for .NET, Go, Java, Node and Python.
#[test]
fn files_of_the_other_sdks_are_read() {
    let folder = TempDir::new().expect("a folder");
    for (index, settings) in [
        // .NET
        "{ oktaDomain: 'https://acme.okta.com', token: t, connectionTimeout: 30, maxRetries: 2, \
         disableHttpsCheck: false, proxy: { host: h, port: 1, username: u, password: p } }",
        // Go
        "{ orgUrl: 'https://acme.okta.com', token: t, connectionTimeout: 30, requestTimeout: 9, \
         rateLimit: { maxRetries: 4, maxBackoff: 30, enable: true }, \
         cache: { enabled: false, defaultTtl: 300, defaultTti: 300 }, privateKeyId: k }",
        // Java
        "{ orgUrl: 'https://acme.okta.com', token: t, connectionTimeout: 30, requestTimeout: 10, \
         cache: { enabled: true, defaultTtl: 300, caches: { com.okta.sdk.User: { tti: 1 } } }, \
         rateLimit: { maxRetries: 4 }, kid: k, oauth2: { accessToken: t } }",
        // Node
        "{ orgUrl: 'https://acme.okta.com', token: t, keyId: k, userAgent: mine, httpsProxy: p, \
         cacheStore: null, cacheMiddleware: null, requestExecutor: { maxRetries: 2 }, \
         defaultCacheMiddlewareResponseBufferSize: 1 }",
        // Python
        "{ orgUrl: 'https://acme.okta.com', token: t, connectionTimeout: 30, requestTimeout: 9, \
         rateLimit: { maxRetries: 4 }, logging: { enabled: true, logLevel: INFO }, \
         raiseException: true, proxy: { port: 1, host: h, username: u, password: p } }",
    ]
    .into_iter()
    .enumerate()
    {
        let text =
            format!("okta: {{ client: {settings}, testing: {{ disableHttpsCheck: true }} }}");
        let path = file(&folder, &format!("{index}.yaml"), &text);
        assert_eq!(base_url(Configuration::empty().file(path)), "https://acme.okta.com/");
    }
    let configuration = variables(&[
        ("ORGURL", "https://acme.okta.com"),
        ("TOKEN", TOKEN),
        ("CACHE_ENABLED", "true"),
        ("CACHE_DEFAULTTTL", "300"),
        ("USERAGENT", "mine"),
        ("LOGGING_ENABLED", "true"),
        ("RATELIMIT_MAXBACKOFF", "30"),
    ]);
    assert_eq!(base_url(configuration), "https://acme.okta.com/");
}

/// A token is the text that stands in the file, however YAML lets it be written.
#[tokio::test]
async fn a_token_comes_as_it_is_written() {
    let folder = TempDir::new().expect("a folder");
    for (written, token) in [
        ("0012345", "0012345"),
        ("1e5", "1e5"),
        ("'00token' # of the test org", "00token"),
        (r#""00\u0074oken""#, "00token"),
        (">-\n      00token", "00token"),
        ("&shared 00token", "00token"),
    ] {
        let text =
            format!("# Mine.\nokta:\n  client:\n    token: {written}\n    maxRetries: '2'\n");
        let path = file(&folder, "okta.yaml", &text);
        let builder = Client::builder().configuration(Configuration::empty().file(path));
        assert_eq!(authorization(builder).await, format!("SSWS {token}"), "{written}");
    }
    let text =
        "defaults: &defaults {token: 00token, maxRetries: 1}\nokta: {client: {<<: *defaults}}";
    let path = file(&folder, "okta.yaml", text);
    let built = Client::builder().configuration(Configuration::empty().file(path)).build();
    let error = built.expect_err("a key that is no setting").to_string();
    assert!(error.contains("there is no setting `defaults`"), "{error}");
    let text = "okta: {client: {proxy: &empty {}, <<: {token: 00token}, token: 00own}}";
    let path = file(&folder, "okta.yaml", text);
    let builder = Client::builder().configuration(Configuration::empty().file(path));
    assert_eq!(authorization(builder).await, "SSWS 00own");
}

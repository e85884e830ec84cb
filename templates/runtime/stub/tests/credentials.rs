//! What is a credential, and which of a client's an operation gets.

use crate::runtime::{Client, ClientBuilder, Credential, Operation, Requirement};

use super::server::{Server, call, empty, header, offline};

type Security = &'static [&'static [Requirement]];

const TOKEN: Requirement = Requirement::new("token", &[]);
const LOGIN: Requirement = Requirement::new("login", &[]);
const KEY: Requirement = Requirement::new("key", &[]);
const CERTIFICATE: Requirement = Requirement::new("certificate", &[]);
const UNKNOWN: Requirement = Requirement::new("unknown", &[]);

const fn secured(security: Security) -> Operation {
    Operation { id: "get", path: "/a", security, ..Operation::DEFAULT }
}

static OPEN: Operation = secured(&[]);
static TOKEN_OR_KEY: Operation = secured(&[&[TOKEN], &[KEY]]);
static TOKEN_WITH_KEY: Operation = secured(&[&[TOKEN, KEY], &[LOGIN]]);
static OPTIONAL: Operation = secured(&[&[], &[KEY]]);
static BY_CERTIFICATE: Operation = secured(&[&[CERTIFICATE]]);
static CERTIFICATE_WITH_KEY: Operation = secured(&[&[CERTIFICATE, KEY]]);
static OF_NO_SCHEME: Operation = secured(&[&[UNKNOWN]]);

fn builder() -> ClientBuilder {
    Client::builder()
}

fn token(builder: ClientBuilder) -> ClientBuilder {
    builder.token("t")
}

fn key(builder: ClientBuilder) -> ClientBuilder {
    builder.credential("key", Credential::api_key("k"))
}

fn login(builder: ClientBuilder) -> ClientBuilder {
    builder.credential("login", Credential::basic("u", "p"))
}

/// `Authorization` and the header of the scheme `key`, as they were sent; or the error.
fn sent(
    builder: ClientBuilder,
    operation: &'static Operation,
) -> Result<(Option<String>, Option<String>), String> {
    let server = Server::new(|_, _| empty(204));
    call(&server.client(builder), operation).map_err(|error| error.to_string())?;
    let requests = server.received();
    let [request] = requests.as_slice() else { panic!("one request: {requests:?}") };
    let text = |name| header(request, name).map(str::to_owned);
    Ok((text("authorization"), text("x-key")))
}

fn both(authorization: &str, key: &str) -> Result<(Option<String>, Option<String>), String> {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Ok((text(authorization), text(key)))
}

/// OpenAPI 3, "Security Requirement Object": one of the list has to be met, and all schemes of that.
#[test]
fn the_first_requirement_that_can_be_met_counts() {
    assert_eq!(sent(key(builder()), &TOKEN_OR_KEY), both("", "k"));
    assert_eq!(sent(key(token(builder())), &TOKEN_OR_KEY), both("Bearer t", ""));
    assert_eq!(sent(key(token(builder())), &TOKEN_WITH_KEY), both("Bearer t", "k"));
    assert_eq!(sent(login(token(builder())), &TOKEN_WITH_KEY), both("Basic dTpw", ""));
    assert_eq!(sent(key(builder()), &OPEN), both("", ""));
    assert_eq!(sent(key(builder()), &CERTIFICATE_WITH_KEY), both("", "k"));
    assert_eq!(sent(builder(), &BY_CERTIFICATE), both("", ""));
}

#[test]
fn what_is_optional_is_sent_where_the_client_has_it() {
    assert_eq!(sent(key(builder()), &OPTIONAL), both("", "k"));
    assert_eq!(sent(token(builder()), &OPTIONAL), both("", ""));
}

#[test]
fn the_last_credential_of_a_scheme_counts() {
    let builder = key(builder()).credential("key", Credential::api_key("other"));
    assert_eq!(sent(token(builder), &TOKEN_WITH_KEY), both("Bearer t", "other"));
}

#[test]
fn an_error_says_what_is_accepted_what_there_is_and_what_to_do() {
    for (builder, operation, expected) in [
        (
            builder(),
            &TOKEN_OR_KEY,
            "the operation accepts `token` or `key`, but the client has no credential; \
             use `ClientBuilder::token`",
        ),
        (
            key(builder()),
            &TOKEN_WITH_KEY,
            "the operation accepts `token` with `key` or `login`, but the client has only `key`; \
             use `ClientBuilder::token`",
        ),
        (
            token(login(builder())),
            &CERTIFICATE_WITH_KEY,
            "the operation accepts `certificate` with `key`, but the client has only `login` and \
             `token`",
        ),
        (
            builder(),
            &OF_NO_SCHEME,
            "the operation accepts `unknown`, but the client has no credential",
        ),
    ] {
        let error = sent(builder, operation).expect_err("no requirement is met");
        assert_eq!(error.split_once(": ").map(|(_, rest)| rest), Some(expected), "{error}");
    }
}

/// What a client cannot be built with, and why.
fn problem(scheme: &'static str, credential: Credential) -> Option<String> {
    let client = offline(builder().credential(scheme, credential)).build();
    let text = client.err()?.to_string();
    Some(text.strip_prefix("the client cannot be built: ").unwrap_or(&text).to_owned())
}

#[test]
fn a_credential_that_cannot_work_is_refused() {
    for (scheme, credential, expected) in [
        ("token", Credential::bearer(" \t"), "the credential for `token` is empty"),
        ("key", Credential::api_key(""), "the credential for `key` is empty"),
        (
            "token",
            Credential::bearer("x{token}x"),
            "the credential for `token` still has the placeholder `{token}`; fill in your own value",
        ),
        (
            "key",
            Credential::api_key("a\nb"),
            "the credential for `key` holds a character that cannot be sent, such as a line break",
        ),
        (
            "keyInCookie",
            Credential::api_key("a;b"),
            "the credential for `keyInCookie` holds a character that no cookie may hold",
        ),
        (
            "login",
            Credential::basic("a:b", "p"),
            "the credential for `login`: the user name holds a colon",
        ),
        ("none", Credential::api_key("a"), "there is no security scheme `none`"),
    ] {
        assert_eq!(problem(scheme, credential).as_deref(), Some(expected));
    }
}

#[test]
fn a_credential_that_can_work_is_taken() {
    for (scheme, credential) in [
        ("key", Credential::api_key("a;b, {token} \"c\"")),
        ("keyInCookie", Credential::api_key("abc+/==")),
        ("login", Credential::basic("", "a:b")),
        ("token", Credential::provider(|| async { Ok("".into()) })),
    ] {
        assert_eq!(problem(scheme, credential), None, "{scheme}");
    }
}

#[test]
fn no_credential_is_shown() {
    for (credential, shown) in [
        (Credential::api_key("hush"), "Credential::api_key([REDACTED])"),
        (Credential::bearer("hush"), "Credential::bearer([REDACTED])"),
        (Credential::basic("hush", "hush"), "Credential::basic([REDACTED])"),
        (Credential::provider(|| async { Ok("hush".into()) }), "Credential::provider([REDACTED])"),
        #[cfg(feature = "oauth")]
        (
            Credential::private_key_jwt(crate::runtime::PrivateKeyJwt::new("hush", "hush")),
            "Credential::private_key_jwt([REDACTED])",
        ),
    ] {
        assert_eq!(format!("{credential:?}"), shown);
    }
}

#[cfg(feature = "oauth")]
#[test]
fn a_private_key_that_cannot_sign_is_refused() {
    use crate::runtime::PrivateKeyJwt;

    for (id, key, expected) in [
        ("", "x", "the credential for `token`: the client id is empty"),
        ("id", "hush", "the credential for `token`: the private key is neither PEM"),
    ] {
        let found = problem("token", Credential::private_key_jwt(PrivateKeyJwt::new(id, key)));
        let found = found.expect("a problem");
        assert!(found.starts_with(expected) && !found.contains("hush"), "{found}");
    }
}

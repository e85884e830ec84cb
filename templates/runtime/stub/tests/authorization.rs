//! How credentials are put into a request, and what becomes of one that is refused.

use std::sync::{Arc, Mutex};

use crate::runtime::{
    BoxError, BoxFuture, Call, Client, Credential, Error, Operation, Requirement, SecretString,
    TokenProvider,
};

use super::server::{Server, call, empty, header, send};

macro_rules! secured {
    ($($name:ident by $scheme:literal;)*) => {
        $(static $name: Operation = Operation {
            id: "get",
            path: "/a",
            security: &[&[Requirement::new($scheme, &[])]],
            ..Operation::DEFAULT
        };)*
    };
}

secured! {
    BY_TOKEN by "token";
    BY_LOGIN by "login";
    BY_KEY by "key";
    BY_PREFIXED_KEY by "prefixedKey";
    BY_KEY_IN_QUERY by "keyInQuery";
    BY_KEY_IN_COOKIE by "keyInCookie";
    BY_UNWRITABLE by "unwritable";
}

/// A server that lets everybody in, and a client with one credential.
fn with(scheme: &'static str, credential: Credential) -> (Server, Client) {
    let server = Server::new(|_, _| empty(204));
    let client = server.client(Client::builder().credential(scheme, credential));
    (server, client)
}

/// A header of the one request that a call makes. It is marked as a secret.
fn sent(
    scheme: &'static str,
    credential: Credential,
    operation: &'static Operation,
    name: &str,
) -> String {
    let (server, client) = with(scheme, credential);
    call(&client, operation).expect("an answer");
    let requests = server.received();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].headers[name].is_sensitive(), "{:?}", requests[0].headers);
    header(&requests[0], name).expect("the header was sent").to_owned()
}

/// RFC 6750, section 2.1, and the example of RFC 7617, section 2.
#[test]
fn each_scheme_has_its_place() {
    let token = || Credential::bearer("abc");
    let key = || Credential::api_key("abc");
    assert_eq!(sent("token", token(), &BY_TOKEN, "authorization"), "Bearer abc");
    assert_eq!(sent("token", key(), &BY_TOKEN, "authorization"), "Bearer abc");
    let login = Credential::basic("Aladdin", "open sesame");
    let expected = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
    assert_eq!(sent("login", login, &BY_LOGIN, "authorization"), expected);
    assert_eq!(sent("key", key(), &BY_KEY, "x-key"), "abc");
    assert_eq!(sent("prefixedKey", key(), &BY_PREFIXED_KEY, "authorization"), "Key abc");
    assert_eq!(sent("keyInCookie", key(), &BY_KEY_IN_COOKIE, "cookie"), "sid=abc");
}

#[test]
fn a_key_in_the_query_is_encoded_and_comes_last() {
    let (server, client) = with("keyInQuery", Credential::api_key("a&b=c"));
    call(&client, &BY_KEY_IN_QUERY).expect("an answer");
    let pages = Call::new(&client, &BY_KEY_IN_QUERY).query("limit", &2);
    send(pages).expect("an answer");
    let urls: Vec<String> = server.received().iter().map(|it| it.uri.to_string()).collect();
    let expected = [
        "https://api.test/v1/a?a%20key=a%26b%3Dc",
        "https://api.test/v1/a?limit=2&a%20key=a%26b%3Dc",
    ];
    assert_eq!(urls, expected);
}

#[test]
fn what_the_caller_set_for_the_call_stays() {
    let (server, client) = with("token", Credential::bearer("abc"));
    send(Call::new(&client, &BY_TOKEN).header("authorization", "mine")).expect("an answer");
    assert_eq!(header(&server.received()[0], "authorization"), Some("mine"));
    let (server, client) = with("keyInCookie", Credential::api_key("abc"));
    send(Call::new(&client, &BY_KEY_IN_COOKIE).cookie("a", &1)).expect("an answer");
    assert_eq!(header(&server.received()[0], "cookie"), Some("a=1; sid=abc"));
}

#[test]
fn what_no_header_can_carry_is_not_sent() {
    let (server, client) = with("unwritable", Credential::api_key("hush"));
    let error = call(&client, &BY_UNWRITABLE).expect_err("no header").to_string();
    assert!(error.contains("cannot be sent in the header `no header`"), "{error}");
    assert!(!error.contains("hush") && server.received().is_empty());
}

/// Gives these tokens one after the other, the last one over and over, and keeps what was refused.
#[derive(Clone)]
struct Provider {
    tokens: Arc<Mutex<Vec<&'static str>>>,
    refused: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    fn new(tokens: &[&'static str]) -> Self {
        let tokens = tokens.iter().rev().copied().collect();
        Self { tokens: Arc::new(Mutex::new(tokens)), refused: Arc::default() }
    }

    fn refused(&self) -> Vec<String> {
        self.refused.lock().expect("no panic").clone()
    }
}

impl TokenProvider for Provider {
    fn token(&self) -> BoxFuture<Result<SecretString, BoxError>> {
        let mut tokens = self.tokens.lock().expect("no panic");
        let token = if tokens.len() > 1 { tokens.pop() } else { tokens.last().copied() };
        let token = token.map(SecretString::from).ok_or_else(|| "the vault is shut".into());
        Box::pin(std::future::ready(token))
    }

    fn refused(&self, token: &SecretString) {
        use secrecy::ExposeSecret;
        self.refused.lock().expect("no panic").push(token.expose_secret().to_owned());
    }
}

/// The tokens of a call's requests to a server that takes `good` alone, and how the call ends.
fn tokens_of(provider: &Provider) -> (Vec<String>, Option<u16>) {
    let server = Server::new(|_, request| match header(request, "authorization") {
        Some("Bearer good") => empty(204),
        Some("Bearer forbidden") => empty(403),
        _ => empty(401),
    });
    let credential = Credential::provider(provider.clone());
    let client = server.client(Client::builder().credential("token", credential));
    let status = match call(&client, &BY_TOKEN) {
        Ok(answer) => answer.status(),
        Err(error) => error.status().expect("the server answered"),
    };
    let requests = server.received();
    let token = |request| header(request, "authorization").expect("a token").to_owned();
    (requests.iter().map(token).collect(), Some(status.as_u16()))
}

#[test]
fn a_token_that_is_refused_is_replaced_once() {
    for (tokens, sent, status, refused) in [
        (&["good"][..], &["Bearer good"][..], 204, &[][..]),
        (&["bad", "good", "bad"], &["Bearer bad", "Bearer good"], 204, &["bad"]),
        (&["bad", "worse", "good"], &["Bearer bad", "Bearer worse"], 401, &["bad"]),
        (&["bad"], &["Bearer bad"], 401, &["bad"]),
        (&["forbidden", "good"], &["Bearer forbidden"], 403, &[]),
    ] {
        let provider = Provider::new(tokens);
        let sent = sent.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(tokens_of(&provider), (sent, Some(status)), "{tokens:?}");
        assert_eq!(provider.refused(), refused, "{tokens:?}");
    }
}

#[test]
fn another_token_is_asked_for_each_request() {
    let server = Server::new(|_, _| empty(204));
    let provider = Credential::provider(Provider::new(&["one", "two"]));
    let client = server.client(Client::builder().credential("token", provider));
    for token in ["Bearer one", "Bearer two"] {
        call(&client, &BY_TOKEN).expect("an answer");
        assert_eq!(header(&server.received()[0], "authorization"), Some(token));
    }
}

#[test]
fn a_provider_without_a_token_ends_the_call() {
    let (server, client) = with("token", Credential::provider(Provider::new(&[])));
    let error = call(&client, &BY_TOKEN).expect_err("no token");
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.ends_with("the token provider gave no token: the vault is shut"), "{text}");
    assert!(server.received().is_empty());
}

/// A token that stays what it is cannot be had anew.
#[test]
fn a_fixed_token_that_is_refused_is_not_sent_again() {
    let server = Server::new(|_, _| empty(401));
    let client = server.client(Client::builder().token("abc"));
    let error = call(&client, &BY_TOKEN).expect_err("refused");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(server.received().len(), 1);
}

#[cfg(feature = "oauth")]
mod fetched {
    //! Access tokens that the client gets for itself.

    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use http::Response;
    use http::request::Parts;
    use serde_json::Value;

    use super::super::server::with_body;
    use super::*;
    use crate::runtime::PrivateKeyJwt;

    fn client(server: &Server) -> Client {
        let key =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let key = STANDARD.encode(key.expect("a key"));
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{key}\n-----END PRIVATE KEY-----\n");
        // A process remembers by the client's id which endpoints want proofs, and tests run side by side.
        static CLIENTS: AtomicUsize = AtomicUsize::new(0);
        let id = format!("id-{}", CLIENTS.fetch_add(1, Ordering::Relaxed));
        let credential = Credential::private_key_jwt(PrivateKeyJwt::new(id, pem));
        server.client(Client::builder().credential("token", credential))
    }

    fn is_for_a_token(request: &Parts) -> bool {
        request.uri.path() == "/v1/token"
    }

    fn token(number: usize, kind: &str) -> Response<String> {
        let body = format!(
            r#"{{"access_token":"token-{number}","token_type":"{kind}","expires_in":3600}}"#
        );
        with_body(200, &body)
    }

    /// The paths of the requests, with what authorizes them.
    fn seen(server: &Server) -> Vec<String> {
        let received = server.received();
        let seen = received.iter().map(|request| {
            let authorization = header(request, "authorization").unwrap_or("nothing");
            format!("{} {authorization}", request.uri.path())
        });
        seen.collect()
    }

    #[test]
    fn a_token_serves_until_it_is_refused() {
        let server = Server::new(|count, request| match header(request, "authorization") {
            None => token(count, "Bearer"),
            Some("Bearer token-0") if count > 2 => empty(401),
            Some(_) => empty(204),
        });
        let client = client(&server);
        for _ in 0..3 {
            call(&client, &BY_TOKEN).expect("an answer");
        }
        let expected = [
            "/v1/token nothing",
            "/v1/a Bearer token-0",
            "/v1/a Bearer token-0",
            "/v1/a Bearer token-0",
            "/v1/token nothing",
            "/v1/a Bearer token-4",
        ];
        assert_eq!(seen(&server), expected);
    }

    #[test]
    fn a_new_token_that_is_refused_too_is_the_end() {
        let server = Server::new(|count, request| match is_for_a_token(request) {
            true => token(count, "Bearer"),
            false => empty(401),
        });
        let error = call(&client(&server), &BY_TOKEN).expect_err("refused");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        let expected = [
            "/v1/token nothing",
            "/v1/a Bearer token-0",
            "/v1/token nothing",
            "/v1/a Bearer token-2",
        ];
        assert_eq!(seen(&server), expected);
    }

    /// What a proof says (RFC 9449, section 4.2).
    fn claims(request: &Parts) -> Value {
        let proof = header(request, "dpop").expect("a proof");
        let claims = proof.split('.').nth(1).expect("a token has three parts");
        let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64url");
        serde_json::from_slice(&claims).expect("JSON")
    }

    fn wants_nonce(nonce: &str) -> Response<String> {
        let mut answer = empty(401);
        let challenge = "DPoP error=\"use_dpop_nonce\"".parse().expect("a header's value");
        answer.headers_mut().insert("www-authenticate", challenge);
        answer.headers_mut().insert("dpop-nonce", nonce.parse().expect("a header's value"));
        answer
    }

    /// RFC 9449, sections 8.2 and 9: a nonce that comes with a refusal is tried once for a call, and one that comes
    /// with any answer is for the next.
    #[test]
    fn a_proof_has_the_nonce_that_came_last() {
        let server = Server::new(|count, request| {
            if is_for_a_token(request) {
                return token(count, "DPoP");
            }
            match claims(request)["nonce"].as_str() {
                None => wants_nonce("one"),
                Some("one") => {
                    let mut answer = empty(204);
                    answer.headers_mut().insert("dpop-nonce", "two".parse().expect("a value"));
                    answer
                }
                Some(_) => empty(204),
            }
        });
        let client = client(&server);
        for _ in 0..2 {
            call(&client, &BY_TOKEN).expect("an answer");
        }
        let received = server.received();
        let calls: Vec<&Parts> = received.iter().filter(|it| !is_for_a_token(it)).collect();
        let nonces: Vec<Value> = calls.iter().map(|it| claims(it)["nonce"].clone()).collect();
        assert_eq!(nonces, [Value::Null, "one".into(), "two".into()]);
        // The first token was bound, so that one with a proof was asked for.
        for request in calls {
            assert_eq!(header(request, "authorization"), Some("DPoP token-1"));
            assert_eq!(claims(request)["htu"], "https://api.test/v1/a");
        }
        assert_eq!(received.len(), 5);
    }

    /// Nonces do not go on forever, nor does a token: the call ends after one of each.
    #[test]
    fn a_server_that_wants_another_nonce_each_time_is_left() {
        let server = Server::new(|count, request| match is_for_a_token(request) {
            true => token(count, "DPoP"),
            false => wants_nonce(&format!("nonce-{count}")),
        });
        let error = call(&client(&server), &BY_TOKEN).expect_err("refused");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        let calls = seen(&server).into_iter().filter(|it| it.starts_with("/v1/a"));
        assert_eq!(calls.count(), 3);
    }
}

//! The private keys with which a client proves who it is (RFC 7523).

use jsonwebtoken::{Algorithm, DecodingKey};
use okta_sdk::{Client, PrivateKeyJwt};

use crate::support::server::{builder, header, requests};
use crate::support::token_server::{
    RSA, TokenServer, builder_with_key, client_with_key, credential,
};

#[tokio::test]
async fn every_form_of_a_key_signs() {
    let rsa = || DecodingKey::from_rsa_pem(include_bytes!("keys/rsa.public.pem")).expect("a key");
    let ec = |pem: &[u8]| DecodingKey::from_ec_pem(pem).expect("a key");
    let p256 = || ec(include_bytes!("keys/ec.public.pem"));
    let p384 = || ec(include_bytes!("keys/ec384.public.pem"));
    // As environment variables often have it.
    let in_one_line = RSA.replace('\n', "\\n");
    let cases = [
        (RSA, rsa(), Algorithm::RS256, None),
        (in_one_line.as_str(), rsa(), Algorithm::RS256, None),
        (include_str!("keys/rsa.pkcs1.pem"), rsa(), Algorithm::RS256, None),
        (include_str!("keys/rsa.jwk.json"), rsa(), Algorithm::RS256, Some("rsa-1")),
        (include_str!("keys/ec.sec1.pem"), p256(), Algorithm::ES256, None),
        (include_str!("keys/ec.pkcs8.pem"), p256(), Algorithm::ES256, None),
        (include_str!("keys/ec.jwk.json"), p256(), Algorithm::ES256, Some("ec-1")),
        (include_str!("keys/ec384.sec1.pem"), p384(), Algorithm::ES384, None),
    ];
    for (text, key, algorithm, key_id) in cases {
        let (server, tokens) = TokenServer::new().key(key, algorithm).start().await;
        let client = builder_with_key(&server, text).build().expect("a client");
        client.session().get_session("1").await.expect("a session");

        let (assertion_header, claims) = tokens.known().assertions[0].clone();
        assert_eq!(assertion_header["kid"].as_str(), key_id);
        let time = |name: &str| claims[name].as_i64().expect("a time");
        assert_eq!(time("exp") - time("iat"), 300);
        let call = &requests(&server).await[1];
        assert_eq!(header(call, "authorization"), Some("Bearer secret-token-1"));
        assert_eq!(header(call, "dpop"), None);
    }
}

#[tokio::test]
async fn the_key_id_of_the_program_counts_more_than_that_of_the_key() {
    let (server, tokens) = TokenServer::new().start().await;
    let credential = credential(include_str!("keys/rsa.jwk.json")).key_id("mine");
    let client = builder(&server.uri()).private_key_jwt(credential).build().expect("a client");
    client.session().get_session("1").await.expect("a session");
    assert_eq!(tokens.known().assertions[0].0["kid"], "mine");
}

#[test]
fn a_key_that_cannot_be_used_is_refused_at_once() {
    let cases = [
        ("", "neither PEM"),
        ("not a key", "neither PEM"),
        ("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", "no RSA key"),
        (r#"{"kty": "secret"}"#, "`kty`"),
        (r#"{"kty": "RSA", "n": "secret!"}"#, "not base64url"),
        ("{secret", "not JSON"),
        (include_str!("keys/rsa.public.pem"), "neither PEM"),
    ];
    for (key, reason) in cases {
        let builder = Client::builder().base_url("https://acme.okta.com");
        let built = builder.private_key_jwt(PrivateKeyJwt::new("0oa-client", key)).build();
        let error = built.expect_err(reason).to_string();
        assert!(error.contains(reason) && error.contains("`oauth2`"), "{key}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn no_output_shows_a_key_or_a_token() {
    let (server, tokens) = TokenServer::new().start().await;
    let builder = builder_with_key(&server, RSA);
    let client = client_with_key(&server);
    client.session().get_session("1").await.expect("a session");
    tokens.known().revoked.extend(["secret-token-1", "secret-token-2"].map(str::to_owned));
    let error = client.session().get_session("1").await.expect_err("refused");
    let output = format!("{builder:?} {client:?} {:?} {error:?} {error}", credential(RSA));
    let line_of_key = RSA.lines().nth(1).expect("the key has lines");
    assert!(!output.contains("secret-token") && !output.contains(line_of_key), "{output}");
}

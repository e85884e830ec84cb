//! An authorization server and an API in one: it hands out access tokens by `private_key_jwt`
//! (RFC 7523), and DPoP (RFC 9449) where it is told to, and checks every signature with a library
//! that the SDK does not use.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use okta_sdk::{Client, ClientBuilder, PrivateKeyJwt};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wiremock::{MockServer, Request, Respond, ResponseTemplate};

use super::document;
use super::server::{answering, builder, header};

/// The path of the token endpoint.
pub const TOKEN_PATH: &str = "/oauth2/v1/token";

const CLIENT_ID: &str = "0oa-client";
const SCOPES: [&str; 2] = ["okta.sessions.read", "okta.sessions.manage"];

/// The client's usual private key.
pub const RSA: &str = include_str!("../keys/rsa.pkcs8.pem");

/// The client that the server knows, with a private key.
pub fn credential(key: &str) -> PrivateKeyJwt {
    PrivateKeyJwt::new(CLIENT_ID, key).scopes(SCOPES)
}

/// The builder of that client.
pub fn builder_with_key(server: &MockServer, key: &str) -> ClientBuilder {
    builder(&server.uri()).private_key_jwt(credential(key))
}

/// That client, with its usual key.
pub fn client_with_key(server: &MockServer) -> Client {
    builder_with_key(server, RSA).build().expect("a good configuration")
}

/// How the server works, and what it knows.
pub struct TokenServer {
    /// Checks the client's assertions.
    key: DecodingKey,
    algorithm: Algorithm,
    /// Access tokens are bound to a key of the client's.
    dpop: bool,
    known: Mutex<Known>,
}

/// What the server has learned.
#[derive(Default)]
pub struct Known {
    /// How many access tokens were handed out. They are `secret-token-1`, `secret-token-2`, ...
    pub tokens: usize,
    /// Access tokens that the API no longer accepts.
    pub revoked: HashSet<String>,
    /// Header and claims of each assertion.
    pub assertions: Vec<(Value, Value)>,
    /// The `jti` of every assertion and proof: none may come twice.
    ids: HashSet<String>,
    /// How many proofs the token endpoint and the API have accepted.
    proofs: HashMap<&'static str, usize>,
}

impl TokenServer {
    /// For the public part of [`RSA`], with bearer tokens that last an hour.
    pub fn new() -> Self {
        let key = include_bytes!("../keys/rsa.public.pem");
        Self {
            key: DecodingKey::from_rsa_pem(key).expect("a key"),
            algorithm: Algorithm::RS256,
            dpop: false,
            known: Mutex::default(),
        }
    }

    /// For another key of the client's.
    pub fn key(self, key: DecodingKey, algorithm: Algorithm) -> Self {
        Self { key, algorithm, ..self }
    }

    /// With access tokens that are bound to a key of the client's.
    pub fn dpop(self) -> Self {
        Self { dpop: true, ..self }
    }

    /// Starts the server.
    pub async fn start(self) -> (MockServer, Arc<Self>) {
        let this = Arc::new(self);
        (answering(Responder(this.clone())).await, this)
    }

    /// What the server knows by now.
    pub fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().expect("no assertion about a request failed")
    }

    fn token(&self, request: &Request) -> ResponseTemplate {
        let form = form(request);
        let assertion = form["client_assertion"].as_str();
        let claims = self.verified(assertion, &origin(request));
        let header = decode_header(assertion).expect("the assertion has a header");
        let mut known = self.known();
        known.note_id(&claims);
        let header = serde_json::to_value(header).expect("a header is JSON");
        known.assertions.push((header, claims));
        if self.dpop
            && let Some(refusal) = known.refuse_proof(request, "token", None)
        {
            return refusal;
        }
        known.tokens += 1;
        ResponseTemplate::new(200).set_body_json(json!({
            "token_type": if self.dpop { "DPoP" } else { "Bearer" },
            "expires_in": 3600,
            "access_token": format!("secret-token-{}", known.tokens),
        }))
    }

    /// The claims of an assertion, if everything about it is right.
    fn verified(&self, assertion: &str, origin: &str) -> Value {
        let mut validation = Validation::new(self.algorithm);
        validation.set_audience(&[format!("{origin}{TOKEN_PATH}")]);
        validation.set_issuer(&[CLIENT_ID]);
        validation.sub = Some(CLIENT_ID.to_owned());
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        decode(assertion, &self.key, &validation).expect("the assertion is genuine").claims
    }

    fn api(&self, request: &Request) -> ResponseTemplate {
        let mut known = self.known();
        let scheme = if self.dpop { "DPoP " } else { "Bearer " };
        let authorization = header(request, "authorization").expect("the call is authorized");
        let token = authorization.strip_prefix(scheme).expect("the scheme is right");
        if known.revoked.contains(token) {
            let body = json!({ "errorCode": "E0000011" });
            return ResponseTemplate::new(401).set_body_json(body);
        }
        if self.dpop
            && let Some(refusal) = known.refuse_proof(request, "api", Some(token))
        {
            return refusal;
        }
        ResponseTemplate::new(200).set_body_json(document::example("ActiveSession"))
    }
}

/// Answers by the path of the request.
struct Responder(Arc<TokenServer>);

impl Respond for Responder {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        match request.url.path() {
            TOKEN_PATH => self.0.token(request),
            _ => self.0.api(request),
        }
    }
}

impl Known {
    fn note_id(&mut self, claims: &Value) {
        let id = claims["jti"].as_str().expect("there is an id");
        assert!(self.ids.insert(id.to_owned()), "the id {id} came twice");
    }

    /// Checks a proof as RFC 9449, section 4.3, says. Gives a refusal where it is missing or lacks
    /// the nonce, which is another one for every third proof.
    fn refuse_proof(
        &mut self,
        request: &Request,
        audience: &'static str,
        token: Option<&str>,
    ) -> Option<ResponseTemplate> {
        let Some(proof) = header(request, "dpop") else {
            let body = json!({ "error": "invalid_dpop_proof" });
            return Some(ResponseTemplate::new(400).set_body_json(body));
        };
        let claims = proof_claims(proof);
        assert_eq!(claims["htm"], request.method.as_str());
        assert_eq!(claims["htu"], format!("{}{}", origin(request), request.url.path()));
        assert!(claims["iat"].is_u64(), "{claims}");
        let hash = token.map(|token| URL_SAFE_NO_PAD.encode(Sha256::digest(token)));
        assert_eq!(claims["ath"].as_str(), hash.as_deref());
        self.note_id(&claims);

        let proofs = self.proofs.entry(audience).or_default();
        let nonce = format!("{audience}-nonce-{}", *proofs / 3);
        if claims["nonce"] != nonce {
            let status = if audience == "token" { 400 } else { 401 };
            let refusal = ResponseTemplate::new(status)
                .insert_header("dpop-nonce", nonce)
                .insert_header("www-authenticate", "DPoP error=\"use_dpop_nonce\"")
                .set_body_json(json!({ "error": "use_dpop_nonce" }));
            return Some(refusal);
        }
        *proofs += 1;
        None
    }
}

/// The claims of a proof that the key in its own header has signed.
pub fn proof_claims(proof: &str) -> Value {
    let header = decode_header(proof).expect("the proof has a header");
    assert_eq!(header.typ.as_deref(), Some("dpop+jwt"));
    let jwk = header.jwk.expect("the proof has the public key");
    let public = serde_json::to_value(&jwk).expect("a key is JSON");
    assert!(public.get("d").is_none(), "the private key was sent");
    let key = DecodingKey::from_jwk(&jwk).expect("a key");
    let mut validation = Validation::new(Algorithm::ES256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    decode(proof, &key, &validation).expect("the proof is genuine").claims
}

/// The parameters of a token request, of which all but the assertion are always the same.
fn form(request: &Request) -> HashMap<String, String> {
    assert_eq!(request.method, "POST");
    assert_eq!(header(request, "content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(header(request, "authorization"), None);
    let form: HashMap<String, String> =
        serde_urlencoded::from_bytes(&request.body).expect("the body is a form");
    assert_eq!(form["grant_type"], "client_credentials");
    assert_eq!(form["scope"], SCOPES.join(" "));
    let assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    assert_eq!(form["client_assertion_type"], assertion_type);
    form
}

fn origin(request: &Request) -> String {
    format!("http://{}", header(request, "host").expect("there is a host"))
}

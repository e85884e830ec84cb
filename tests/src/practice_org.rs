//! An org to practise on: a server in this process that answers the session operations as the API
//! does, and is gone with everything in it when it is dropped.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How long a session lasts from its creation or last refresh.
const LIFETIME: SignedDuration = SignedDuration::from_hours(2);

/// Where access tokens are had.
const TOKEN_PATH: &str = "/oauth2/v1/token";

/// The only access token.
const ACCESS_TOKEN: &str = "practice-access-token";

/// The server. It listens on a port of its own until it is dropped.
#[derive(Debug)]
pub struct PracticeOrg {
    url: String,
    state: Arc<Mutex<Org>>,
    server: JoinHandle<()>,
}

/// What the org knows.
#[derive(Debug, Default)]
struct Org {
    sessions: BTreeMap<String, Value>,
    /// Each request as `METHOD /path`, in the order of arrival.
    requests: Vec<String>,
}

type Shared = State<Arc<Mutex<Org>>>;

impl PracticeOrg {
    /// The only API token that the org accepts.
    pub const API_TOKEN: &str = "practice-api-token";

    /// The session token of the only sign-in that the org has seen. It works once.
    pub const SESSION_TOKEN: &str = "practice-session-token";

    /// Starts the server on a free port of this computer.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(Org::default()));
        let routes = routes(state.clone());
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                eprintln!("the practice org stopped: {error}");
            }
        });
        Ok(Self { url, state, server })
    }

    /// The org URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Each request that arrived, as `METHOD /path`, in the order of arrival.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.state).requests.clone()
    }
}

impl Drop for PracticeOrg {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn routes(state: Arc<Mutex<Org>>) -> Router {
    Router::new()
        .route("/api/v1/sessions", post(create_session))
        .route("/api/v1/sessions/{session_id}", get(get_session).delete(end_session))
        .route("/api/v1/sessions/{session_id}/lifecycle/refresh", post(refresh_session))
        .route(TOKEN_PATH, post(token))
        .layer(map_response(with_request_id))
        .layer(from_fn_with_state(state.clone(), admit))
        .with_state(state)
}

/// Notes the request, and lets nobody in without the API token or the access token.
async fn admit(State(org): Shared, request: Request, next: Next) -> Response {
    let line = format!("{} {}", request.method(), request.uri().path());
    lock(&org).requests.push(line);
    let expected = [format!("SSWS {}", PracticeOrg::API_TOKEN), format!("Bearer {ACCESS_TOKEN}")];
    let given = request.headers().get(AUTHORIZATION);
    let is_known =
        |value: &HeaderValue| expected.iter().any(|it| it.as_bytes() == value.as_bytes());
    if request.uri().path() == TOKEN_PATH || given.is_some_and(is_known) {
        return next.run(request).await;
    }
    refusal(StatusCode::UNAUTHORIZED, "E0000011", "Invalid token provided", None)
}

/// Gives the access token to whoever signs for it, with any key (RFC 7523, section 2.2).
async fn token(Form(fields): Form<BTreeMap<String, String>>) -> Response {
    let is = |name: &str, expected: &str| fields.get(name).is_some_and(|it| it == expected);
    let is_signed = fields.get("client_assertion").is_some_and(|it| it.split('.').count() == 3);
    if is_signed
        && is("grant_type", "client_credentials")
        && is("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    {
        let token =
            json!({ "token_type": "Bearer", "access_token": ACCESS_TOKEN, "expires_in": 3600 });
        return Json(token).into_response();
    }
    (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_client" }))).into_response()
}

/// Gives every answer an id.
async fn with_request_id(response: Response) -> impl IntoResponse {
    ([("x-okta-request-id", "practice-request")], response)
}

async fn create_session(
    State(org): Shared,
    body: Result<Json<Value>, JsonRejection>,
) -> Result<Json<Value>, Response> {
    let invalid = |cause: &str| {
        let summary = "The request is not valid: sessionToken";
        refusal(StatusCode::BAD_REQUEST, "E0000001", summary, Some(cause))
    };
    let Json(body) = body.map_err(|rejection| invalid(&rejection.body_text()))?;
    if body["sessionToken"] != PracticeOrg::SESSION_TOKEN {
        return Err(invalid("sessionToken: it is missing or unknown"));
    }
    let mut org = lock(&org);
    let id = "101-practice-session";
    if org.sessions.contains_key(id) {
        return Err(invalid("sessionToken: it was used before"));
    }
    let session = new_session(id);
    org.sessions.insert(id.to_owned(), session.clone());
    Ok(Json(session))
}

async fn get_session(
    State(org): Shared,
    Path(session_id): Path<String>,
) -> Result<Json<Value>, Response> {
    let org = lock(&org);
    let session = org.sessions.get(&session_id).ok_or_else(|| not_found(&session_id))?;
    Ok(Json(session.clone()))
}

async fn refresh_session(
    State(org): Shared,
    Path(session_id): Path<String>,
) -> Result<Json<Value>, Response> {
    let mut org = lock(&org);
    let session = org.sessions.get_mut(&session_id).ok_or_else(|| not_found(&session_id))?;
    session["expiresAt"] = json!(Timestamp::now() + LIFETIME);
    Ok(Json(session.clone()))
}

async fn end_session(
    State(org): Shared,
    Path(session_id): Path<String>,
) -> Result<StatusCode, Response> {
    let ended = lock(&org).sessions.remove(&session_id);
    ended.map(|_| StatusCode::NO_CONTENT).ok_or_else(|| not_found(&session_id))
}

fn new_session(id: &str) -> Value {
    let now = Timestamp::now();
    json!({
        "id": id,
        "login": "ada.lovelace@example.com",
        "userId": "00u-practice-user",
        "createdAt": now,
        "expiresAt": now + LIFETIME,
        "status": "ACTIVE",
        "lastPasswordVerification": now,
        "amr": ["pwd"],
        "idp": { "id": "00o-practice-org", "type": "OKTA" },
        "mfaActive": false,
    })
}

fn not_found(session_id: &str) -> Response {
    let summary = format!("There is no session {session_id}");
    refusal(StatusCode::NOT_FOUND, "E0000007", &summary, None)
}

/// An answer with the `Error` of the API.
fn refusal(status: StatusCode, code: &str, summary: &str, cause: Option<&str>) -> Response {
    let causes: Vec<Value> = cause.iter().map(|cause| json!({ "errorSummary": cause })).collect();
    let error = json!({
        "errorCode": code,
        "errorSummary": summary,
        "errorLink": code,
        "errorId": "practice-error",
        "errorCauses": causes,
    });
    (status, Json(error)).into_response()
}

/// A request that panicked does not take the org from the others.
fn lock(org: &Mutex<Org>) -> MutexGuard<'_, Org> {
    org.lock().unwrap_or_else(PoisonError::into_inner)
}

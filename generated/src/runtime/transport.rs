//! How a request is sent: the one path that all operations share.

use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use reqwest::header::CONTENT_LENGTH;
use tokio::time::Instant;
use tower::util::BoxCloneSyncService;
use tower::{ServiceExt, service_fn};

use super::api_error::ApiError;
use super::authentication::Selected;
use super::call::{Call, Request};
use super::error::{BoxError, DecodeError, Error, Result, TimeoutError, TransportError};
use super::response::{Answer, Head};
use super::retry::Retries;

/// A future that can be moved between threads and named.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// What sends one request and gives one answer.
pub type HttpService = BoxCloneSyncService<
    http::Request<reqwest::Body>,
    http::Response<reqwest::Body>,
    BoxError,
>;

/// The service at the bottom: the HTTP client.
pub(crate) fn service(client: reqwest::Client) -> HttpService {
    BoxCloneSyncService::new(service_fn(move |request: http::Request<reqwest::Body>| {
        let client = client.clone();
        async move {
            // A URL can carry an API key, so that errors must not show it.
            let request = reqwest::Request::try_from(request).map_err(without_url)?;
            let response = client.execute(request).await.map_err(without_url)?;
            Ok(http::Response::from(response))
        }
    }))
}

fn without_url(error: reqwest::Error) -> BoxError {
    error.without_url().into()
}

/// Makes a call: gives its answer if that is a success, whole but not yet decoded.
pub(crate) fn execute(call: Call) -> BoxFuture<Result<Answer>> {
    Box::pin(async move {
        let request = call.prepare()?;
        let operation = request.operation;
        let credentials = &request.client.inner.credentials;
        let selected = credentials.select(operation, request.client.inner.settings)?;
        let Some(timeout) = request.timeout else {
            return attempts(&request, &selected, None).await;
        };
        let deadline = Instant::now() + timeout;
        let attempts = attempts(&request, &selected, Some(deadline));
        match tokio::time::timeout_at(deadline, attempts).await {
            Ok(answer) => answer,
            Err(_) => Err(Error::Timeout(TimeoutError::new(operation, Some(timeout)))),
        }
    })
}

/// Sends the request until there is a success, or an error that another attempt would
/// not mend.
async fn attempts(
    request: &Request,
    credentials: &[Selected<'_>],
    deadline: Option<Instant>,
) -> Result<Answer> {
    let settings = &request.client.inner.settings.retry;
    let mut retries = Retries::new(request.retry, settings, request.operation, deadline);
    loop {
        let error = match attempt(request, credentials, &retries).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        match retries.wait_after(&error) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Err(error),
        }
    }
}

/// Sends the request once and reads the answer.
async fn attempt(
    request: &Request,
    credentials: &[Selected<'_>],
    retries: &Retries,
) -> Result<Answer> {
    let shared = &request.client.inner;
    let response = send(request, credentials, retries).await?;
    let (parts, body) = response.into_parts();
    let head =
        Head::new(request.operation, shared.settings, parts.status, parts.headers);
    let (body, failure) = read(head, body, shared.max_body_size).await;
    match failure {
        // A refusal is worth more than the rest of its body.
        _ if !body.head.status.is_success() => {
            Err(Error::Api(ApiError::new(body, shared.settings)))
        }
        Some(failure) => Err(failure),
        None => Ok(body),
    }
}

async fn send(
    request: &Request,
    credentials: &[Selected<'_>],
    retries: &Retries,
) -> Result<http::Response<reqwest::Body>> {
    let operation = request.operation;
    let mut url = request.url.clone();
    let mut headers = request.headers.clone();
    for credential in credentials {
        credential.apply(operation, &mut url, &mut headers)?;
    }
    retries.mark(&mut headers);
    let mut http_request = http::Request::new(reqwest::Body::from(request.body.clone()));
    *http_request.method_mut() = operation.method.to_http();
    *http_request.headers_mut() = headers;
    *http_request.uri_mut() =
        url.as_str().parse().map_err(|cause: http::uri::InvalidUri| {
            Error::Transport(TransportError::new(operation, cause.into()))
        })?;
    let service = request.client.inner.service.clone();
    service.oneshot(http_request).await.map_err(|cause| failure(request, cause))
}

/// The error for a request without an answer.
fn failure(request: &Request, cause: BoxError) -> Error {
    let operation = request.operation;
    match cause.downcast::<Error>() {
        Ok(error) => *error,
        Err(cause) if is_timeout(&cause) => {
            Error::Timeout(TimeoutError::new(operation, None))
        }
        Err(cause) => Error::Transport(TransportError::new(operation, cause)),
    }
}

fn is_timeout(cause: &BoxError) -> bool {
    let error = cause.downcast_ref::<reqwest::Error>();
    error.is_some_and(|error| error.is_timeout() && !error.is_connect())
}

/// Reads a body up to the limit. Gives what arrived, and why that is not all.
async fn read(head: Head, body: reqwest::Body, limit: usize) -> (Answer, Option<Error>) {
    let announced = head
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        let failure = too_large(&head, limit);
        return (Answer { head, body: Bytes::new() }, Some(failure));
    }
    let mut response = reqwest::Response::from(http::Response::new(body));
    let mut bytes = BytesMut::new();
    let failure = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > limit => {
                break Some(too_large(&head, limit));
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break None,
            Err(cause) => break Some(broken_off(&head, cause)),
        }
    };
    (Answer { head, body: bytes.freeze() }, failure)
}

fn too_large(head: &Head, limit: usize) -> Error {
    let message = format!(
        "is larger than the {limit} bytes that `ClientBuilder::max_body_size` allows"
    );
    Error::Decode(DecodeError::new(head.operation, head.status, Bytes::new(), message))
}

fn broken_off(head: &Head, cause: reqwest::Error) -> Error {
    if cause.is_timeout() {
        return Error::Timeout(TimeoutError::new(head.operation, None));
    }
    Error::Transport(TransportError::new(head.operation, without_url(cause)))
}

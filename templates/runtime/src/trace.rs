//! Spans for those who watch the program, with the names of OpenTelemetry's semantic
//! conventions for HTTP clients. Without the feature `tracing` nothing here does
//! anything.
//!
//! A span `operation` holds a whole call; within it, a span `attempt` holds each
//! request. Neither has the URL, a header or a body, which can hold what nobody else
//! should know.

use std::future::Future;
use std::time::Duration;

use reqwest::StatusCode;

use super::call::Request;
use super::deviations::Deviations;
use super::error::{Error, Result};
use super::operation::Operation;

/// Runs a whole call in its span.
#[cfg(feature = "tracing")]
pub(crate) async fn operation<T>(
    request: &Request,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    use tracing::Instrument;
    use tracing::field::Empty;

    let operation = request.operation;
    let span = tracing::info_span!(
        "operation",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        openapi.operation_id = operation.id,
        http.request.method = operation.method.as_str(),
        url.template = operation.path,
        error.type = Empty,
    );
    let result = call.instrument(span.clone()).await;
    record_error(&span, &result);
    result
}

/// Runs one request in its span. `resend_count` tells how many went before it.
#[cfg(feature = "tracing")]
pub(crate) async fn attempt<T>(
    request: &Request,
    resend_count: u32,
    attempt: impl Future<Output = Result<T>>,
) -> Result<T> {
    use tracing::Instrument;
    use tracing::field::Empty;

    let operation = request.operation;
    let span = tracing::info_span!(
        "attempt",
        otel.kind = "client",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        http.request.method = operation.method.as_str(),
        url.template = operation.path,
        server.address = request.url.host_str(),
        server.port = request.url.port_or_known_default(),
        http.request.resend_count = (resend_count > 0).then_some(resend_count),
        http.response.status_code = Empty,
        error.type = Empty,
    );
    let result = attempt.instrument(span.clone()).await;
    record_error(&span, &result);
    result
}

/// Notes the status of the answer in the span of the attempt.
#[cfg(feature = "tracing")]
pub(crate) fn status(status: StatusCode) {
    tracing::Span::current().record("http.response.status_code", status.as_u16());
}

/// Notes that the call waits before the next attempt.
#[cfg(feature = "tracing")]
pub(crate) fn wait(wait: Duration, error: &Error) {
    tracing::debug!(wait_ms = wait.as_millis(), error.type = error_type(error), "waits to try again");
}

/// Tells that an answer is not what the document says: how often, and the first place.
#[cfg(feature = "tracing")]
pub(crate) fn deviations(operation: &Operation, deviations: &Deviations) {
    let first = deviations.list().into_iter().next();
    tracing::warn!(
        openapi.operation_id = operation.id,
        count = deviations.count(),
        first = first.map(tracing::field::display),
        "the answer is not what the document says"
    );
}

#[cfg(feature = "tracing")]
fn record_error<T>(span: &tracing::Span, result: &Result<T>) {
    if let Err(error) = result {
        span.record("error.type", error_type(error));
    }
}

/// A word for the kind of error; for a refusal, its status.
#[cfg(feature = "tracing")]
fn error_type(error: &Error) -> String {
    match error {
        Error::Api(error) => error.status().as_u16().to_string(),
        Error::Transport(_) => "transport".to_owned(),
        Error::Timeout(_) => "timeout".to_owned(),
        Error::Decode(_) => "decode".to_owned(),
        Error::Configuration(_) => "configuration".to_owned(),
        Error::Authentication(_) => "authentication".to_owned(),
        Error::Request(_) => "request".to_owned(),
        Error::Paging(_) => "paging".to_owned(),
    }
}

#[cfg(not(feature = "tracing"))]
pub(crate) async fn operation<T>(
    _request: &Request,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    call.await
}

#[cfg(not(feature = "tracing"))]
pub(crate) async fn attempt<T>(
    _request: &Request,
    _resend_count: u32,
    attempt: impl Future<Output = Result<T>>,
) -> Result<T> {
    attempt.await
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn status(_status: StatusCode) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn deviations(_operation: &Operation, _deviations: &Deviations) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn wait(_wait: Duration, _error: &Error) {}

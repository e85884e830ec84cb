//! How a request is sent: the one path that all operations share.

use std::future::Future;
use std::pin::{Pin, pin};

use tokio::time::Instant;
use tower::util::BoxCloneSyncService;

use super::api_error::ApiError;
use super::authentication::Authorization;
use super::body;
use super::call::{Call, Request};
use super::error::{BoxError, Error, RequestError, Result, TimeoutError, TransportError};
use super::operation::Operation;
use super::rate_budget::Permit;
use super::response::{Answer, Budget, Head};
use super::retry::Retries;
use super::trace;

/// Larger bodies, in bytes, are decoded on a thread where they hold up no other call.
const LARGE_BODY: usize = 256 * 1024;

/// A future that can be moved between threads and named.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// What sends one request and gives one answer.
pub type HttpService =
    BoxCloneSyncService<http::Request<reqwest::Body>, http::Response<reqwest::Body>, BoxError>;

/// What is done with the body of a successful answer: its head, the body, and the limit
/// for what is read into memory.
pub(crate) type Finish<F> = fn(Head, reqwest::Body, usize) -> F;

pub(crate) fn without_url(error: reqwest::Error) -> BoxError {
    error.without_url().into()
}

/// Makes a call: gives its answer if that is a success. The future is large, so that who gives it away puts it into a box.
pub(crate) async fn execute<T, F>(call: Call, finish: Finish<F>) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let request = call.prepare()?;
    // A future is large. Where it is pinned at once, it is not copied from one to the next.
    let call = pin!(within_time(&request, finish));
    trace::operation(&request, call).await
}

/// Makes a call, and makes something of its answer within the time of the call.
pub(crate) async fn decoded<T: Send + 'static>(
    call: Call,
    decode: impl FnOnce(&Answer) -> Result<T> + Send + 'static,
) -> Result<(Answer, T)> {
    let timeout = call.time_limit();
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut answer = execute(call, body::whole).await?;
    answer.budget = Budget { timeout, deadline, ..answer.budget };
    if answer.body.len() <= LARGE_BODY {
        let value = decode(&answer)?;
        return Ok((answer, value));
    }
    let operation = answer.head.operation;
    let decoding = tokio::task::spawn_blocking(move || {
        let value = decode(&answer)?;
        Ok((answer, value))
    });
    let decoded = match deadline {
        Some(deadline) => tokio::time::timeout_at(deadline, decoding)
            .await
            .map_err(|_| Error::Timeout(TimeoutError::new(operation, timeout)))?,
        None => decoding.await,
    };
    decoded.unwrap_or_else(|cause| match cause.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(cause) => Err(Error::Transport(TransportError::new(operation, cause.into()))),
    })
}

/// Makes a call within the time that it may take.
async fn within_time<T, F>(request: &Request, finish: Finish<F>) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let timeout = request.timeout;
    // A time-out beyond all clocks is none.
    let Some(deadline) = timeout.and_then(|timeout| Instant::now().checked_add(timeout)) else {
        return attempts(request, finish, None).await;
    };
    let attempts = pin!(attempts(request, finish, Some(deadline)));
    match tokio::time::timeout_at(deadline, attempts).await {
        Ok(result) => result,
        Err(_) => Err(Error::Timeout(TimeoutError::new(request.operation, timeout))),
    }
}

/// Sends the request until there is a success, or an error that another attempt would
/// not mend.
async fn attempts<T, F>(
    request: &Request,
    finish: Finish<F>,
    deadline: Option<Instant>,
) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let client = &request.client;
    let settings = &client.inner.settings.retry;
    let mut authorization = Authorization::new(client, request.operation)?;
    let mut retries = Retries::new(
        request.retry,
        settings,
        request.operation,
        deadline,
        &client.inner.retry_tokens,
    );
    let mut sent = 0;
    loop {
        let permit = match &client.inner.rate_budget {
            Some(budget) => budget.permit(request.operation, request.timeout, deadline).await?,
            None => Permit::NONE,
        };
        let result = {
            let attempt = pin!(attempt(request, finish, &mut authorization, &retries, permit));
            trace::attempt(request, sent, attempt).await
        };
        let error = match result {
            Ok(result) => {
                retries.succeed();
                return Ok(result);
            }
            Err(error) => error,
        };
        sent += 1;
        // Even where the request cannot be sent again, the next call gets a new token.
        let mended = authorization.mend(&error).await;
        if !request.body.can_be_sent_again() {
            return Err(error);
        }
        if mended {
            continue;
        }
        match retries.wait_after(&error) {
            Some(wait) => {
                trace::wait(wait, &error);
                tokio::time::sleep(wait).await;
            }
            None => return Err(error),
        }
    }
}

/// Sends the request once and reads the answer.
async fn attempt<T, F>(
    request: &Request,
    finish: Finish<F>,
    authorization: &mut Authorization<'_>,
    retries: &Retries<'_>,
    permit: Permit,
) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let shared = &request.client.inner;
    let response = send(request, authorization, retries).await?;
    let (parts, body) = response.into_parts();
    trace::status(parts.status);
    #[cfg(feature = "oauth")]
    authorization.observe(&request.url, &parts.headers);
    let head = Head::new(
        request.operation,
        shared.settings,
        parts.status,
        parts.headers,
        shared.is_strict,
    );
    permit.learn(&head);
    drop(permit);
    if request.operation.is_answered_by(head.status) {
        return finish(head, body, shared.max_body_size).await;
    }
    // A refusal is worth more than the rest of its body.
    let answer = body::read(head, body, shared.max_body_size).await.answer;
    Err(Error::Api(ApiError::new(answer, &request.url, shared.settings)))
}

async fn send(
    request: &Request,
    authorization: &mut Authorization<'_>,
    retries: &Retries<'_>,
) -> Result<http::Response<reqwest::Body>> {
    let operation = request.operation;
    let method = operation.method.to_http().ok_or_else(|| {
        let message = format!("`{}` cannot be the name of a method", operation.method);
        Error::Request(RequestError::new(operation, message))
    })?;
    let mut http_request = reqwest::Request::new(method, request.url.clone());
    let mut headers = request.headers()?;
    authorization.apply(http_request.url_mut(), &mut headers).await?;
    retries.mark(&mut headers);
    *http_request.headers_mut() = headers;
    *http_request.body_mut() = Some(request.body.to_http(operation)?);
    let sent = request.client.inner.network.send(http_request, operation).await;
    sent.map_err(|cause| failure(operation, cause))
}

/// The error for a request without an answer.
fn failure(operation: &'static Operation, cause: BoxError) -> Error {
    match cause.downcast::<Error>() {
        Ok(error) => *error,
        Err(cause) if is_timeout(&cause) => Error::Timeout(TimeoutError::new(operation, None)),
        Err(cause) => {
            // A layer can have made it, by a request of its own.
            let cause = cause
                .downcast::<reqwest::Error>()
                .map_or_else(|other| other, |error| without_url(*error));
            Error::Transport(TransportError::new(operation, cause))
        }
    }
}

fn is_timeout(cause: &BoxError) -> bool {
    let error = cause.downcast_ref::<reqwest::Error>();
    error.is_some_and(|error| error.is_timeout() && !error.is_connect())
}

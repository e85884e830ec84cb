//! Redirects (RFC 9110, section 15.4): which are followed, and which become the answer.

use reqwest::header::LOCATION;
use reqwest::{Client, Method, Request, Response, StatusCode, Url};
use tower::service_fn;

use super::operation::Operation;
use super::transport::{HttpService, Target, without_url};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 10;

/// The service at the bottom, over a client that follows no redirect by itself.
///
/// Redirects are followed for GET and HEAD alone: any other method would have to become a GET,
/// whose success says nothing about the call, or be repeated at a place that the caller did not
/// name. And they are followed within one origin alone, so that credentials, in whatever header
/// they are, never reach another host. Any other redirect becomes the answer, and so does one that
/// the operation is answered by.
pub(crate) fn service(client: Client) -> HttpService {
    HttpService::new(service_fn(move |request: http::Request<reqwest::Body>| {
        let client = client.clone();
        async move {
            let operation = request.extensions().get::<&'static Operation>().copied();
            // A URL can carry an API key, so that errors must not show it.
            let request = Target::take(request).map_err(without_url)?;
            let response = follow(&client, request, operation).await.map_err(without_url)?;
            Ok(http::Response::from(response))
        }
    }))
}

async fn follow(
    client: &Client,
    mut request: Request,
    operation: Option<&'static Operation>,
) -> reqwest::Result<Response> {
    let is_answer = |response: &Response| {
        operation.is_some_and(|operation| operation.is_answered_by(response.status()))
    };
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut left = if is_safe { MAX_REDIRECTS } else { 0 };
    loop {
        let again = request.try_clone();
        let response = client.execute(request).await?;
        match (again, target(&response)) {
            (Some(next), Some(url)) if left > 0 && !is_answer(&response) => {
                request = next;
                *request.url_mut() = url;
                left -= 1;
            }
            _ => return Ok(response),
        }
    }
}

/// Where an answer redirects to, if that is within its origin.
pub(crate) fn target(response: &Response) -> Option<Url> {
    let is_redirect = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = response.headers().get(LOCATION).filter(|_| is_redirect)?;
    let url = response.url().join(location.to_str().ok()?).ok()?;
    (url.origin() == response.url().origin()).then_some(url)
}

//! What sends the requests of a client: the HTTP client, alone or beneath layers.

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, Request, Response, StatusCode, Url, Version};
use tower::{ServiceExt, service_fn};

use super::error::{BoxError, Chain, Error, RequestError};
use super::operation::Operation;
use super::redirects::{self, MAX_REDIRECTS};
use super::transport::{HttpService, without_url};

/// What sends the requests of a client.
#[derive(Clone)]
pub(crate) enum Network {
    /// The HTTP client alone: nothing is made for layers that are not there.
    Direct(Connections),
    /// Layers, which have it at their bottom, or what stands for it.
    Layered(HttpService),
}

/// The HTTP client.
#[derive(Clone)]
pub(crate) struct Connections {
    pub(crate) client: Client,
    /// It follows no redirect by itself, so that they are followed here.
    pub(crate) follows_redirects: bool,
}

impl Network {
    /// As a service at the bottom of layers.
    pub(crate) fn service(self) -> HttpService {
        match self {
            Self::Direct(connections) => connections.service(),
            Self::Layered(service) => service,
        }
    }

    /// Sends a request of a call, and gives the head of the answer.
    pub(crate) async fn send(
        &self,
        request: Request,
        operation: &'static Operation,
    ) -> Result<http::Response<reqwest::Body>, BoxError> {
        let cannot = |cause: reqwest::Error| cannot_be_sent(cause, operation);
        match self {
            Self::Direct(connections) => {
                let response = connections.send(request, Some(operation)).await.map_err(cannot)?;
                Ok(response.into())
            }
            Self::Layered(service) => {
                let request = Target::put(request, operation).map_err(cannot)?;
                service.clone().oneshot(request).await
            }
        }
    }
}

/// The error for a request without an answer.
fn cannot_be_sent(cause: reqwest::Error, operation: &'static Operation) -> BoxError {
    if !cause.is_builder() {
        return without_url(cause);
    }
    let cause = Chain(&cause.without_url()).to_string();
    let message = format!("the URL with its query cannot be sent: {cause}");
    Error::Request(RequestError::new(operation, message)).into()
}

impl Connections {
    fn service(self) -> HttpService {
        HttpService::new(service_fn(move |request: http::Request<reqwest::Body>| {
            let connections = self.clone();
            async move {
                let operation = request.extensions().get::<&'static Operation>().copied();
                // A URL can carry an API key, so that errors must not show it.
                let request = Target::take(request).map_err(without_url)?;
                let response = connections.send(request, operation).await.map_err(without_url)?;
                Ok(http::Response::from(response))
            }
        }))
    }

    /// Sends a request, and follows redirects, of GET and HEAD alone: any other method would have to become a GET, whose
    /// success says nothing about the call, or be repeated at a place that the caller did not name. Any other redirect
    /// becomes the answer, and so does one that the operation is answered by.
    async fn send(
        &self,
        mut request: Request,
        operation: Option<&'static Operation>,
    ) -> reqwest::Result<Response> {
        let is_answer = |status: StatusCode| operation.is_some_and(|it| it.is_answered_by(status));
        let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
        let is_followed = self.follows_redirects && is_safe && Again::is_possible(&request);
        let mut left = if is_followed { MAX_REDIRECTS } else { 0 };
        while left > 0 {
            left -= 1;
            let again = Again::of(&request);
            let response = self.client.execute(request).await?;
            match redirects::target(&response) {
                Some(url) if !is_answer(response.status()) => request = again.at(url),
                _ => return Ok(response),
            }
        }
        self.client.execute(request).await
    }
}

/// What a request is made of once more, but for its URL.
struct Again {
    method: Method,
    headers: HeaderMap,
    version: Version,
    body: Option<Bytes>,
}

impl Again {
    /// A body that flows is sent once.
    fn is_possible(request: &Request) -> bool {
        request.body().is_none_or(|body| body.as_bytes().is_some())
    }

    fn of(request: &Request) -> Self {
        let body = request.body().and_then(reqwest::Body::as_bytes);
        Self {
            method: request.method().clone(),
            headers: request.headers().clone(),
            version: request.version(),
            body: body.map(Bytes::copy_from_slice),
        }
    }

    fn at(self, url: Url) -> Request {
        let mut request = Request::new(self.method, url);
        *request.headers_mut() = self.headers;
        *request.version_mut() = self.version;
        *request.body_mut() = self.body.map(Into::into);
        request
    }
}

/// The URL of a request beside the URI that was made of it, which is on its way through the layers: parsing is
/// what costs most of a request.
#[derive(Clone)]
struct Target {
    uri: http::Uri,
    url: Url,
}

impl Target {
    /// The request as layers take it.
    fn put(
        request: Request,
        operation: &'static Operation,
    ) -> reqwest::Result<http::Request<reqwest::Body>> {
        let url = request.url().clone();
        let mut request = http::Request::<reqwest::Body>::try_from(request)?;
        let uri = request.uri().clone();
        // Layers, and the mock, can tell the operation by this.
        request.extensions_mut().insert(operation);
        request.extensions_mut().insert(Self { uri, url });
        Ok(request)
    }

    /// The request as the HTTP client takes it, with a URL that is parsed only where a layer has changed it.
    fn take(request: http::Request<reqwest::Body>) -> reqwest::Result<Request> {
        let (mut parts, body) = request.into_parts();
        match parts.extensions.remove::<Self>() {
            Some(target) if target.uri == parts.uri => {
                let mut request = Request::new(parts.method, target.url);
                *request.headers_mut() = parts.headers;
                *request.version_mut() = parts.version;
                *request.body_mut() = Some(body);
                Ok(request)
            }
            _ => http::Request::from_parts(parts, body).try_into(),
        }
    }
}

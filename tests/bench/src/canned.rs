//! A layer that answers in place of the network, so that what is measured is the SDK alone.

use std::convert::Infallible;
use std::future::ready;

use bytes::Bytes;
use okta_sdk::runtime::HttpService;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use tower::service_fn;
use tower::util::BoxCloneSyncService;

/// Answers every request with this body, as JSON.
#[derive(Debug, Clone)]
pub struct Canned(pub Bytes);

impl tower::Layer<HttpService> for Canned {
    type Service = HttpService;

    fn layer(&self, _: HttpService) -> HttpService {
        let body = self.0.clone();
        let service = service_fn(move |_: http::Request<reqwest::Body>| {
            let mut response = http::Response::new(reqwest::Body::from(body.clone()));
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, json);
            ready(Ok::<_, Infallible>(response))
        });
        BoxCloneSyncService::new(tower::ServiceExt::map_err(service, |never| match never {}))
    }
}

//! A request that a mock received.

use std::fmt;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use crate::runtime::error::BoxError;
use crate::runtime::operation::Operation;

/// A request that a mock received.
#[derive(Clone)]
pub struct ReceivedRequest {
    operation: &'static Operation,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl ReceivedRequest {
    pub(super) async fn read(
        operation: &'static Operation,
        request: http::Request<reqwest::Body>,
    ) -> Result<Self, BoxError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string())?;
        let body = reqwest::Response::from(http::Response::new(body)).bytes().await?;
        Ok(Self { operation, url, headers: parts.headers, body })
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The `operationId` of the operation.
    pub fn operation_id(&self) -> &'static str {
        self.operation.id
    }

    /// The request method.
    pub fn method(&self) -> &'static str {
        self.operation.method.as_str()
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The path, percent-encoded.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// The decoded values of a query parameter.
    pub fn query(&self, name: &str) -> Vec<String> {
        let pairs = self.url.query_pairs().filter(|(key, _)| key == name);
        pairs.map(|(_, value)| value.into_owned()).collect()
    }

    /// The value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or is not of that type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ReceivedRequest")
            .field("operation", self.operation)
            .field("path", &self.path())
            .field("headers", &self.headers)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

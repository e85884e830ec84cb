//! An answer other than success.

use std::fmt;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;

use super::decode;
use super::error::Named;
use super::json;
use super::origin::origin;
use super::rate_limit::RateLimit;
use super::response::{Answer, Head};
use super::settings::{ErrorFields, Settings};
use super::shown::Shown;
use crate::settings::ErrorModel;

/// An answer other than success: what the server said, whole.
///
/// `Display` and `Debug` show 500 characters of each of the server's words, in one line, with what
/// is invisible escaped; the methods give them whole.
pub struct ApiError {
    inner: Box<Inner>,
}

struct Inner {
    head: Head,
    body: Bytes,
    model: Option<ErrorModel>,
    code: Option<String>,
    message: Option<String>,
    /// The origin that a redirect leads to.
    redirects_to: Option<String>,
}

impl ApiError {
    /// The error for an answer to a request at `url`.
    pub(crate) fn new(answer: Answer, url: &Url, settings: &Settings) -> Self {
        let model = decode::fitting(&answer);
        let [code, message] = words(&answer, settings.error_fields);
        let Answer { head, body, .. } = answer;
        let inner = Inner {
            redirects_to: redirect(&head, url),
            model,
            head,
            code,
            message,
            // A copy, since it may be a part of the connection's buffer, which would be kept with it.
            body: Bytes::copy_from_slice(&body),
        };
        Self { inner: Box::new(inner) }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.inner.head.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.head.headers
    }

    /// The body as it arrived, whatever it is.
    pub fn body(&self) -> &Bytes {
        &self.inner.body
    }

    /// The body as the document's error model. `None` where it is not one, such as the
    /// HTML page of a proxy.
    pub fn model(&self) -> Option<&ErrorModel> {
        self.inner.model.as_ref()
    }

    /// The body as JSON of another type: for an operation whose errors have a form of
    /// their own.
    ///
    /// # Errors
    ///
    /// The body is not JSON or is not of that type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.inner.body)
    }

    /// The vendor's code for what went wrong, where the body has one.
    pub fn code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The vendor's sentence about what went wrong, where the body has one.
    pub fn message(&self) -> Option<&str> {
        self.inner.message.as_deref()
    }

    /// The id that the server gave to the request. The vendor's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.head.request_id.as_deref()
    }

    /// The rate limit, where the server reports one.
    pub fn rate_limit(&self) -> Option<&RateLimit> {
        self.inner.head.rate_limit.as_ref()
    }

    /// The `operationId` of the operation.
    pub fn operation_id(&self) -> &'static str {
        self.inner.head.operation.id
    }

    /// The request method of the operation.
    pub fn method(&self) -> &'static str {
        self.inner.head.operation.method.as_str()
    }

    /// The path of the operation as a template, without the values of its parameters.
    pub fn url_template(&self) -> &'static str {
        self.inner.head.operation.path
    }

    /// The text at a place of the body, where that is JSON.
    #[cfg(feature = "oauth")]
    pub(crate) fn text_at(&self, pointer: &str) -> Option<String> {
        let json = json::validated(&self.inner.body, json::Limits::default()).ok()?;
        json::text_at(&json, pointer)
    }

    fn header(&self, name: reqwest::header::HeaderName) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }
}

/// The vendor's code and sentence for what went wrong, where the body has them.
fn words(answer: &Answer, fields: ErrorFields) -> [Option<String>; 2] {
    let text = decode::json_text(answer);
    let json = json::validated(&text, answer.budget.limits()).ok();
    [fields.code, fields.message].map(|pointers| {
        let json = json.as_ref()?;
        pointers.iter().find_map(|pointer| json::text_at(json, pointer))
    })
}

/// The origin that a redirect leads to, which may be told relative to the request's URL.
fn redirect(head: &Head, url: &Url) -> Option<String> {
    let location = head.headers.get(LOCATION).filter(|_| head.status.is_redirection())?;
    let target = location.to_str().ok().and_then(|location| url.join(location).ok());
    Some(target.map_or_else(|| "what is no URL".to_owned(), |target| origin(&target)))
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: the server answered {}",
            Named(self.inner.head.operation),
            self.status()
        )?;
        if let Some(target) = &self.inner.redirects_to {
            write!(formatter, ", a redirect to {target}, which is not followed")?;
        }
        match (self.code().map(Shown), self.message().map(Shown)) {
            (Some(code), Some(message)) => write!(formatter, ": {code}: {message}")?,
            (Some(text), None) | (None, Some(text)) => write!(formatter, ": {text}")?,
            (None, None) if self.inner.redirects_to.is_some() => {}
            (None, None) if self.body().is_empty() => formatter.write_str(" without a body")?,
            (None, None) => {
                let media_type = Shown(self.header(CONTENT_TYPE).unwrap_or("of no media type"));
                let length = self.body().len();
                write!(
                    formatter,
                    " with a body that is no known error ({media_type}, {length} bytes)"
                )?;
            }
        }
        match self.request_id() {
            Some(id) => write!(formatter, " (request {})", Shown(id)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { head, body, code, message, redirects_to, .. } = self.inner.as_ref();
        formatter
            .debug_struct("ApiError")
            .field("operation", &head.operation.id)
            .field("status", &head.status)
            .field("redirects_to", redirects_to)
            .field("code", &code.as_deref().map(Shown))
            .field("message", &message.as_deref().map(Shown))
            .field("request_id", &head.request_id.as_deref().map(Shown))
            .field("rate_limit", &head.rate_limit)
            .field("body_length", &body.len())
            .finish_non_exhaustive()
    }
}

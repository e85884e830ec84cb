//! One call of an operation, from its arguments to its answer.

mod bodies;
mod request;
mod sending;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

pub(crate) use request::{Request, add_cookies};

use super::body::RequestBody;
use super::client::Client;
use super::encoding::{self, PathStyle, QueryStyle};
use super::error::RequestError;
use super::operation::{Operation, Style};
use super::retry::RetryPolicy;
#[cfg(feature = "streams")]
use super::stream::StreamSettings;

/// One call of an operation: its arguments, and what was overridden for it.
///
/// The generated request builders fill one. Use it directly, with an [`Operation`] of
/// your own, to reach what the document does not have: authentication, retries and
/// errors work the same.
///
/// ```text
/// static GET_THING: Operation = Operation {
///     id: "getThing",
///     method: Method::GET,
///     path: "/things/{thingId}",
///     ..Operation::DEFAULT
/// };
/// let call = Call::new(&client, &GET_THING).path("thingId", &"7").query("limit", &10);
/// let thing: serde_json::Value = call.into_body(decode::json).await?;
/// ```
///
/// A mistake in the arguments is kept and comes out of [`send`](Self::send), before any
/// request.
#[derive(Clone)]
#[must_use = "a call is made when it is sent"]
pub struct Call {
    client: Client,
    operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: RequestBody,
    timeout: Option<Duration>,
    retry: RetryPolicy,
    #[cfg(feature = "streams")]
    pub(super) stream: StreamSettings,
    next_page: Option<Url>,
    problem: Option<RequestError>,
}

impl Call {
    /// A call of the operation with no arguments yet.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: RequestBody::Bytes(Bytes::new()),
            timeout: client.inner.timeout,
            retry: client.inner.retry,
            #[cfg(feature = "streams")]
            stream: StreamSettings {
                idle_timeout: client.inner.stream_idle_timeout,
                reconnects: operation.reconnects,
            },
            next_page: None,
            problem: None,
        }
    }

    /// How long the call may take.
    pub(crate) fn time_limit(&self) -> Option<Duration> {
        self.timeout
    }

    #[cfg(feature = "streams")]
    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        self.retry
    }

    /// The same call, where it can be made once more.
    #[cfg(feature = "streams")]
    pub(crate) fn again(&self) -> Option<Self> {
        self.body.can_be_sent_again().then(|| self.clone())
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a path parameter, in style `simple`.
    pub fn path(self, name: &'static str, value: &impl Serialize) -> Self {
        self.path_with(name, Style::Simple, false, value)
    }

    /// Sets a path parameter, in style `simple`, `label`, `matrix` or as JSON.
    pub fn path_with(
        self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        self.path_as(name, PathStyle::new(style, explode), value)
    }

    /// As [`path_with`](Self::path_with), with `allowReserved`: what a segment of a path may hold stays, which is all
    /// reserved characters but `/`, `?`, `#`, `[` and `]`, and so does what is percent-encoded already.
    pub fn path_reserved(
        self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        self.path_as(name, PathStyle { style, explode, allow_reserved: true }, value)
    }

    /// Sets a query parameter, in style `form`, exploded.
    pub fn query(self, name: &str, value: &impl Serialize) -> Self {
        self.query_with(name, Style::Form, true, value)
    }

    /// Sets a query parameter, in style `form`, `spaceDelimited`, `pipeDelimited`,
    /// `deepObject` or as JSON.
    pub fn query_with(
        self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        self.query_as(name, QueryStyle::new(style, explode), value)
    }

    /// As [`query_with`](Self::query_with), with `allowReserved`: the reserved
    /// characters of the value stay, but for those that would end or change it (`#`,
    /// `&`, `+`, `[`, `]`).
    pub fn query_reserved(
        self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        self.query_as(name, QueryStyle::new(style, explode).allow_reserved(), value)
    }

    /// As [`query_with`](Self::query_with), with all that a query can be told.
    pub fn query_as(mut self, name: &str, style: QueryStyle, value: &impl Serialize) -> Self {
        let value = self.value(name, value);
        self.query.extend(encoding::query(name, style, &value));
        self
    }

    /// Sets a header parameter, in style `simple`. Null sets none.
    pub fn header_parameter(self, name: &str, value: &impl Serialize) -> Self {
        self.header_parameter_with(name, Style::Simple, false, value)
    }

    /// Sets a header parameter, in style `simple` or as JSON. Null sets none.
    pub fn header_parameter_with(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        let value = self.value(name, value);
        if value.is_null() {
            return self;
        }
        self.header(name, &encoding::header(style, explode, &value))
    }

    /// Sets a cookie parameter, in style `form`, exploded.
    pub fn cookie(self, name: &str, value: &impl Serialize) -> Self {
        self.cookie_with(name, Style::Form, true, value)
    }

    /// Sets a cookie parameter, in style `form`, `cookie` or as JSON.
    pub fn cookie_with(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        let value = self.value(name, value);
        for pair in encoding::cookie(name, style, explode, &value) {
            if style == Style::Cookie && pair.contains(|it: char| it == ';' || it.is_control()) {
                self.fail(format!(
                    "the cookie `{name}` holds a character that would end it, and is sent as it is; encode it as the \
                     server reads it"
                ));
            }
            self.cookies.push(pair);
        }
        self
    }

    /// Sets a header of this call, in place of one that the SDK or the client sets.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = match HeaderName::from_bytes(name.as_bytes()) {
            Ok(name) => name,
            Err(_) => {
                self.fail(format!("`{}` cannot be the name of a header", name.escape_debug()));
                return self;
            }
        };
        match HeaderValue::from_bytes(value.as_bytes()) {
            Ok(mut value) => {
                value.set_sensitive(name == AUTHORIZATION || name == COOKIE);
                self.headers.insert(name, value);
            }
            Err(_) => self.fail(format!(
                "the value for the header `{name}` holds a control character, such as a line break"
            )),
        }
        self
    }

    /// Sets a header whose value nobody may see in an output.
    #[cfg(feature = "oauth")]
    pub(crate) fn secret_header(self, name: &str, value: &str) -> Self {
        let mut call = self.header(name, value);
        if let Some(value) = call.headers.get_mut(name) {
            value.set_sensitive(true);
        }
        call
    }

    /// Sets how long this call may take, with all its retries and waits, in place of the
    /// client's time-out.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how often this call is made again, in place of the client's number.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.retry.max_retries = max_retries;
        self
    }

    /// Sets the longest wait of this call before a retry, in place of the client's.
    pub fn max_retry_wait(mut self, max_retry_wait: Duration) -> Self {
        self.retry.max_wait = max_retry_wait;
        self
    }

    /// The value of a parameter as JSON, the form that the styles are defined on.
    fn value(&mut self, name: &str, value: &impl Serialize) -> Value {
        encoding::value(value).unwrap_or_else(|cause| {
            self.fail(format!("the value of the parameter `{name}` cannot be written: {cause}"));
            Value::Null
        })
    }

    fn path_as(mut self, name: &'static str, style: PathStyle, value: &impl Serialize) -> Self {
        let value = self.value(name, value);
        self.set_path(name, style, &value);
        self
    }

    fn set_path(&mut self, name: &'static str, style: PathStyle, value: &Value) {
        let nothing = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        if nothing {
            self.fail(format!(
                "the path parameter `{name}` is empty; the request would reach another resource"
            ));
        }
        self.path.push((name, encoding::path(name, style, value)));
    }

    /// Keeps the first mistake, which is the one nearest to its cause.
    pub(super) fn fail(&mut self, message: String) {
        self.problem.get_or_insert_with(|| RequestError::new(self.operation, message));
    }
}

/// Without the arguments, which can be nobody else's business.
impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", self.operation)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

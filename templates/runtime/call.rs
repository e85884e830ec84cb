//! One call of an operation, from its arguments to its answer.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::Url;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, USER_AGENT,
};
use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::{Map, Value};

#[cfg(feature = "blocking")]
use super::blocking::{Blocking, block_on};
use super::body::{self, RequestBody};
use super::client::Client;
use super::download::Download;
use super::encoding;
use super::error::{Error, RequestError, Result};
use super::multipart::Multipart;
use super::operation::{Operation, Style};
use super::pages::{Items, Pages};
use super::response::{Answer, Response};
use super::retry::RetryPolicy;
use super::transport::{self, BoxFuture};

/// One call of an operation: its arguments, and what was overridden for it.
///
/// The generated request builders fill one. Use it directly, with an [`Operation`] of
/// your own, to reach what the document does not have: authentication, retries and
/// errors work the same.
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
            next_page: None,
            problem: None,
        }
    }

    /// Sets a path parameter, in style `simple`.
    pub fn path(self, name: &'static str, value: &impl Serialize) -> Self {
        self.path_with(name, Style::Simple, false, value)
    }

    /// Sets a path parameter, in style `simple`, `label`, `matrix` or as JSON.
    pub fn path_with(
        mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        let value = self.value(name, value);
        self.set_path(name, style, explode, &value);
        self
    }

    /// Sets a query parameter, in style `form`, exploded.
    pub fn query(self, name: &str, value: &impl Serialize) -> Self {
        self.query_with(name, Style::Form, true, value)
    }

    /// Sets a query parameter, in style `form`, `spaceDelimited`, `pipeDelimited`,
    /// `deepObject` or as JSON.
    pub fn query_with(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        let value = self.value(name, value);
        self.query.extend(encoding::query(name, style, explode, false, &value));
        self
    }

    /// As [`query_with`](Self::query_with), with `allowReserved`: the reserved
    /// characters of the value stay, but for those that would end or change it (`#`,
    /// `&`, `+`, `[`, `]`).
    pub fn query_reserved(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        let value = self.value(name, value);
        self.query.extend(encoding::query(name, style, explode, true, &value));
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

    /// Sets a cookie parameter, in style `form` or as JSON.
    pub fn cookie_with(
        mut self,
        name: &str,
        style: Style,
        explode: bool,
        value: &impl Serialize,
    ) -> Self {
        let value = self.value(name, value);
        self.cookies.extend(encoding::cookie(name, style, explode, &value));
        self
    }

    /// Sets a JSON body (RFC 8259), sent as that media type.
    pub fn json(mut self, media_type: &str, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.bytes(media_type, bytes),
            Err(cause) => {
                self.fail(format!("the body cannot be written as JSON: {cause}"));
                self
            }
        }
    }

    /// Sets a form as the body (`application/x-www-form-urlencoded`): one field for each
    /// member of the object, and several of the same name for a list. Null sets none.
    pub fn form(mut self, body: &impl Serialize) -> Self {
        let fields = match self.value("body", body) {
            Value::Object(fields) => fields,
            Value::Null => Map::new(),
            _ => {
                self.fail("the body is no object, and so no form".to_owned());
                return self;
            }
        };
        let pairs: Vec<String> = fields
            .iter()
            .flat_map(|(name, value)| encoding::query(name, Style::Form, true, false, value))
            .collect();
        self.bytes("application/x-www-form-urlencoded", pairs.join("&"))
    }

    /// Sets a body of several parts (`multipart/form-data`, RFC 7578).
    pub fn multipart(mut self, form: Multipart) -> Self {
        match form.encode() {
            Ok((media_type, body)) => self.bytes(&media_type, body),
            Err(problem) => {
                self.fail(problem);
                self
            }
        }
    }

    /// Sets a body of text, sent as that media type.
    pub fn text(self, media_type: &str, body: impl Into<String>) -> Self {
        self.bytes(media_type, body.into())
    }

    /// Sets a body of bytes, sent as that media type.
    pub fn bytes(mut self, media_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = RequestBody::Bytes(body.into());
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Sets a body that is sent as it becomes available, such as a file, as that media
    /// type. Such a call is made once: it is not made again after a failure.
    pub fn upload(mut self, media_type: &str, body: impl Into<reqwest::Body>) -> Self {
        self.body = RequestBody::stream(body.into());
        self.header(CONTENT_TYPE.as_str(), media_type)
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

    /// Makes the call, and decodes the body of a successful answer with one of the
    /// functions of [`decode`](super::decode).
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::Request`] and [`Error::Authentication`] come before any
    /// request.
    pub fn send<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> impl Future<Output = Result<Response<T>>> + Send + 'static {
        let answer = transport::execute(self, body::whole);
        async move {
            let answer = answer.await?;
            let body = decode(&answer)?;
            Ok(Response::new(answer.head, body))
        }
    }

    /// As [`send`](Self::send), but gives the decoded body only.
    pub fn into_body<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> BoxFuture<Result<T>> {
        let response = self.send(decode);
        Box::pin(async move { Ok(response.await?.into_body()) })
    }

    /// Makes the call, and leaves the body of a successful answer to be read piece by
    /// piece.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send), but for the body.
    pub fn download(self) -> BoxFuture<Result<Download>> {
        transport::execute(self, Download::begin)
    }

    /// As [`send`](Self::send), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send); inside of an async runtime, [`Error::Request`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking<T: Send + 'static>(
        self,
        decode: fn(&Answer) -> Result<T>,
    ) -> Result<Response<T>> {
        block_on(self.operation, self.send(decode))
    }

    /// As [`download`](Self::download), in code that is not async.
    ///
    /// # Errors
    ///
    /// As for [`download`](Self::download); inside of an async runtime,
    /// [`Error::Request`].
    #[cfg(feature = "blocking")]
    pub fn download_blocking(self) -> Result<Download> {
        block_on(self.operation, self.download())
    }

    /// As [`pages`](Self::pages), in code that is not async.
    #[cfg(feature = "blocking")]
    pub fn pages_blocking<P>(self, decode: fn(&Answer) -> Result<P>) -> Blocking<Pages<P>> {
        Blocking::new(self.operation, self.pages(decode))
    }

    /// As [`items`](Self::items), in code that is not async.
    #[cfg(feature = "blocking")]
    pub fn items_blocking<P, I>(
        self,
        decode: fn(&Answer) -> Result<P>,
        items_of: fn(P) -> Vec<I>,
    ) -> Blocking<Items<P, I>> {
        Blocking::new(self.operation, self.items(decode, items_of))
    }

    /// Goes through the pages of a list, from this call's page on.
    pub fn pages<P>(self, decode: fn(&Answer) -> Result<P>) -> Pages<P> {
        Pages::new(self, decode)
    }

    /// Goes through the items of a list, from this call's page on.
    pub fn items<P, I>(
        self,
        decode: fn(&Answer) -> Result<P>,
        items_of: fn(P) -> Vec<I>,
    ) -> Items<P, I> {
        Items::new(self.pages(decode), items_of)
    }

    /// The decoded value of a query parameter.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let start = format!("{}=", encoding::percent_encode(name));
        let value = self.query.iter().find_map(|pair| pair.strip_prefix(&start))?;
        percent_decode_str(value).decode_utf8().ok().map(Cow::into_owned)
    }

    /// The same call with another value for a query parameter.
    pub(crate) fn replace_query(mut self, name: &str, value: &str) -> Self {
        let start = format!("{}=", encoding::percent_encode(name));
        self.query.retain(|pair| !pair.starts_with(&start));
        self.query.push(format!("{start}{}", encoding::percent_encode(value)));
        self
    }

    /// The same call at another URL, which has its own query.
    pub(crate) fn at(mut self, url: Url) -> Self {
        self.next_page = Some(url);
        self
    }

    /// The URL of the call, without credentials.
    pub(crate) fn url(&self) -> Result<Url> {
        if let Some(problem) = &self.problem {
            return Err(Error::Request(problem.clone()));
        }
        if let Some(url) = &self.next_page {
            return Ok(url.clone());
        }
        let path = fill(self.operation, &self.path)?;
        locate(&self.client, self.operation, &path, &self.query)
    }

    /// The value of a parameter as JSON, the form that the styles are defined on.
    fn value(&mut self, name: &str, value: &impl Serialize) -> Value {
        serde_json::to_value(value).unwrap_or_else(|cause| {
            self.fail(format!("the value of the parameter `{name}` cannot be written: {cause}"));
            Value::Null
        })
    }

    fn set_path(&mut self, name: &'static str, style: Style, explode: bool, value: &Value) {
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
        self.path.push((name, encoding::path(name, style, explode, value)));
    }

    /// Keeps the first mistake, which is the one nearest to its cause.
    fn fail(&mut self, message: String) {
        self.problem.get_or_insert_with(|| RequestError::new(self.operation, message));
    }

    /// The request that these arguments make.
    pub(crate) fn prepare(self) -> Result<Request> {
        let url = self.url()?;
        let mut headers = self.headers;
        if !self.operation.accept.is_empty() {
            headers.entry(ACCEPT).or_insert(HeaderValue::from_static(self.operation.accept));
        }
        headers.entry(USER_AGENT).or_insert_with(|| self.client.inner.user_agent.clone());
        if self.body.is_empty() && self.operation.method.takes_body() {
            // Some servers refuse such a request without a length (RFC 9110, section
            // 8.6).
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if !self.cookies.is_empty() {
            add_cookies(&mut headers, &self.cookies, self.operation)?;
        }
        Ok(Request {
            timeout: self.timeout,
            retry: self.retry,
            client: self.client,
            operation: self.operation,
            url,
            headers,
            body: self.body,
        })
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

/// A request that is ready to be sent, once or several times.
pub(crate) struct Request {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: RequestBody,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
}

/// The path template with its parameters filled in.
fn fill(operation: &'static Operation, values: &[(&'static str, String)]) -> Result<String> {
    let mut path = operation.path.to_owned();
    for (name, value) in values {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    let error = |message| Err(Error::Request(RequestError::new(operation, message)));
    if let Some((_, rest)) = path.split_once('{') {
        let name = rest.split('}').next().unwrap_or(rest);
        return error(format!("the path parameter `{name}` has no value"));
    }
    // `.` and `..` mean another path, and percent-encoding does not change that: `%2E`
    // is the same as `.` (RFC 3986, section 6.2.2.2), for URL libraries, proxies and
    // servers alike.
    if let Some(segment) = path.split('/').find(|segment| matches!(*segment, "." | "..")) {
        return error(format!(
            "a path parameter makes the path segment `{segment}`, which no URL can carry as a value"
        ));
    }
    Ok(path)
}

/// The URL of a call.
fn locate(
    client: &Client,
    operation: &'static Operation,
    path: &str,
    pairs: &[String],
) -> Result<Url> {
    let mut url = client.inner.base_url_of(operation)?;
    let (path, fixed_query) = path.split_once('?').unwrap_or((path, ""));
    let path = format!("{}{path}", url.path().trim_end_matches('/'));
    url.set_path(&path);
    let fixed_query = Some(fixed_query).filter(|query| !query.is_empty());
    let query: Vec<&str> =
        fixed_query.into_iter().chain(pairs.iter().map(String::as_str)).collect();
    if !query.is_empty() {
        url.set_query(Some(&query.join("&")));
    }
    Ok(url)
}

/// Adds cookies to the `Cookie` header (RFC 6265, section 4.2).
pub(crate) fn add_cookies(
    headers: &mut HeaderMap,
    cookies: &[String],
    operation: &'static Operation,
) -> Result<()> {
    let mut text = cookies.join("; ").into_bytes();
    if let Some(present) = headers.get(COOKIE) {
        text = [present.as_bytes(), b"; ", &text].concat();
    }
    let Ok(mut value) = HeaderValue::from_bytes(&text) else {
        let message = "a cookie's name holds a character that no cookie may hold";
        return Err(Error::Request(RequestError::new(operation, message)));
    };
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

//! The request that a call makes.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, COOKIE, HeaderMap, HeaderValue, USER_AGENT};

use super::Call;
use crate::runtime::body::RequestBody;
use crate::runtime::client::Client;
use crate::runtime::encoding;
use crate::runtime::error::{Error, RequestError, Result};
use crate::runtime::operation::Operation;
use crate::runtime::retry::RetryPolicy;

/// A request that is ready to be sent, once or several times.
pub(crate) struct Request {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) url: Url,
    /// Those of the arguments, which stand before what is set for every call.
    own_headers: HeaderMap,
    cookies: Vec<String>,
    pub(crate) body: RequestBody,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
}

impl Call {
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

    /// The request that these arguments make.
    pub(crate) fn prepare(self) -> Result<Request> {
        Ok(Request {
            url: self.url()?,
            client: self.client,
            operation: self.operation,
            own_headers: self.headers,
            cookies: self.cookies,
            body: self.body,
            timeout: self.timeout,
            retry: self.retry,
        })
    }
}

impl Request {
    /// The headers, without credentials. They are made for each attempt, of which nearly always there is one.
    pub(crate) fn headers(&self) -> Result<HeaderMap> {
        let mut headers = self.own_headers.clone();
        if !self.operation.accept.is_empty() {
            headers.entry(ACCEPT).or_insert(accept(self.operation)?);
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
        Ok(headers)
    }
}

/// The `Accept` header, whose text is the document's.
fn accept(operation: &'static Operation) -> Result<HeaderValue> {
    HeaderValue::from_maybe_shared(Bytes::from_static(operation.accept.as_bytes())).map_err(|_| {
        let message = "the media type of the answer holds a character that cannot be sent";
        Error::Request(RequestError::new(operation, message))
    })
}

/// The path template with its parameters filled in.
fn fill(operation: &'static Operation, values: &[(&'static str, String)]) -> Result<String> {
    let error = |message| Err(Error::Request(RequestError::new(operation, message)));
    let mut path = String::with_capacity(operation.path.len() + 32);
    let mut rest = operation.path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let Some((_, value)) = values.iter().find(|(of, _)| *of == name) else {
            return error(format!("the path parameter `{name}` has no value"));
        };
        path.push_str(before);
        path.push_str(value);
        rest = after;
    }
    path.push_str(rest);
    if let Some(segment) = path.as_bytes().split(|byte| *byte == b'/').find(|it| is_dots(it)) {
        let segment = String::from_utf8_lossy(segment);
        return error(format!(
            "a path parameter makes the path segment `{segment}`, which no URL can carry as a value"
        ));
    }
    Ok(path)
}

/// Whether a segment means another path: `.` and `..` do, and percent-encoding does not change that. `%2E` is the same as
/// `.` (RFC 3986, section 6.2.2.2), for URL libraries, proxies and servers alike.
fn is_dots(segment: &[u8]) -> bool {
    let mut rest = segment;
    let mut count = 0;
    while let [b'.', after @ ..] | [b'%', b'2', b'e' | b'E', after @ ..] = rest {
        rest = after;
        count += 1;
    }
    rest.is_empty() && matches!(count, 1 | 2)
}

/// The URL of a call.
fn locate(
    client: &Client,
    operation: &'static Operation,
    path: &str,
    pairs: &[String],
) -> Result<Url> {
    let mut url = client.inner.base_url_of(operation)?;
    // Documents tell operations of one path apart by a fragment, which is never sent (RFC 3986,
    // section 3.5). Values have their `#` encoded by now.
    let path = path.split('#').next().unwrap_or(path);
    let (path, fixed_query) = path.split_once('?').unwrap_or((path, ""));
    let path = encoding::literal_path(path);
    match url.path().trim_end_matches('/') {
        "" => url.set_path(&path),
        base => url.set_path(&[base, &path].concat()),
    }
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

//! The request that a test's server has to see.

use serde_json::Value;

use super::arguments::Argument;
use super::credentials::Authorization;
use super::forms;
use super::operation::{Call, Tests};
use super::styles::{self, Pair};
use crate::ir::{Body, BodyKind, Location, Operation, Parameter, StreamFormat};
use crate::render::{markdown, rust};

/// A request as the server has to see it.
pub struct Expected {
    /// The path, percent-encoded.
    pub path: String,
    /// The query.
    pub query: Vec<Pair>,
    /// The headers, sorted.
    pub headers: Vec<Pair>,
    /// The body.
    pub body: Content,
}

/// A body as the server has to see it.
pub enum Content {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// A text, or bytes that are one.
    Text(String),
    /// The fields of a form that is sent like a query.
    Form(Vec<Pair>),
    /// The fields of a form that is sent in parts (RFC 7578); without names where the parts have none.
    Multipart(Vec<Pair>),
}

impl Tests<'_> {
    /// What the document says of the request that these arguments make.
    pub fn expected(
        &self,
        operation: &Operation,
        call: &Call<'_>,
        authorization: Authorization,
    ) -> Result<Expected, String> {
        let unclear = |parameter: &Parameter| {
            format!(
                "OpenAPI leaves open how the value of {} is written",
                markdown::code(&parameter.name)
            )
        };
        // A fragment is never sent (RFC 3986, section 3.5).
        let path = operation.path.split('#').next().unwrap_or_default();
        let (path, fixed) = path.split_once('?').unwrap_or((path, ""));
        let server = operation.server.as_deref().map(path_of_server).unwrap_or_default();
        let path = format!("{server}{path}");
        let mut path = styles::literal(&path);
        let mut query: Vec<Pair> =
            fixed.split('&').filter_map(|pair| pair.split_once('=')).map(owned).collect();
        let mut headers = Vec::new();
        let mut cookies = Vec::new();
        for (parameter, argument) in &call.parameters {
            let value = &argument.value;
            let missing = || unclear(parameter);
            match parameter.location {
                Location::Path => {
                    let text = styles::path(parameter, value).ok_or_else(missing)?;
                    let template = styles::literal(&format!("{{{}}}", parameter.name));
                    path = path.replace(&template, &text);
                }
                Location::Query => {
                    query.extend(styles::pairs(parameter, value).ok_or_else(missing)?)
                }
                Location::Cookie => {
                    cookies.extend(styles::pairs(parameter, value).ok_or_else(missing)?)
                }
                Location::Header => {
                    let text = styles::header(parameter, value).ok_or_else(missing)?;
                    headers.push((parameter.name.to_lowercase(), text));
                }
            }
        }
        query.extend(authorization.query);
        cookies.extend(authorization.cookies);
        headers.extend(authorization.headers);
        // Without a media type, any will do (RFC 9110, section 12.5.1).
        let accept = operation.accept.as_deref().unwrap_or("*/*");
        headers.push(("accept".to_owned(), accept.to_owned()));
        if !cookies.is_empty() {
            let pairs: Vec<String> =
                cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.push(("cookie".to_owned(), pairs.join("; ")));
        }
        let body = match &call.body {
            Some((body, argument)) => {
                headers.push(("content-type".to_owned(), sent_as(body)));
                self.content(body, argument)?
            }
            None => Content::Empty,
        };
        headers.sort();
        Ok(Expected { path, query, headers, body })
    }

    fn content(&self, body: &Body, argument: &Argument) -> Result<Content, String> {
        let pairs = || {
            forms::pairs(self.sdk, body, &argument.value)
                .ok_or("OpenAPI leaves open how the fields of its form are written")
        };
        Ok(match body.kind {
            BodyKind::Json => Content::Json(argument.value.clone()),
            BodyKind::Stream(StreamFormat::JsonSequence) => {
                return Err(
                    "its body is a JSON text sequence, which is compared nowhere".to_owned()
                );
            }
            BodyKind::Stream(format) if format.has_parts() => {
                return Err(
                    "its body has parts without names, which are compared nowhere".to_owned()
                );
            }
            BodyKind::Stream(_) => Content::Text(format!("{}\n", argument.value)),
            BodyKind::Text | BodyKind::Binary => {
                Content::Text(argument.value.as_str().unwrap_or_default().to_owned())
            }
            BodyKind::Form => Content::Form(pairs()?),
            BodyKind::Multipart => Content::Multipart(pairs()?),
        })
    }

    /// The expression for the text that a test knows a body by.
    pub fn body_expression(&mut self, operation: &Operation, body: &Content) -> String {
        match body {
            Content::Empty => rust::string(""),
            Content::Json(value) => {
                self.fixtures.json(&format!("{}_body", operation.method), value)
            }
            Content::Text(text) => rust::string(text),
            Content::Form(pairs) | Content::Multipart(pairs) => rust::string(&query_string(pairs)),
        }
    }
}

/// The path before that of an operation with a server of its own: a relative one is below the base URL, which has no
/// path in a test (RFC 3986, section 5.2.4), and one that is a URL gives way to it.
fn path_of_server(server: &str) -> String {
    if server.starts_with("//") || server.contains("://") {
        return String::new();
    }
    let mut segments = Vec::new();
    for segment in server.trim_matches('/').split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.iter().map(|segment| format!("/{segment}")).collect()
}

/// The media type of a body, as a test tells it: the parameters of several parts are the client's.
fn sent_as(body: &Body) -> String {
    match body.kind {
        BodyKind::Multipart => body.essence().to_owned(),
        _ => body.media_type.clone(),
    }
}

/// Pairs as a query or form has them, percent-encoded.
pub fn query_string(pairs: &[Pair]) -> String {
    let encoded = styles::percent_encoded;
    let pair = |(name, value): &Pair| format!("{}={}", encoded(name), encoded(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn owned((name, value): (&str, &str)) -> Pair {
    (name.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_of_an_operation_is_below_the_base_url() {
        assert_eq!(path_of_server("/v3/"), "/v3");
        assert_eq!(path_of_server("./v5"), "/v5");
        assert_eq!(path_of_server("../a/./b"), "/a/b");
        assert_eq!(path_of_server("https://other.example/v4"), "");
    }
}

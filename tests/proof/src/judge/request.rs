//! A request as curl makes it.

use super::Exchange;
use codegen::render::calls::{Content, Expected, Pair, query_string};

/// A request, worked out from the document alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The request method.
    pub method: String,
    /// Path and query, percent-encoded.
    pub target: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// None.
    Empty,
    /// A text, whatever its media type.
    Text(String),
    /// The fields of a form in parts (RFC 7578). Its boundary is curl's.
    Multipart(Vec<(String, String)>),
}

impl Request {
    /// The request of an operation.
    pub(crate) fn new(method: &str, expected: &Expected) -> Self {
        let mut target = expected.path.clone();
        if !expected.query.is_empty() {
            target = format!("{target}?{}", query_string(&expected.query));
        }
        let body = match &expected.body {
            Content::Empty => Body::Empty,
            Content::Json(value) => Body::Text(value.to_string()),
            Content::Text(text) => Body::Text(text.clone()),
            Content::Form(pairs) => Body::Text(query_string(pairs)),
            Content::Multipart(pairs) => Body::Multipart(pairs.clone()),
        };
        let is_kept =
            |header: &&Pair| !matches!(body, Body::Multipart(_)) || header.0 != "content-type";
        let headers = expected.headers.iter().filter(is_kept).cloned().collect();
        Self { method: method.to_owned(), target, headers, body }
    }

    /// The request that the SDK made, for want of another.
    pub(crate) fn of_exchange(exchange: &Exchange) -> Self {
        let authority = exchange.url.split_once("://").map_or("", |(_, rest)| rest);
        let target = authority.find('/').map_or("/", |start| &authority[start..]);
        let body = match exchange.request_body.as_str() {
            "" => Body::Empty,
            text => Body::Text(text.to_owned()),
        };
        Self {
            method: exchange.method.clone(),
            target: target.to_owned(),
            headers: exchange.request_headers.clone(),
            body,
        }
    }

    /// The arguments with which curl asks a server at a base URL.
    pub fn curl(&self, base_url: &str) -> Vec<String> {
        // The path is sent as it stands, and brackets in it are no pattern.
        let mut arguments: Vec<String> =
            ["--silent", "--include", "--globoff", "--path-as-is"].map(str::to_owned).into();
        match self.method.as_str() {
            "HEAD" => arguments.push("--head".to_owned()),
            method => arguments.extend(["--request".to_owned(), method.to_owned()]),
        }
        arguments.push(format!("{}{}", base_url.trim_end_matches('/'), self.target));
        for (name, value) in &self.headers {
            arguments.extend(["--header".to_owned(), format!("{name}: {value}")]);
        }
        match &self.body {
            Body::Empty => {}
            Body::Text(text) => arguments.extend(["--data-binary".to_owned(), text.clone()]),
            Body::Multipart(fields) => {
                for (name, value) in fields {
                    arguments.extend(["--form-string".to_owned(), format!("{name}={value}")]);
                }
            }
        }
        arguments
    }

    /// The command for a shell, to be copied.
    pub fn command(&self, base_url: &str) -> String {
        let words: Vec<String> = self.curl(base_url).iter().map(|word| quoted(word)).collect();
        format!("curl {}", words.join(" "))
    }
}

/// A word as a POSIX shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_copied() {
        let request = Request {
            method: "POST".to_owned(),
            target: "/pets?name=a%20b&f[x]=1".to_owned(),
            headers: vec![("accept".to_owned(), "*/*".to_owned())],
            body: Body::Text("{\"it's\": 1}".to_owned()),
        };
        assert_eq!(
            request.command("http://127.0.0.1:4010/"),
            r#"curl --silent --include --globoff --path-as-is --request POST 'http://127.0.0.1:4010/pets?name=a%20b&f[x]=1' --header 'accept: */*' --data-binary '{"it'\''s": 1}'"#
        );
    }
}

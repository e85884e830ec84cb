//! The server's answers, and what it has to say in them.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

/// The header in which Prism lists what a request, or its own answer, breaks.
const VIOLATIONS: &str = "sl-violations";

/// The media type of Prism's own complaints (RFC 9457). It answers with it in place of the
/// document's answers.
const PROBLEM: &str = "application/problem+json";

/// The complaints that are about the request, by how their type ends. All others are about the
/// document or the server itself.
const ABOUT_THE_REQUEST: [&str; 6] = [
    "#INVALID_CONTENT_TYPE",
    "#NOT_ACCEPTABLE",
    "#NO_METHOD_MATCHED_ERROR",
    "#NO_PATH_MATCHED_ERROR",
    "#UNAUTHORIZED",
    "#UNPROCESSABLE_ENTITY",
];

/// An answer of the server.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body, as far as it is UTF-8.
    pub body: String,
}

/// What the server has to say against a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Complaint {
    /// The request is not as the document says.
    Request(String),
    /// The server cannot answer the request.
    Server(String),
    /// The answer is no success, and the server gives no reason for that.
    Status(u16),
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(text) | Self::Server(text) => formatter.write_str(text),
            Self::Status(status) => write!(formatter, "{status}, and no reason for it"),
        }
    }
}

impl Answer {
    /// Reads an answer as it is on the wire (RFC 9112), such as `curl --include` shows it. None where
    /// it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        // An interim answer stands before the one that counts (RFC 9110, section 15.2).
        if (100..200).contains(&status) {
            return Self::parse(body);
        }
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        };
        let headers = lines.filter_map(header).collect();
        Some(Self { status, headers, body: body.to_owned() })
    }

    /// The value of a header; `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|header| header.0.eq_ignore_ascii_case(name));
        header.map(|header| header.1.as_str())
    }

    /// What the server has against the request.
    pub fn complaint(&self) -> Option<Complaint> {
        let violations = self.violations("request");
        if !violations.is_empty() {
            return Some(Complaint::Request(violations.join("; ")));
        }
        if self.header("content-type").is_some_and(|value| value.starts_with(PROBLEM)) {
            let problem: Value = serde_json::from_str(&self.body).unwrap_or_default();
            let text = format!("{} {}", self.status, problem_text(&problem, &self.body));
            let kind = problem["type"].as_str().unwrap_or_default();
            let is_about_the_request = ABOUT_THE_REQUEST.iter().any(|end| kind.ends_with(end));
            return Some(match is_about_the_request {
                true => Complaint::Request(text),
                false => Complaint::Server(text),
            });
        }
        match self.status {
            200..300 => None,
            500.. => Some(Complaint::Server(format!("{} {}", self.status, self.body))),
            status => Some(Complaint::Status(status)),
        }
    }

    /// What the server's own answer breaks of the document; empty where it is as it should be.
    pub fn own_violations(&self) -> Vec<String> {
        self.violations("response")
    }

    /// The errors about what begins at `place`. Warnings, such as for a deprecated operation, are none.
    fn violations(&self, place: &str) -> Vec<String> {
        let header = self.header(VIOLATIONS).unwrap_or("[]");
        let list: Value = match serde_json::from_str(header) {
            Ok(list) => list,
            // What cannot be read is no acquittal.
            Err(_) => return vec![header.to_owned()],
        };
        let is_error = |violation: &&Value| {
            violation["severity"] != "Warning" && violation["location"][0] == place
        };
        let violations = list.as_array().into_iter().flatten();
        violations.filter(is_error).map(violation_text).collect()
    }
}

fn violation_text(violation: &Value) -> String {
    let parts = violation["location"].as_array().into_iter().flatten().map(|part| match part {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let place: Vec<String> = parts.collect();
    let message = violation["message"].as_str().unwrap_or("no message");
    format!("{}: {message}", place.join("."))
}

/// The title and detail of a problem, with its violations.
fn problem_text(problem: &Value, body: &str) -> String {
    let text = |key: &str| problem[key].as_str().unwrap_or_default().trim().to_owned();
    let validation = problem["validation"].as_array().into_iter().flatten();
    let texts: Vec<String> = [text("title"), text("detail")]
        .into_iter()
        .chain(validation.map(violation_text))
        .filter(|text| !text.is_empty())
        .collect();
    if texts.is_empty() { body.to_owned() } else { texts.join(": ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer of Prism 5.14.2, as curl shows it.
    fn recorded(head: &str, body: &str) -> Answer {
        let head = head.replace('\n', "\r\n");
        Answer::parse(&format!("{head}\r\n\r\n{body}")).expect("it is an answer")
    }

    #[test]
    fn an_answer_is_read() {
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Type: text/plain\r\n\r\na\r\n\r\nb";
        let answer = Answer::parse(text).unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (201, "a\r\n\r\nb"));
        assert_eq!(answer.header("content-type"), Some("text/plain"));
        assert_eq!(Answer::parse("curl: (7) Failed to connect"), None);
    }

    #[test]
    fn violations_of_the_request_are_told_from_those_of_the_answer() {
        let answer = recorded(
            r#"HTTP/1.1 400 Bad Request
sl-violations: [{"location":["request","body","sessionToken"],"severity":"Error","code":"type","message":"Request body property sessionToken must be string"}]
content-type: application/json"#,
            "{}",
        );
        let text = "request.body.sessionToken: Request body property sessionToken must be string";
        assert_eq!(answer.complaint(), Some(Complaint::Request(text.to_owned())));

        let answer = recorded(
            r#"HTTP/1.1 200 OK
sl-violations: [{"location":["response","body"],"severity":"Error","code":"type","message":"Response body must be object"},{"location":["request"],"severity":"Warning","message":"deprecated"}]"#,
            "[]",
        );
        assert_eq!(answer.complaint(), None);
        assert_eq!(answer.own_violations(), ["response.body: Response body must be object"]);
    }

    #[test]
    fn problems_are_about_the_request_or_the_server() {
        let problem = |status: u16, kind: &str| {
            recorded(
                &format!("HTTP/1.1 {status} X\ncontent-type: application/problem+json"),
                &format!(
                    r#"{{"type":"https://stoplight.io/prism/errors#{kind}","title":"T","detail":"D","validation":[{{"location":["query","limit"],"message":"M"}}]}}"#
                ),
            )
        };
        let refused = problem(422, "UNPROCESSABLE_ENTITY").complaint();
        assert_eq!(refused, Some(Complaint::Request("422 T: D: query.limit: M".to_owned())));
        assert!(matches!(problem(401, "UNAUTHORIZED").complaint(), Some(Complaint::Request(_))));
        assert!(matches!(problem(500, "UNKNOWN").complaint(), Some(Complaint::Server(_))));
    }

    #[test]
    fn no_success_needs_a_reason() {
        assert_eq!(recorded("HTTP/1.1 429 X", "").complaint(), Some(Complaint::Status(429)));
        assert_eq!(recorded("HTTP/1.1 204 X", "").complaint(), None);
        let unreadable = recorded("HTTP/1.1 200 OK\nsl-violations: [", "");
        assert!(matches!(unreadable.complaint(), Some(Complaint::Request(_))));
    }
}

//! The request as the server sees it.

use serde_json::Value;

use super::{Contract, difference, is_json};

/// How many headers a request can have.
const MAX_HEADERS: usize = 64;

/// The headers that a request has only where the contract says so.
const SPOKEN_OF: [&str; 4] = ["accept", "authorization", "content-type", "cookie"];

/// A request that arrived.
#[derive(Default)]
pub struct Received {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Received {
    /// Reads a request, as far as it has arrived.
    pub fn read(bytes: &[u8]) -> Self {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let Ok(httparse::Status::Complete(length)) = head.parse(bytes) else {
            return Self::default();
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            method: head.method.unwrap_or_default().to_owned(),
            target: head.path.unwrap_or_default().to_owned(),
            headers: head
                .headers
                .iter()
                .map(|header| (header.name.to_lowercase(), text(header.value)))
                .collect(),
            body: text(&bytes[length..]),
        }
    }

    /// Whether head and body have arrived.
    pub fn is_complete(&self) -> bool {
        let length = self.header("content-length").and_then(|length| length.parse().ok());
        !self.method.is_empty() && self.body.len() >= length.unwrap_or(0)
    }

    /// How the request differs from what the contract says.
    pub fn problems(&self, contract: &Contract<'_>) -> Vec<String> {
        if self.method.is_empty() {
            return vec!["no request arrived".to_owned()];
        }
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let mut problems = Vec::new();
        problems.extend(text_problem("method", contract.method, &self.method));
        problems.extend(text_problem("path", contract.path, path));
        problems.extend(pairs_problem("query", contract.query, &pairs(query)));
        problems.extend(self.header_problems(contract));
        problems.extend(self.body_problems(contract));
        problems
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    fn header_problems(&self, contract: &Contract<'_>) -> Vec<String> {
        let expected = contract.headers.iter().filter_map(|&(name, value)| {
            let given = self.header(name).unwrap_or("absent");
            // The boundary of a body in parts is the client's, and so is what follows it.
            let given = given.split("; boundary=").next().unwrap_or(given);
            if name == "cookie" {
                cookie_problem(value, given)
            } else {
                text_problem(name, value, given)
            }
        });
        let is_expected = |name: &str| contract.headers.iter().any(|header| header.0 == name);
        let unexpected =
            SPOKEN_OF.into_iter().filter(|name| !is_expected(name)).filter_map(|name| {
                let given = self.header(name)?;
                Some(format!("{name}: expected none, but it is {given:?}"))
            });
        expected.chain(unexpected).collect()
    }

    fn body_problems(&self, contract: &Contract<'_>) -> Vec<String> {
        let media_type = self.header("content-type").unwrap_or_default();
        if let Some((_, parameters)) = media_type.split_once("; boundary=") {
            let boundary = parameters.split(';').next().unwrap_or(parameters);
            return form_problem(contract.body, &parts(&self.body, boundary));
        }
        if media_type.starts_with("application/x-www-form-urlencoded") {
            return form_problem(contract.body, &pairs(&self.body));
        }
        let json = |text: &str| serde_json::from_str::<Value>(text);
        match (json(contract.body), json(&self.body)) {
            (Ok(expected), Ok(given)) if is_json(media_type) => {
                difference::of_json(&expected, &given, "body: $")
            }
            _ => text_problem("body", contract.body, &self.body).into_iter().collect(),
        }
    }
}

fn text_problem(what: &str, expected: &str, given: &str) -> Option<String> {
    let is_same = difference::is_equal_text(expected, given);
    (!is_same).then(|| format!("{what}: expected {expected:?}, but it is {given:?}"))
}

/// The members of an object have no order, and so have the cookies that they become.
fn cookie_problem(expected: &str, given: &str) -> Option<String> {
    let given: Vec<(String, String)> =
        cookies(given).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    pairs_problem("cookie", &cookies(expected).collect::<Vec<_>>(), &given)
}

/// The names and values of cookies (RFC 6265, section 4.2.1).
fn cookies(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("; ").map(|cookie| cookie.split_once('=').unwrap_or((cookie, "")))
}

fn form_problem(expected: &str, given: &[(String, String)]) -> Vec<String> {
    let expected = pairs(expected);
    let expected: Vec<(&str, &str)> =
        expected.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    pairs_problem("body", &expected, given).into_iter().collect()
}

/// The order counts among the values of a name, and not between names.
fn pairs_problem(
    what: &str,
    expected: &[(&str, &str)],
    given: &[(String, String)],
) -> Option<String> {
    let mut expected = expected.to_vec();
    let mut given = given.to_vec();
    expected.sort_by_key(|pair| pair.0);
    given.sort_by(|one, other| one.0.cmp(&other.0));
    let is_same = expected.len() == given.len()
        && expected.iter().zip(&given).all(|(expected, given)| {
            // The name of a query that is JSON as a whole is that JSON.
            difference::is_equal_text(expected.0, &given.0)
                && difference::is_equal_text(expected.1, &given.1)
        });
    (!is_same).then(|| format!("{what}: expected {expected:?}, but it is {given:?}"))
}

/// The names and values of a query or form, decoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// The names and contents of the parts of a body (RFC 7578). Parts have no name unless they are those of a form
/// (RFC 2046, section 5.1).
fn parts(body: &str, boundary: &str) -> Vec<(String, String)> {
    body.split(&format!("--{boundary}"))
        .filter_map(|part| {
            let (head, content) = part.split_once("\r\n\r\n")?;
            let name = head.split_once("form-data; name=\"").map_or("", |(_, rest)| rest);
            let name = name.split('"').next().unwrap_or_default();
            Some((unescaped(name), content.strip_suffix("\r\n")?.to_owned()))
        })
        .collect()
}

/// A name without what keeps it within its quotes (HTML, section 4.10.21.8).
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

//! The scenarios, as `export.mjs` writes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use xtask::Problem;

/// A scenario: calls that have to be made.
#[derive(Clone, Debug, Deserialize)]
pub struct Scenario {
    /// The folder of its specification, such as `type/array`.
    pub specification: String,
    /// Its name.
    pub name: String,
    /// Its calls.
    pub calls: Vec<Call>,
}

/// A call, as the server wants it and answers it.
#[derive(Clone, Debug, Deserialize)]
pub struct Call {
    /// The path, as the server's router reads it.
    pub uri: String,
    /// The request method, in small letters.
    pub method: String,
    /// The query, by names; a list is a parameter for each item.
    pub query: Map<String, Value>,
    /// The headers, by names in any case.
    pub headers: Map<String, Value>,
    /// The body; none where there is none.
    pub body: Option<Body>,
    /// The answer.
    pub answer: Answer,
}

/// A body.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    /// Its media type.
    pub content_type: String,
    /// Its text, where it is one.
    pub text: Option<String>,
    /// Its bytes in Base64, where it is no text.
    pub base64: Option<String>,
    /// The fields of a form in parts.
    #[serde(default)]
    pub parts: Map<String, Value>,
    /// The files of a form in parts.
    #[serde(default)]
    pub files: Vec<File>,
}

impl Body {
    /// The text, or what the bytes are as one; none where there is neither.
    pub fn content(&self) -> Option<String> {
        let of_bytes = |base64: &String| {
            // Node wrote it, so that it is Base64.
            let bytes = STANDARD.decode(base64).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        self.text.clone().or_else(|| self.base64.as_ref().map(of_bytes))
    }
}

/// A file of a form in parts.
#[derive(Clone, Debug, Deserialize)]
pub struct File {
    /// The name of the part.
    #[serde(rename = "fieldname")]
    pub field: String,
    /// The name of the file.
    #[serde(rename = "originalname")]
    pub name: String,
    /// Its media type.
    #[serde(rename = "mimetype")]
    pub media_type: String,
    /// Its bytes in Base64.
    #[serde(rename = "buffer")]
    pub base64: String,
}

/// An answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body; none where there is none.
    pub body: Option<Body>,
}

impl Call {
    /// The path as it is sent.
    pub fn path(&self) -> String {
        self.uri.replace('\\', "")
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&Value> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

/// The scenarios by their specifications.
pub fn read(file: &Path) -> Result<BTreeMap<String, Vec<Scenario>>, Problem> {
    let text = fs::read_to_string(file)?;
    let read: Vec<Scenario> = serde_json::from_str(&text)
        .map_err(|error| Problem(format!("{}: {error}", file.display())))?;
    let mut all: BTreeMap<String, Vec<Scenario>> = BTreeMap::new();
    for scenario in read {
        all.entry(scenario.specification.clone()).or_default().push(scenario);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_of_a_body_is_its_text_or_what_its_bytes_are() {
        let content = |json: &str| serde_json::from_str::<Body>(json).unwrap().content();
        let text = r#"{"contentType":"a/b","text":"Zm9v"}"#;
        assert_eq!(content(text).as_deref(), Some("Zm9v"));
        for (base64, bytes) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmE=", "fooba")]
        {
            let json = format!(r#"{{"contentType":"a/b","base64":"{base64}"}}"#);
            assert_eq!(content(&json).as_deref(), Some(bytes), "{base64}");
        }
        assert_eq!(content(r#"{"contentType":"a/b"}"#), None);
    }
}

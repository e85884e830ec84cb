//! Bodies of several parts (RFC 7578, `multipart/form-data`).

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::model::FilePart;

/// A body of several parts (RFC 7578): fields, JSON and files.
#[derive(Clone, Debug, Default)]
#[must_use = "a form is sent as the body of a call"]
pub struct Multipart {
    parts: Vec<Part>,
    problem: Option<String>,
}

#[derive(Clone)]
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    content: Bytes,
}

impl Multipart {
    /// A form without any part.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field of text. Null adds none, a list adds one for each item, and an
    /// object one as JSON.
    pub fn field(mut self, name: &str, value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(Value::Null) => {}
            Ok(Value::Array(items)) => {
                for item in &items {
                    self.push_value(name, item);
                }
            }
            Ok(value) => self.push_value(name, &value),
            Err(cause) => self.fail(name, &cause),
        }
        self
    }

    /// Adds a part with JSON (RFC 8259).
    pub fn json(mut self, name: &str, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => self.push(name, None, Some("application/json"), json.into()),
            Err(cause) => self.fail(name, &cause),
        }
        self
    }

    /// Adds a file.
    pub fn file(
        mut self,
        name: &str,
        file_name: &str,
        media_type: &str,
        content: impl Into<Bytes>,
    ) -> Self {
        self.push(name, Some(file_name), Some(media_type), content.into());
        self
    }

    /// Adds files under one name: none, one or several.
    pub fn files<'a>(mut self, name: &str, files: impl IntoIterator<Item = &'a FilePart>) -> Self {
        for file in files {
            let content = file.content().clone();
            self.push(name, Some(&file.file_name), file.media_type.as_deref(), content);
        }
        self
    }

    /// Sets the media type of those parts of a name that have none so far.
    pub fn media_type(mut self, name: &str, media_type: &str) -> Self {
        let parts = self.parts.iter_mut().filter(|part| part.name == name);
        for part in parts.filter(|part| part.media_type.is_none()) {
            part.media_type = Some(media_type.to_owned());
        }
        self
    }

    fn push_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::String(text) => self.push(name, None, None, text.clone().into()),
            Value::Object(_) | Value::Array(_) => {
                self.push(name, None, Some("application/json"), value.to_string().into());
            }
            other => self.push(name, None, None, other.to_string().into()),
        }
    }

    fn push(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
        content: Bytes,
    ) {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
            media_type: media_type.map(str::to_owned),
            content,
        });
    }

    fn fail(&mut self, name: &str, cause: &serde_json::Error) {
        let message = format!("the part `{name}` of the body cannot be written: {cause}");
        self.problem.get_or_insert(message);
    }

    /// The media type with its boundary, and the bytes of the body.
    pub(crate) fn encode(self) -> Result<(String, Bytes), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        if let Some(part) = self.parts.iter().find(|part| part.has_control_characters()) {
            return Err(format!(
                "the part `{}` has a line break in its head",
                part.name.escape_debug()
            ));
        }
        let boundary = self.boundary();
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head()).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok((format!("multipart/form-data; boundary={boundary}"), body.into()))
    }

    /// A line that is in none of the parts.
    fn boundary(&self) -> String {
        loop {
            let boundary = format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
            let taken = |part: &Part| {
                part.content.windows(boundary.len()).any(|bytes| bytes == boundary.as_bytes())
            };
            if !self.parts.iter().any(taken) {
                return boundary;
            }
        }
    }
}

impl Part {
    fn has_control_characters(&self) -> bool {
        let names = [Some(&self.name), self.file_name.as_ref(), self.media_type.as_ref()];
        names.into_iter().flatten().any(|text| text.chars().any(char::is_control))
    }

    /// The head of a part (RFC 7578, section 4.2).
    fn head(&self) -> String {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        if let Some(file_name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        let of_files = self.file_name.is_some().then_some("application/octet-stream");
        if let Some(media_type) = self.media_type.as_deref().or(of_files) {
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str("\r\n");
        head
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("length", &self.content.len())
            .finish()
    }
}

/// A name within quotes, as browsers write it (HTML, "multipart/form-data encoding
/// algorithm").
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
}

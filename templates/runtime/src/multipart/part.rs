//! One part of a body.

use std::fmt;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};

use crate::runtime::model::FilePart;

/// A part of a body of several.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// The name of the file that the part is, if it is one.
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    /// Further headers, by names that may be of either case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Bytes,
}

impl Part {
    /// A part of text in that media type, of a kind of body whose parts have no names.
    #[cfg(feature = "streams")]
    pub(crate) fn unnamed(media_type: &str, content: String) -> Self {
        Self {
            name: String::new(),
            file_name: None,
            media_type: Some(media_type.to_owned()),
            headers: Vec::new(),
            content: content.into(),
        }
    }

    /// Adds a header, unless the part has it.
    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        if self.header(name).is_none() {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The value of a further header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }

    /// Why the head of the part cannot be written: a text in it would end it, or is no header.
    pub(super) fn problem(&self) -> Option<String> {
        let name = self.name.escape_debug();
        let texts = [Some(&self.name), self.file_name.as_ref(), self.media_type.as_ref()];
        if texts.into_iter().flatten().any(|text| text.chars().any(char::is_control)) {
            return Some(format!("the part `{name}` has a line break in its head"));
        }
        let is_no_header = |(name, value): &&(String, String)| {
            HeaderName::from_bytes(name.as_bytes()).is_err()
                || HeaderValue::from_str(value).is_err()
        };
        let (header, _) = self.headers.iter().find(is_no_header)?;
        let header = header.escape_debug();
        Some(format!("the part `{name}` has a header `{header}` that cannot be sent"))
    }
}

impl FilePart {
    /// The part that the file is sent as.
    pub(crate) fn part(&self, name: &str) -> Part {
        Part {
            name: name.to_owned(),
            file_name: Some(self.file_name.clone()),
            media_type: self.media_type.clone(),
            headers: self.headers.clone(),
            content: self.content().clone(),
        }
    }
}

/// Without the content, which can be long, or nobody else's business.
impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("length", &self.content.len())
            .finish_non_exhaustive()
    }
}

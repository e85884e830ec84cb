//! Files as parts of a body.

use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

/// A file that goes into a body of several parts, such as `multipart/form-data` (RFC 7578), with its
/// name and media type. In JSON it stands as its content, read as UTF-8.
#[derive(Clone, PartialEq)]
pub struct FilePart {
    pub(crate) file_name: String,
    pub(crate) media_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    content: Bytes,
}

impl FilePart {
    /// A file of that name and content. Its media type is the one that the document gives, or else
    /// `application/octet-stream`.
    pub fn new(file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self {
            file_name: file_name.into(),
            media_type: None,
            headers: Vec::new(),
            content: content.into(),
        }
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Adds a header to the part that the file is sent as. It counts more than one of the document.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The bytes of the file.
    pub fn content(&self) -> &Bytes {
        &self.content
    }
}

/// An empty file.
impl Default for FilePart {
    fn default() -> Self {
        Self::new("file", Bytes::new())
    }
}

/// Shows name, media type and size, and not the content.
impl fmt::Debug for FilePart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FilePart")
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("bytes", &self.content.len())
            .finish()
    }
}

impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(&self.content))
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new("file", String::deserialize(deserializer)?))
    }
}

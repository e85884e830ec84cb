//! Request bodies of several parts that flow (RFC 2046, section 5.1).

use std::fmt;

use futures_core::Stream;
use serde::Serialize;

use super::flow::{Source, Write, Written};
use crate::runtime::encoding;
use crate::runtime::error::BoxError;
use crate::runtime::media_type::is_json;
use crate::runtime::model::FilePart;
use crate::runtime::multipart::{Part, random_boundary, with_boundary};

/// The parts of a request body, one after the other: a list, or a stream that is asked for a part when the connection
/// can take it.
///
/// A call with a stream is made once: it is not made again after a failure.
///
/// ```text
/// client.batches().upload(vec![one, another]).await?;
/// client.batches().upload(PartItems::from_stream(receiver)).await?;
/// ```
pub struct PartItems<T>(Source<T>);

impl<T: 'static> PartItems<T> {
    /// The parts of a stream.
    pub fn from_stream(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Source::of_stream(stream))
    }

    /// The parts of a stream that can fail, which breaks the request off: the call is then an
    /// [`Error::Transport`](crate::runtime::Error::Transport).
    pub fn from_try_stream<E: Into<BoxError> + 'static>(
        stream: impl Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self {
        Self(Source::of_try_stream(stream))
    }
}

impl<T> From<Vec<T>> for PartItems<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Source::List(items))
    }
}

impl<T> fmt::Debug for PartItems<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show("PartItems", formatter)
    }
}

/// How the parts of a body are written by their position (OpenAPI 3.2.0, section 4.14.5.2).
#[derive(Clone, Copy, Debug, Default)]
pub struct PartEncodings {
    /// Of the first parts, one after the other.
    pub prefix: &'static [PartEncoding],
    /// Of all others.
    pub item: PartEncoding,
}

impl PartEncodings {
    /// What holds for all parts unless the document says otherwise.
    pub const DEFAULT: Self =
        Self { prefix: &[], item: PartEncoding { media_type: "", headers: &[] } };
}

/// How a part is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartEncoding {
    /// The media type. Empty: JSON for what is an object or a list, else text; of a file, its own.
    pub media_type: &'static str,
    /// Further headers, with their values. Those of a file count more.
    pub headers: &'static [(&'static str, &'static str)],
}

impl<T: Serialize + Send + 'static> PartItems<T> {
    /// The body as that media type, whose boundary is added to it.
    pub(super) fn written(
        self,
        media_type: &str,
        encodings: PartEncodings,
    ) -> Result<(String, Written), BoxError> {
        self.written_by(media_type, PartsWriter::new(encodings, part))
    }
}

impl PartItems<FilePart> {
    /// As `written`, with the content of each file as that of its part.
    pub(super) fn written_as_files(
        self,
        media_type: &str,
        encodings: PartEncodings,
    ) -> Result<(String, Written), BoxError> {
        self.written_by(media_type, PartsWriter::new(encodings, file_part))
    }
}

impl<T: Send + 'static> PartItems<T> {
    fn written_by(
        self,
        media_type: &str,
        writer: PartsWriter<T>,
    ) -> Result<(String, Written), BoxError> {
        let media_type = with_boundary(media_type, &writer.boundary);
        Ok((media_type, self.0.written(writer)?))
    }
}

/// Makes a part of an item.
type Make<T> = fn(&T, PartEncoding) -> Result<Part, BoxError>;

/// Writes each item as a part.
struct PartsWriter<T> {
    boundary: String,
    encodings: PartEncodings,
    /// How many parts were written.
    count: usize,
    make: Make<T>,
}

impl<T> PartsWriter<T> {
    fn new(encodings: PartEncodings, make: Make<T>) -> Self {
        Self { boundary: random_boundary(), encodings, count: 0, make }
    }
}

impl<T> Write<T> for PartsWriter<T> {
    fn item(&mut self, bytes: &mut Vec<u8>, item: &T) -> Result<(), BoxError> {
        let encoding = self.encodings.prefix.get(self.count).unwrap_or(&self.encodings.item);
        let mut part = (self.make)(item, *encoding)?;
        for (name, value) in encoding.headers {
            part.add_header(name, value);
        }
        part.append_to(bytes, &self.boundary)?;
        self.count += 1;
        Ok(())
    }

    fn end(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
    }
}

/// The part of a value: JSON where that is said, or it is an object or a list, and else text.
fn part<T: Serialize>(item: &T, encoding: PartEncoding) -> Result<Part, BoxError> {
    let value = encoding::value(item)?;
    let media_type = match encoding.media_type {
        "" if value.is_object() || value.is_array() => "application/json",
        "" => "text/plain; charset=utf-8",
        given => given,
    };
    let content = if is_json(media_type) { value.to_string() } else { encoding::plain(&value) };
    Ok(Part::unnamed(media_type, content))
}

fn file_part(file: &FilePart, encoding: PartEncoding) -> Result<Part, BoxError> {
    let mut part = file.part("");
    part.file_name = part.file_name.filter(|name| !name.is_empty());
    let default = match encoding.media_type {
        "" => "application/octet-stream",
        given => given,
    };
    part.media_type.get_or_insert_with(|| default.to_owned());
    Ok(part)
}

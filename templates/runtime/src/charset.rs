//! The charset of an answer.

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};
use reqwest::header::{CONTENT_TYPE, HeaderMap};

use super::media_type::parameter;

/// A text in UTF-8, without a byte order mark: from the charset that the mark tells, or that the
/// parameter `charset` of its media type does (RFC 9110, section 8.3.2). JSON has no such parameter
/// (RFC 8259, section 11), but servers send it.
pub(crate) fn in_utf8(headers: &HeaderMap, text: &Bytes) -> Bytes {
    let (encoding, mark) = match Encoding::for_bom(text) {
        Some(told) => told,
        None => (named(headers).unwrap_or(UTF_8), 0),
    };
    let text = text.slice(mark..);
    if encoding == UTF_8 {
        return text;
    }
    match encoding.decode_without_bom_handling(&text) {
        (decoded, false) => Bytes::from(decoded.into_owned()),
        // What is no text in that charset may be one in UTF-8.
        (_, true) => text,
    }
}

/// The charset that the media type names.
fn named(headers: &HeaderMap) -> Option<&'static Encoding> {
    let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Encoding::for_label(parameter(media_type, "charset")?.as_bytes())
}

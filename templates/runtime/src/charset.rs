//! The charset of a text: of an answer, and of a body.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use reqwest::header::{CONTENT_TYPE, HeaderMap};

use super::media_type::parameter;

/// A text in UTF-8, without a byte order mark: from the charset that the mark tells, or that the
/// parameter `charset` of its media type does (RFC 9110, section 8.3.2). JSON has no such parameter
/// (RFC 8259, section 11), but servers send it.
pub(crate) fn in_utf8<'t>(headers: &HeaderMap, text: &'t [u8]) -> Cow<'t, [u8]> {
    // An item of a stream has no headers, and what begins in ASCII no mark.
    if headers.is_empty() && text.first().is_some_and(u8::is_ascii) {
        return Cow::Borrowed(text);
    }
    let (encoding, mark) = match Encoding::for_bom(text) {
        Some(told) => told,
        None => (named(headers).unwrap_or(UTF_8), 0),
    };
    let text = text.get(mark..).unwrap_or_default();
    if encoding == UTF_8 {
        return Cow::Borrowed(text);
    }
    match encoding.decode_without_bom_handling(text) {
        (decoded, false) => Cow::Owned(decoded.into_owned().into_bytes()),
        // What is no text in that charset may be one in UTF-8.
        (_, true) => Cow::Borrowed(text),
    }
}

/// The charset that the media type names.
fn named(headers: &HeaderMap) -> Option<&'static Encoding> {
    let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Encoding::for_label(parameter(media_type, "charset")?.as_bytes())
}

/// The bytes of a text in the charset that a media type names, or else in UTF-8.
///
/// # Errors
///
/// The charset has no such character, or is one that nothing is written in.
pub(crate) fn encoded(media_type: &str, text: String) -> Result<Vec<u8>, String> {
    let Some(label) = parameter(media_type, "charset") else { return Ok(text.into_bytes()) };
    let Some(encoding) = Encoding::for_label(label.as_bytes()) else {
        return Ok(text.into_bytes());
    };
    // Browsers read these two as windows-1252, which has other characters in some places.
    let is_held = |c: char| match label.to_ascii_lowercase().as_str() {
        "us-ascii" | "ascii" => c.is_ascii(),
        "iso-8859-1" | "latin1" => u32::from(c) < 0x80 || ('\u{a0}'..='\u{ff}').contains(&c),
        _ => true,
    };
    let refused = text.chars().find(|c| encoding == WINDOWS_1252 && !is_held(*c));
    let (bytes, written, has_refused) = encoding.encode(&text);
    if written != encoding {
        return Err(format!("the body cannot be written in the charset `{label}`; send its bytes"));
    }
    if has_refused || refused.is_some() {
        return Err(format!("the body has a character that the charset `{label}` does not have"));
    }
    Ok(bytes.into_owned())
}

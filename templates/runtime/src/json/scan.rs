//! Where strings and numbers end, and whether they are as RFC 8259 has them.

use crate::runtime::byte_search::{below, equal, position};

/// The position of the first byte that is no white space (RFC 8259, section 2), from one on.
#[inline]
pub(super) fn past_white_space(text: &[u8], mut position: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = text.get(position) {
        position += 1;
    }
    position
}

/// The position of the quote that ends the string whose first character is at `start`. `None`: it has an escape, or is
/// none.
#[inline]
pub(super) fn plain_string_end(text: &[u8], start: usize) -> Option<usize> {
    let end = start + length_of_plain(text.get(start..)?);
    (text.get(end) == Some(&b'"')).then_some(end)
}

/// The position of the quote that ends the string whose first character is at `start`. `None`: it has no end, or holds
/// what no string may (RFC 8259, section 7).
pub(super) fn string_end(text: &[u8], start: usize) -> Option<usize> {
    let mut index = start;
    loop {
        index += length_of_plain(text.get(index..)?);
        match text.get(index)? {
            b'"' => return Some(index),
            b'\\' => index += length_of_escape(text.get(index..)?)?,
            // A control character.
            _ => return None,
        }
    }
}

/// How many bytes stand before a quote, a backslash or a control character.
#[inline]
fn length_of_plain(text: &[u8]) -> usize {
    // With its second bit turned over, a quote comes right after the control characters, which stay among themselves.
    let in_word = |word| below(word ^ SECOND_BITS, b' ' + 1) | equal(word, b'\\');
    position(text, in_word, |byte| matches!(byte, b'"' | b'\\' | ..b' ')).unwrap_or(text.len())
}

const SECOND_BITS: u64 = u64::from_le_bytes([b'"' ^ b' '; 8]);

/// The length of the escape that a text begins with.
fn length_of_escape(text: &[u8]) -> Option<usize> {
    match text.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => text.get(2..6)?.iter().all(u8::is_ascii_hexdigit).then_some(6),
        _ => None,
    }
}

/// The length of the number that a text begins with. `None`: it begins with none (RFC 8259, section 6).
pub(super) fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut length = usize::from(text.first() == Some(&b'-'));
    let whole = digits(length);
    if whole == 0 || whole > 1 && text.get(length) == Some(&b'0') {
        return None;
    }
    length += whole;
    if text.get(length) == Some(&b'.') {
        let fraction = digits(length + 1);
        length += 1 + Some(fraction).filter(|digits| *digits > 0)?;
    }
    if let Some(b'e' | b'E') = text.get(length) {
        length += 1 + usize::from(matches!(text.get(length + 1), Some(b'+' | b'-')));
        length += Some(digits(length)).filter(|digits| *digits > 0)?;
    }
    Some(length)
}

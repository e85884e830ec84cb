//! Positions in JSON (RFC 8259).

use std::{borrow::Cow, ops::Range};

use super::{Builder, Positions};

/// Finds the positions in a JSON text that a JSON parser has accepted. Never fails: it stops at what it cannot read.
pub fn positions(text: &str) -> Positions {
    let bytes = text.as_bytes();
    let mut builder = Builder::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'{' | b'[' => builder.start(byte == b'{', start..at),
            b'}' | b']' => builder.end(),
            b'"' => {
                at = end_of_string(bytes, at);
                builder.scalar(&unquoted(text, start..at), start..at);
            }
            b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                at = end_of_word(bytes, at);
                builder.scalar(&text[start..at], start..at);
            }
            _ => {}
        }
    }
    builder.finish()
}

/// The offset behind the closing quote of the string whose content starts at `at`.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The offset behind a number, `true`, `false` or `null`.
fn end_of_word(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|byte| !matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E'));
    at + length.unwrap_or(rest.len())
}

/// The value of a string that stands in quotes in a range of the text.
fn unquoted(text: &str, span: Range<usize>) -> Cow<'_, str> {
    let quoted = &text[span];
    let content = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    if content.contains('\\') {
        serde_json::from_str(quoted).map_or(Cow::Borrowed(content), Cow::Owned)
    } else {
        Cow::Borrowed(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_found() {
        let text = r#"{"a": {"b\/c": [true, -1.5e3, "x\"y"]}, "a\u0041": null}"#;
        let positions = positions(text);
        let written = |pointer| positions.scalar(pointer).map(|span| &text[span]);
        assert_eq!(written("/a/b~1c/0"), Some("true"));
        assert_eq!(written("/a/b~1c/1"), Some("-1.5e3"));
        assert_eq!(written("/a/b~1c/2"), Some(r#""x\"y""#));
        assert_eq!(written("/aA"), Some("null"));
        assert_eq!(&text[positions.nearest("/a/b~1c")], r#""b\/c""#);
    }

    #[test]
    fn the_repeated_key_is_found() {
        let text = r#"{"a": 1, "b": 2, "a": 3}"#;
        assert_eq!(positions(text).duplicate("/a"), Some(17..20));
        assert_eq!(positions(text).duplicate("/b"), None);
    }

    #[test]
    fn a_text_that_ends_early_gives_what_there_is() {
        let text = r#"{"a": "x", "b": "y"#;
        assert_eq!(positions(text).scalar("/a"), Some(6..9));
    }
}

//! Characters that a reader cannot see, or that change what a reader sees.
//!
//! A document's text ends in places that people read: sources, pages, a terminal. Control characters, format
//! characters (which turn the direction of text, or are invisible) and the separators of lines and paragraphs that
//! Unicode has besides the line feed have no business there: Trojan Source, CVE-2021-42574, and escape sequences of
//! terminals are made of them. In prose they are dropped, in names and values, where they carry meaning, they are
//! shown by their number.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Whether a character is hidden: a control character (`Cc`) other than a line feed or a tab, a format character
/// (`Cf`), a separator of lines or paragraphs (`Zl`, `Zp`), a letter or mark that has no picture, or no character at all.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\n' | '\t');
    }
    let has_no_picture = matches!(
        c,
        '\u{34F}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{3164}'
            | '\u{FDD0}'..='\u{FDEF}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}'
    );
    let is_no_character = c as u32 & 0xFFFE == 0xFFFE;
    has_no_picture
        || is_no_character
        || matches!(
            get_general_category(c),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
        )
}

/// Prose without hidden characters. What ends a line anywhere (CR, NEL, U+2028, U+2029, the vertical tab and the form
/// feed) becomes a line feed, so that it parts words here, too.
pub fn prose(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            hidden if is_hidden(hidden) => {}
            seen => kept.push(seen),
        }
    }
    Cow::Owned(kept)
}

/// A name or a value on one line: hidden characters, line feeds and tabs are shown as Rust writes them, such as
/// `\u{202e}` and `\n`.
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_hidden(c) || matches!(c, '\n' | '\t'))
}

/// A text of several lines, such as a terminal takes: hidden characters are shown as in [`shown`], line feeds and tabs
/// stay.
pub fn text(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden)
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_escaped(c) => shown.push(c),
            '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
            c => shown.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(shown)
}

/// JSON in which hidden characters are escaped as RFC 8259, section 7, has them: the same value, seen by everybody.
/// Takes only what is JSON already, where such characters can stand in nothing but strings.
pub fn json(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped_from_prose_and_shown_in_names() {
        let odd = "a\u{202E}b\u{200B}c\u{7}d\u{FEFF}e\u{E0041}f\u{3164}g";
        assert_eq!(prose(odd), "abcdefg");
        assert_eq!(shown(odd), "a\\u{202e}b\\u{200b}c\\u{7}d\\u{feff}e\\u{e0041}f\\u{3164}g");
    }

    #[test]
    fn whatever_ends_a_line_is_a_line_feed() {
        assert_eq!(
            prose("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{C}g\u{B}h"),
            "a\nb\nc\nd\ne\nf\ng\nh"
        );
        assert_eq!(shown("a\r\n\tb"), "a\\r\\n\\tb");
    }

    #[test]
    fn the_lines_of_a_text_stay() {
        assert_eq!(text("a\n\tb\u{1b}[2J\r\u{9b}"), "a\n\tb\\u{1b}[2J\\r\\u{9b}");
    }

    #[test]
    fn letters_and_pictures_of_all_scripts_stay() {
        let text = "é 用户 Ελλάδα नमस्ते 👍🏽 \u{2764}\u{FE0F}\ttab\nline";
        assert_eq!(prose(text), text);
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({"a\u{202E}": "b\u{2028}\u{E0041}\u{7f}"});
        let text = serde_json::to_string(&value).unwrap();
        let escaped = json(&text);
        assert!(!escaped.contains(is_hidden), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
    }
}

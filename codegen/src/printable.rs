//! Texts of others, such that a terminal only shows them.
//!
//! A character that a terminal acts on, that reorders the text around it or that cannot be seen is
//! written as its escape, `\u{1b}`: the reader sees that it is there, and it does nothing.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::RangeInclusive;

/// What cannot be seen besides the control characters: Unicode's categories Cf, Zl and Zp, and the
/// letters without a shape.
const UNSEEN: [RangeInclusive<char>; 27] = [
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{600}'..='\u{605}',
    '\u{61c}'..='\u{61c}',
    '\u{6dd}'..='\u{6dd}',
    '\u{70f}'..='\u{70f}',
    '\u{890}'..='\u{891}',
    '\u{8e2}'..='\u{8e2}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{3164}'..='\u{3164}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fffb}',
    '\u{110bd}'..='\u{110bd}',
    '\u{110cd}'..='\u{110cd}',
    '\u{13430}'..='\u{1343f}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
    '\u{fdd0}'..='\u{fdef}',
    '\u{fffe}'..='\u{ffff}',
    '\u{10fffe}'..='\u{10ffff}',
];

/// Whether a character must not reach a terminal as it is: a control character, line breaks and tabs
/// among them, or one that cannot be seen.
pub fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || (!letter.is_ascii() && UNSEEN.iter().any(|range| range.contains(&letter)))
}

/// `text` on one line: every character that cannot be seen is escaped, line breaks and tabs, too.
pub fn line(text: &str) -> Cow<'_, str> {
    escaped(text, is_unseen)
}

/// `text` of several lines: what cannot be seen is escaped, but for line feeds and tabs.
pub fn text(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| is_unseen(letter) && !matches!(letter, '\n' | '\t'))
}

/// A JSON text that means the same: what cannot be seen in its strings is escaped as JSON does it
/// (RFC 8259, section 7). Outside of strings there is nothing of that kind but line breaks and tabs.
pub fn json(text: &str) -> Cow<'_, str> {
    let is_escaped = |letter: char| is_unseen(letter) && !matches!(letter, '\n' | '\r' | '\t');
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_escaped(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_escaped(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_acts_on_is_written_as_its_escape() {
        for (raw, shown) in [
            ("\u{1b}]0;owned\u{7}", "\\u{1b}]0;owned\\u{7}"),
            ("\u{9b}2J\u{7f}", "\\u{9b}2J\\u{7f}"),
            ("a\rb", "a\\u{d}b"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
            ("a\u{200b}b\u{feff}c\u{e0041}d", "a\\u{200b}b\\u{feff}c\\u{e0041}d"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a\\u{2028}b\\u{2029}c\\u{85}d"),
            ("Größe 日本 😀 \\u{41}", "Größe 日本 😀 \\u{41}"),
        ] {
            assert_eq!(line(raw), shown);
            assert_eq!(text(raw), shown);
        }
    }

    #[test]
    fn line_breaks_and_tabs_stay_in_a_text_and_not_in_a_line() {
        assert_eq!(text("a\n\tb"), "a\n\tb");
        assert_eq!(line("a\n\tb"), "a\\u{a}\\u{9}b");
    }

    #[test]
    fn json_means_the_same() {
        let value = serde_json::json!({"a\u{202e}": ["\u{9b}\u{1b}\r\n\u{e0041}", "\\u{1}"]});
        let raw = serde_json::to_string_pretty(&value).unwrap();
        let shown = json(&raw);
        assert!(!shown.contains(|letter| is_unseen(letter) && letter != '\n'), "{shown}");
        assert!(shown.contains("\\u202e") && shown.contains("\\udb40\\udc41"), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}

//! How a text that came from elsewhere stands in an error or a log.
//!
//! A text of the server's is one line of a documented length, so that it can neither pass for
//! another entry of a log nor fill it; the accessors of errors and answers have it whole.

use std::fmt::{self, Write};

/// How many characters of a text that came from elsewhere are shown.
pub(crate) const MAX_SHOWN: usize = 500;

/// A text that came from elsewhere: [`MAX_SHOWN`] characters at most, with control characters,
/// line breaks and invisible characters escaped. `Debug` adds quotes.
pub(crate) struct Shown<'t>(pub(crate) &'t str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(MAX_SHOWN) {
            if is_visible(character) {
                formatter.write_char(character)?;
            } else {
                write!(formatter, "{}", character.escape_default())?;
            }
        }
        if characters.next().is_some() { formatter.write_str("...") } else { Ok(()) }
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "\"{self}\"")
    }
}

/// A text as [`Shown`] shows it.
#[cfg(feature = "client")]
pub(crate) fn shown(text: &str) -> String {
    Shown(text).to_string()
}

/// Whether a character takes its own place in a line: control characters (Cc), format characters
/// (Cf, among them those that turn the direction of writing) and line separators do not.
fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(character,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

//! Numbers and strings that no Rust value is equal to: a number beyond `f64` or of more digits, a
//! string with half of a surrogate pair (RFC 8259, sections 6 and 8.2).
//!
//! They do not refuse an answer: they are read as what comes nearest, infinity and U+FFFD. The text
//! of the property that holds them is kept beside it by its model, which writes it back unchanged.
//! Where they are is counted for each text by itself.

use std::cell::Cell;

/// More digits than these may not be told apart by an `f64`.
const MAX_DIGITS: usize = 17;

/// How many odd values were read that no model has kept yet.
pub(crate) type Count = usize;

/// The odd values of the text that is read.
#[derive(Debug, Default)]
pub(crate) struct Odd {
    count: Cell<Count>,
    /// The last property with some: their count before it, and where its value is.
    last: Cell<Option<(Count, usize, usize)>>,
}

impl Odd {
    pub(crate) fn count(&self) -> Count {
        self.count.get()
    }

    pub(crate) fn restore(&self, count: Count) {
        self.count.set(count);
        self.last.set(None);
    }

    /// Counts one more.
    pub(super) fn add(&self) {
        self.count.set(self.count.get() + 1);
    }

    /// Notes that the value of a property holds none.
    pub(super) fn clear(&self) {
        self.last.set(None);
    }

    /// Notes that the value of a property holds some.
    pub(super) fn note(&self, before: Count, start: usize, end: usize) {
        self.last.set(Some((before, start, end)));
    }

    /// Where the value of the property is that was just read, if it holds some. They are kept now.
    pub(super) fn take(&self) -> Option<(usize, usize)> {
        let (before, start, end) = self.last.take()?;
        self.count.set(before);
        Some((start, end))
    }
}

/// The number nearest to one that is no integer of 64 bits, and whether it is another one.
pub(super) fn number(text: &str) -> (f64, bool) {
    let number: f64 = text.parse().unwrap_or_default();
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    (number, number.is_infinite() || digits > MAX_DIGITS)
}

/// A string whose escapes make no text: a half of a surrogate pair becomes U+FFFD.
pub(super) fn string(escaped: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut text = String::new();
    let mut rest = escaped.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            flush(&mut units, &mut text);
            text.push(character);
            continue;
        }
        match rest.next() {
            Some('u') => {
                let digits: String = rest.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xfffd));
            }
            other => {
                flush(&mut units, &mut text);
                text.extend(other.map(|escape| match escape {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                }));
            }
        }
    }
    flush(&mut units, &mut text);
    text
}

fn flush(units: &mut Vec<u16>, text: &mut String) {
    text.push_str(&String::from_utf16_lossy(units));
    units.clear();
}

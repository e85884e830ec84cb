//! Numbers and strings that no Rust value is equal to: a number beyond `f64` or of more digits, a
//! string with half of a surrogate pair (RFC 8259, sections 6 and 8.2).
//!
//! They do not refuse an answer: they are read as what comes nearest, infinity and U+FFFD. The text
//! of the property that holds them is kept beside it by its model, which writes it back unchanged.
//! Where they are is counted on the side, for the thread that reads.

use std::cell::Cell;

use super::document::current;

/// More digits than these may not be told apart by an `f64`.
const MAX_DIGITS: usize = 17;

/// How many odd values were read that no model has kept yet.
pub(crate) type Count = usize;

thread_local! {
    static COUNT: Cell<Count> = const { Cell::new(0) };
    /// The last property with some: their count before it, and where its value is.
    static LAST: Cell<Option<(Count, usize, usize)>> = const { Cell::new(None) };
}

pub(crate) fn count() -> Count {
    COUNT.get()
}

pub(crate) fn restore(count: Count) {
    COUNT.set(count);
    LAST.set(None);
}

/// Begins anew, and gives what was counted.
pub(super) fn forget() -> Count {
    LAST.set(None);
    COUNT.replace(0)
}

/// Notes that the value of a property holds none.
pub(super) fn clear() {
    LAST.set(None);
}

/// Notes that the value of a property holds some.
pub(super) fn note(before: Count, start: usize, end: usize) {
    LAST.set(Some((before, start, end)));
}

/// The text of the property that was just read, if it holds some.
pub(crate) fn take() -> Option<Box<str>> {
    let (before, start, end) = LAST.take()?;
    COUNT.set(before);
    current().map(|document| document.slice(start, end).into())
}

/// The number nearest to one that is no integer of 64 bits.
pub(super) fn number(text: &str) -> f64 {
    let number: f64 = text.parse().unwrap_or_default();
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    if number.is_infinite() || digits > MAX_DIGITS {
        COUNT.set(COUNT.get() + 1);
    }
    number
}

/// A string whose escapes make no text: a half of a surrogate pair becomes U+FFFD.
pub(super) fn string(escaped: &str) -> String {
    COUNT.set(COUNT.get() + 1);
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

//! Numbers and strings that no Rust value is equal to: a number beyond `f64` or of more digits, a
//! string with half of a surrogate pair (RFC 8259, sections 6 and 8.2).
//!
//! They do not refuse an answer: they are read as what comes nearest, infinity and U+FFFD. The text
//! of the property that holds them is kept beside it by its model, which writes it back unchanged.

/// More digits than these may not be told apart by an `f64`.
const MAX_DIGITS: usize = 17;

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

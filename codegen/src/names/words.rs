//! The words of a text, and identifiers made of them.

use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;

use crate::characters::is_hidden;

/// Punctuation that may stand in an identifier (general category Pc), and dots in the middle.
const CONNECTORS: [char; 13] = [
    '_', '\u{b7}', '\u{387}', '\u{203f}', '\u{2040}', '\u{2054}', '\u{30fb}', '\u{fe33}',
    '\u{fe34}', '\u{fe4d}', '\u{fe4e}', '\u{fe4f}', '\u{ff3f}',
];

/// `some_words`, from `SomeWords`, `some-words` and the like.
pub fn snake(text: &str) -> String {
    lower(text, "_")
}

/// `some-words`.
pub fn kebab(text: &str) -> String {
    lower(text, "-")
}

/// `SomeWords`.
pub fn upper_camel(text: &str) -> String {
    words(text).iter().map(|word| capitalized(word)).collect()
}

fn lower(text: &str, between: &str) -> String {
    let words: Vec<String> = words(text).iter().map(|word| word.to_lowercase()).collect();
    words.join(between)
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + &letters.as_str().to_lowercase(),
        None => String::new(),
    }
}

/// The words of a text: parted by what may not stand in an identifier (UAX #31), and where the case tells.
fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    let letters: Vec<char> = text.chars().collect();
    letters
        .split(|letter| !is_letter(*letter))
        .flat_map(|run| by_case(&whole_abbreviations(run)))
        .collect()
}

/// Whether a character is part of a word. What only connects words, such as `_`, is not, nor what nobody sees.
fn is_letter(letter: char) -> bool {
    is_xid_continue(letter)
        && !is_hidden(letter)
        && (letter.is_alphanumeric() || !CONNECTORS.contains(&letter))
}

/// Parts a run of letters where a capital follows a small letter, and before the last capital of several. Letters of
/// scripts without case count as small ones.
fn by_case(run: &[char]) -> Vec<String> {
    let is_small = |letter: char| letter.is_alphabetic() && !letter.is_uppercase();
    let mut words = Vec::new();
    let mut word = String::new();
    // The case of the last letter that has one; digits go on with it.
    let mut last_is_small = None;
    for (index, &letter) in run.iter().enumerate() {
        let next = run.get(index + 1).copied();
        let begins = last_is_small == Some(false)
            && letter.is_uppercase()
            && next.is_some_and(char::is_lowercase);
        if begins && !word.is_empty() {
            words.push(std::mem::take(&mut word));
            last_is_small = None;
        } else if letter.is_uppercase() {
            last_is_small = Some(false);
        } else if is_small(letter) {
            last_is_small = Some(true);
        }
        word.push(letter);
        if last_is_small == Some(true) && next.is_some_and(char::is_uppercase) {
            words.push(std::mem::take(&mut word));
            last_is_small = None;
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The letters, with abbreviations such as `VPCs` written as the one word that they are.
fn whole_abbreviations(letters: &[char]) -> Vec<char> {
    let mut written = Vec::with_capacity(letters.len());
    let mut rest = letters;
    let mut is_inside = false;
    while let Some(first) = rest.first() {
        let length = if is_inside { 1 } else { abbreviation(rest) };
        is_inside = length == 1 && first.is_ascii_uppercase();
        written.push(*first);
        written.extend(rest[1..length].iter().map(char::to_ascii_lowercase));
        rest = &rest[length..];
    }
    written
}

/// The length of an abbreviation with a small letter that belongs to it, as in `VPCs` and `IPv6`, at the start of a
/// text; 1 where there is none.
fn abbreviation(text: &[char]) -> usize {
    let capitals = text.iter().take_while(|c| c.is_ascii_uppercase()).count();
    let is_end = |next: Option<&char>| next.is_none_or(|next| !next.is_ascii_lowercase());
    match text.get(capitals) {
        Some('s') if capitals > 1 && is_end(text.get(capitals + 1)) => capitals + 1,
        Some('v') if capitals > 1 && text.get(capitals + 1).is_some_and(char::is_ascii_digit) => {
            capitals + 1
        }
        _ => 1,
    }
}

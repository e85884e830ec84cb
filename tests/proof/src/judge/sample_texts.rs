//! Texts that a schema takes.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A text of each format that JSON Schema and OpenAPI name, and of some forms that patterns ask for.
pub static SAMPLES: [&str; 22] = [
    "text",
    "4f2c1e9a-7b3d-4c5e-8f60-1a2b3c4d5e6f",
    "https://example.com",
    "https://example.com/path",
    "user@example.com",
    "www.example.com",
    "2026-01-31",
    "2026-01-31T12:00:00Z",
    "12:00:00Z",
    "P1D",
    "192.0.2.1",
    "2001:db8::1",
    "/path",
    "dGV4dA==",
    "#1a2b3c",
    "en",
    "en-US",
    "US",
    "1",
    "123456",
    "{}",
    "^[a-z]+$",
];

/// How often a part is repeated that may be repeated without end.
const REPETITIONS: u32 = 1;

/// The shortest text that a pattern (ECMA-262) matches, as far as it can be told: none where the
/// pattern has what no regular language has, such as a look-ahead.
pub fn matching(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(member(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repetition.min.max(REPETITIONS).min(most) {
                write(&repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, text)?,
    }
    Some(())
}

/// A character of a class: a letter or digit where it has one.
fn member(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let is_in =
        |c: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(c));
    let known = ('a'..='z').chain('A'..='Z').chain('1'..='9').chain(['0', '-', '_', '.', '/']);
    known.into_iter().find(is_in).or_else(|| class.ranges().first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_made_of_a_pattern() {
        assert_eq!(matching("^https?://[a-z.-]+(:[0-9]{1,5})?/?$").unwrap(), "https://a:1/");
        assert_eq!(matching(r"^\d{3}-(cat|dog)$").unwrap(), "111-cat");
        assert_eq!(matching("^(?=.*a).*$"), None);
    }
}

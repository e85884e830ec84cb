//! Stops YAML that would take hours to read.
//!
//! libyaml, which serde_yaml reads with, takes time in the square of the depth of `[` and `{`. No document is that
//! deep, but a hostile one may be.

use saphyr_parser::{Parser, ScanError};

/// As many brackets may be open at once before a closer look is taken. Some are in strings.
const SUSPICIOUS: usize = 1_000;

/// Gives the place where a text goes deeper than can be meant, or where it is no YAML, if it looks that deep at all.
pub fn check(text: &str) -> Result<(), ScanError> {
    if deepest(text) < SUSPICIOUS {
        return Ok(());
    }
    // This parser has a limit of its own and tells brackets from those in strings.
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        event?;
    }
    Ok(())
}

/// The greatest number of brackets that are open at once, those in strings among them.
fn deepest(text: &str) -> usize {
    let mut open = 0usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn brackets_in_strings_are_none() {
        assert!(check(&format!("a: '{}'", "[".repeat(5_000))).is_ok());
        assert!(check(&format!("a: {}", "[".repeat(5_000))).is_err());
    }
}

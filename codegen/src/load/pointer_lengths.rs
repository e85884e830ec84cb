//! How much text the places of a file take: each is named by a JSON pointer, which repeats all keys above it.

use serde_json::Value;

use crate::diagnostics::Diagnostics;
use crate::document::pointer;
use crate::source::Source;

/// How many bytes the pointers of all objects and lists of a file have together at most, beyond [`OF_A_BYTE`] for each of its
/// bytes. A key of a megabyte with a thousand objects below it has four times as many.
pub const MOST_POINTERS: usize = 256 << 20;

/// How many bytes of pointers any file may have for each byte of its own. Documents as they are written have about three.
const OF_A_BYTE: usize = 16;

/// Checks that what names each place can be kept; `None` after an error.
pub fn check(value: &Value, source: &Source, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut left = source.text.len().saturating_mul(OF_A_BYTE).saturating_add(MOST_POINTERS);
    let mut way = Vec::new();
    if fits(value, 0, &mut left, &mut way) {
        return Some(());
    }
    let at = way.iter().rev().fold(String::new(), |at, token| pointer::child(&at, token));
    let location = source.at_pointer(&at);
    let message = format!(
        "the JSON pointers of this file have more than {MOST_POINTERS} bytes, since keys are repeated in each below them"
    );
    diagnostics
        .error("too-long-keys", at, message)
        .at(Some(location))
        .help("this is the first place beyond the limit; shorten the keys above it");
    None
}

/// Takes the pointers of all objects and lists from what is `left`; the one of this value has `length` bytes. Where that is
/// too little, `way` is the way to the first place beyond, from its end.
fn fits(value: &Value, length: usize, left: &mut usize, way: &mut Vec<String>) -> bool {
    if !value.is_object() && !value.is_array() {
        return true;
    }
    let Some(rest) = left.checked_sub(length) else { return false };
    *left = rest;
    match value {
        Value::Object(object) => object.iter().all(|(key, child)| {
            let fits = fits(child, length + 1 + key.len(), left, way);
            if !fits {
                way.push(key.clone());
            }
            fits
        }),
        Value::Array(items) => items.iter().enumerate().all(|(index, item)| {
            let fits = fits(item, length + 2, left, way);
            if !fits {
                way.push(index.to_string());
            }
            fits
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Notation;

    #[test]
    fn a_place_is_counted_with_all_keys_above_it() {
        let value = json!({"ab": {"c": [[], 1, {}], "d": "e"}, "f~": {}});
        // ``, `/ab`, `/ab/c`, `/ab/c/0`, `/ab/c/2`, `/f~`: an escape is not counted.
        let bytes = 3 + 5 + 7 + 7 + 3;
        let (mut way, mut left) = (Vec::new(), bytes);
        assert!(fits(&value, 0, &mut left, &mut way));
        assert_eq!((way.len(), left), (0, 0));
        for (short, expected) in [(1, &["f~"][..]), (4, &["2", "c", "ab"]), (bytes - 2, &["ab"])] {
            let mut way = Vec::new();
            assert!(!fits(&value, 0, &mut (bytes - short), &mut way));
            assert_eq!(way, expected);
        }
    }

    #[test]
    fn a_long_key_with_many_objects_below_is_refused_with_its_place() {
        let below: serde_json::Map<String, Value> =
            (0..3_000).map(|number| (number.to_string(), json!({}))).collect();
        let value = json!({"a": {"k".repeat(1_000_000): below}});
        let source = Source::new(std::path::Path::new("a.json"), value.to_string(), Notation::Json);
        let mut diagnostics = Diagnostics::new();
        assert!(check(&value, &source, &mut diagnostics).is_none());
        let found: Vec<_> = diagnostics.iter().collect();
        assert_eq!((found.len(), found[0].code), (1, "too-long-keys"));
        assert!(found[0].pointer.as_ref().is_some_and(|it| it.starts_with("/a/kk")));
        assert!(check(&json!({"a": {"b": {}}}), &source, &mut Diagnostics::new()).is_some());
    }
}

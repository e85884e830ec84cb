//! Enums of strings, integers and both, and `const`.

use features_sdk::models::{Level, Mixed, MixedString, OneNumber, OneWord, Word};
use serde_json::{Value, json};

use crate::support::{kept, read, write};

#[test]
fn a_value_may_have_any_characters() {
    let words = [
        (Word::Plus1, "+1"),
        (Word::Minus1, "-1"),
        (Word::Empty, ""),
        (Word::Space, " "),
        (Word::UnknownValue, "UNKNOWN"),
        (Word::UnknownValue2, "unknown"),
        (Word::Self_, "self"),
        (Word::AB, "a b"),
        (Word::AB2, "A-B"),
        (Word::Quote, "quote\""),
        (Word::Brace, "brace{}"),
        (Word::BackSlash, "back\\slash"),
        (Word::Ж, "ж"),
        (Word::Star, "*"),
        (Word::V2fa, "2fa"),
    ];
    for (word, text) in words {
        assert_eq!(read::<Word>(json!(text)), word);
        assert_eq!(write(&word), json!(text));
        assert_eq!(Word::from(text), word);
        assert_eq!(word.to_string(), text);
    }
}

#[test]
fn a_value_of_a_newer_server_is_kept() {
    let word: Word = kept(json!("A B"));
    assert_eq!(word, Word::Unknown("A B".to_owned()));
    let level: Level = kept(json!(99));
    assert_eq!(level, Level::Unknown(99));
}

#[test]
fn integers_have_signs() {
    let levels: Vec<Level> = kept(json!([-1, 0, 1, 10]));
    assert_eq!(levels, [Level::Minus1, Level::Value0, Level::Value1, Level::Value10]);
    assert_eq!(Level::Minus1.as_i64(), -1);
}

#[test]
fn values_of_several_types_are_told_apart() {
    let values: Vec<Mixed> = kept(json!(["auto", 2, true, "later"]));
    let later = MixedString::Unknown("later".to_owned());
    let expected = [Mixed::from(MixedString::Auto), 2.into(), true.into(), later.into()];
    assert_eq!(values, expected);
}

#[test]
fn a_constant_is_an_enum_of_one() {
    assert_eq!(kept::<OneWord>(json!("acme")), OneWord::Acme);
    assert_eq!(kept::<OneNumber>(json!(7)), OneNumber::Value7);
    let other: Value = json!("other");
    assert_eq!(kept::<OneWord>(other), OneWord::Unknown("other".to_owned()));
}

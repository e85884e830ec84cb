//! What an error shows of texts and URLs of others.

use crate::runtime::origin::origin_of;
use crate::runtime::shown::{MAX_SHOWN, Shown, shown};

#[test]
fn a_text_stays_in_its_line() {
    assert_eq!(shown("a\nb\u{1b}[31m\u{202e}\u{2028}é"), r"a\nb\u{1b}[31m\u{202e}\u{2028}é");
    assert_eq!(format!("{:?}", Shown("\0")), r#""\u{0}""#);
}

#[test]
fn a_long_text_is_cut() {
    let text = shown(&"é".repeat(MAX_SHOWN + 1));
    assert_eq!(text, format!("{}...", "é".repeat(MAX_SHOWN)));
    assert_eq!(shown(&"é".repeat(MAX_SHOWN)).chars().count(), MAX_SHOWN);
}

#[test]
fn of_a_url_the_origin_is_shown() {
    let text = "https://me:sesame@acme.test:8443/sesame?key=sesame#sesame";
    assert_eq!(origin_of(text), "https://acme.test:8443");
    assert_eq!(origin_of("sesame"), "a text of 6 characters that is no URL");
    assert_eq!(origin_of("data:sesame"), "data:");
}

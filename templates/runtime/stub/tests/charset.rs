//! The charset of a body of text (RFC 9110, section 8.3.2).

use crate::runtime::charset::encoded;

fn written(charset: &str, text: &str) -> Option<Vec<u8>> {
    encoded(&format!("text/plain{charset}"), text.to_owned()).ok()
}

#[test]
fn a_text_is_written_in_the_charset_that_it_is_said_to_have() {
    let utf_8 = Some(b"caf\xc3\xa9".to_vec());
    assert_eq!(written("", "caf\u{e9}"), utf_8);
    assert_eq!(written("; charset=utf-8", "caf\u{e9}"), utf_8);
    assert_eq!(written("; charset=no-such-charset", "caf\u{e9}"), utf_8);
    let latin = Some(b"caf\xe9".to_vec());
    assert_eq!(written("; charset=ISO-8859-1", "caf\u{e9}"), latin);
    assert_eq!(written(";Charset=\"windows-1252\"", "caf\u{e9}"), latin);
    assert_eq!(written("; charset=windows-1252", "\u{20ac}"), Some(vec![0x80]));
    assert_eq!(written("; charset=shift_jis", "\u{3042}"), Some(vec![0x82, 0xa0]));
}

#[test]
fn what_a_charset_does_not_have_is_an_error() {
    assert_eq!(written("; charset=iso-8859-1", "\u{20ac}"), None, "0x80 is a control there");
    assert_eq!(written("; charset=us-ascii", "caf\u{e9}"), None);
    assert_eq!(written("; charset=iso-8859-1", "\u{3042}"), None);
    let error = encoded("text/plain; charset=utf-16", "a".to_owned()).expect_err("in no charset");
    assert!(error.contains("`utf-16`") && error.contains("send its bytes"), "{error}");
}

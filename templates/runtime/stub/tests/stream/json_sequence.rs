//! JSON text sequences (RFC 7464).

use reqwest::header::HeaderMap;

use super::{items, read, texts};
use crate::runtime::stream::framing::{Format, TooLarge};

fn sequence(stream: &[u8]) -> Vec<String> {
    let texts = texts(Format::JsonSequence, stream);
    texts.iter().map(|text| text.trim().to_owned()).collect()
}

#[test]
fn a_record_separator_stands_before_each_text() {
    assert_eq!(sequence(b"\x1E{\"a\":1}\n\x1E[2]\n\x1E\"3\"\n"), ["{\"a\":1}", "[2]", "\"3\""]);
}

#[test]
fn a_text_may_have_lines() {
    let pretty = "{\n  \"a\": \"]}\\\" \\\\\",\n  \"b\": [\n1\n]\n}";
    let stream = format!("\x1E{pretty}\n\x1E2\n");
    assert_eq!(sequence(stream.as_bytes()), [pretty, "2"]);
}

#[test]
fn several_separators_are_as_one() {
    assert_eq!(sequence(b"\x1E\x1E1\n\x1E\n\x1E2\n"), ["1", "2"]);
}

#[test]
fn a_text_is_given_before_the_next_one_comes() {
    let mut piece = bytes::Bytes::from_static(b"\x1E{\"a\": {}\n}\n");
    let mut framing =
        crate::runtime::stream::framing::Framing::new(Format::JsonSequence, 100, &HeaderMap::new());
    let frame = framing.next(&mut piece).expect("an item").expect("that is not too large");
    assert_eq!(frame.data, "{\"a\": {}\n}\n");
    assert_eq!(framing.finish(), None);
}

#[test]
fn what_may_be_cut_off_is_told() {
    let cut = |stream: &[u8]| {
        items(Format::JsonSequence, stream).into_iter().map(|it| it.is_cut).collect::<Vec<_>>()
    };
    assert_eq!(cut(b"\x1E12\x1E12\n\x1Etrue"), [true, false, true]);
    assert_eq!(cut(b"\x1E{}\x1E[1]\x1E\"2\""), [false, false, false]);
}

#[test]
fn a_text_that_breaks_off_ends_at_the_next_separator() {
    assert_eq!(sequence(b"\x1E{\"a\":\n\x1E2\n"), ["{\"a\":", "2"]);
}

#[test]
fn a_text_that_is_too_large_is_passed_over() {
    let stream = b"\x1E[1,\n2,\n3,\n4]\n\x1E[5]\n";
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    for pieces in [bytes.as_slice(), &[stream.as_slice()]] {
        let (items, _) = read(Format::JsonSequence, 6, pieces);
        let [Err(TooLarge), Ok(last)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(last.data, "[5]\n");
    }
}

//! JSON Lines: a JSON text on each line.

use super::{read, texts};
use crate::runtime::stream::framing::{Format, TooLarge};

fn lines(stream: &[u8]) -> Vec<String> {
    texts(Format::JsonLines, stream)
}

#[test]
fn each_line_is_an_item() {
    assert_eq!(lines(b"{\"a\":1}\n[2]\n3\n"), ["{\"a\":1}", "[2]", "3"]);
    assert_eq!(lines("\"\u{e9}\"\n".as_bytes()), ["\"\u{e9}\""]);
}

#[test]
fn the_last_line_may_have_no_end() {
    assert_eq!(lines(b"1\n2"), ["1", "2"]);
}

#[test]
fn blank_lines_are_no_items() {
    assert!(lines(b"").is_empty());
    assert_eq!(lines(b"\n1\n\r\n \t\n2\n\n"), ["1", "2"]);
}

#[test]
fn a_carriage_return_is_white_space() {
    assert_eq!(lines(b"1\r\n2\r\n"), ["1\r", "2\r"], "which JSON has after a text");
}

#[test]
fn a_byte_order_mark_is_dropped_at_the_beginning() {
    assert_eq!(lines(b"\xEF\xBB\xBF1\n2\n"), ["1", "2"]);
}

#[test]
fn a_line_that_is_too_large_is_passed_over() {
    let stream = b"1234567890\n12345678901\n2\n";
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    for pieces in [bytes.as_slice(), &[stream.as_slice()]] {
        let (items, _) = read(Format::JsonLines, 10, pieces);
        let [Ok(first), Err(TooLarge), Ok(last)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!((first.data.len(), last.data.len()), (10, 1));
    }
}

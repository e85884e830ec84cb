//! Bodies of several parts (RFC 2046, section 5.1.1), whose boundary is `a b` here.

use reqwest::header::HeaderMap;

use super::{items, read, texts};
use crate::runtime::stream::framing::{Format, Frame, TooLarge};

fn parts(stream: &str) -> Vec<String> {
    texts(Format::Parts, stream.as_bytes())
}

fn headers(part: &Frame) -> HeaderMap {
    part.headers.as_deref().cloned().expect("a part has headers, be it none")
}

/// The example of section 5.1.1.
#[test]
fn what_stands_between_delimiters_is_a_part() {
    let stream = "This is the preamble.\r\nIt is to be ignored.\r\n\r\n--a b\r\n\r\n\
                  This does NOT end with a linebreak.\r\n--a b\r\nContent-type: text/plain\r\n\r\n\
                  This DOES end with a linebreak.\r\n\r\n--a b--\r\n\r\nThis is the epilogue.\r\n";
    let expected = ["This does NOT end with a linebreak.", "This DOES end with a linebreak.\r\n"];
    assert_eq!(parts(stream), expected);
    assert!(items(Format::Parts, stream.as_bytes()).iter().all(|part| !part.is_cut));
}

#[test]
fn the_head_of_a_part_has_fields() {
    let stream = b"--a b\r\nContent-Type: application/json;\r\n charset=utf-8\r\nX-A: 1\r\nX-A:2\r\nno field\r\n\r\n{}\r\n--a b--";
    let parts = items(Format::Parts, stream);
    let headers = headers(&parts[0]);
    assert_eq!(headers["content-type"], "application/json; charset=utf-8");
    assert_eq!(headers.get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!((headers.len(), &*parts[0].data), (3, b"{}".as_slice()));
}

#[test]
fn a_part_may_be_empty_and_have_no_head() {
    assert_eq!(
        parts("--a b\r\n\r\n\r\n--a b\r\n\r\n--a b\r\nx-a: 1\r\n\r\n--a b--\r\n"),
        ["", "", ""]
    );
    assert!(parts("").is_empty());
    assert!(parts("--a b--\r\n").is_empty());
}

/// A delimiter is a whole line: two hyphens, the boundary, and white space.
#[test]
fn what_only_looks_like_a_delimiter_is_content() {
    let content = "--a\r\n--a bc\r\n --a b\r\nx--a b\r\n--a b-\r\n--a b---\r\n\r\r\n\n";
    assert_eq!(parts(&format!("--a b \t\r\n\r\n{content}\r\n--a b-- \r\n")), [content]);
}

/// Some servers end lines with LF alone.
#[test]
fn lines_may_end_in_a_line_feed() {
    let stream = "--a b\nx-a: 1\n\none\n--a b\n\ntwo\n--a b--\n";
    assert_eq!(parts(stream), ["one", "two"]);
}

#[test]
fn bytes_are_as_they_come() {
    let content: Vec<u8> = (0..=255).collect();
    let stream = [b"--a b\r\n\r\n".as_slice(), &content, b"\r\n--a b--\r\n"].concat();
    assert_eq!(&*items(Format::Parts, &stream)[0].data, content);
}

#[test]
fn a_part_without_a_delimiter_after_it_is_cut_off() {
    let stream = b"--a b\r\n\r\none\r\n--a b\r\n\r\ntwo\r\n";
    let parts = items(Format::Parts, stream);
    assert_eq!(parts.iter().map(|part| part.is_cut).collect::<Vec<_>>(), [false, true]);
    assert!(items(Format::Parts, b"nothing\r\n").is_empty(), "it never began");
}

#[test]
fn a_part_that_is_too_large_is_passed_over() {
    let lines = "12345678\r\n".repeat(80);
    for large in [&"x".repeat(1000), &lines] {
        let stream = format!(
            "--a b\r\n\r\n1234567890\r\n--a b\r\n\r\n{large}\r\n--a b\r\n\r\n2\r\n--a b--\r\n"
        );
        let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
        for pieces in [bytes.as_slice(), &[stream.as_bytes()]] {
            let (parts, _) = read(Format::Parts, 10, pieces);
            let [Ok(first), Err(TooLarge), Ok(last)] = parts.as_slice() else {
                panic!("{parts:?}")
            };
            assert_eq!((first.data.len(), last.data.len()), (10, 1));
        }
    }
}

#[test]
fn a_preamble_without_lines_is_not_kept() {
    let stream = format!("{}\r\n--a b\r\n\r\n1\r\n--a b--", "x".repeat(5000));
    assert_eq!(read(Format::Parts, 10, &[stream.as_bytes()]).0.len(), 1);
}

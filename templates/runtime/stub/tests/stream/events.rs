//! Event streams (WHATWG HTML, sections 9.2.5 and 9.2.6).

use std::time::Duration;

use super::{items, read, texts};
use crate::runtime::stream::framing::{Format, Frame, TooLarge};

/// The data of the events of a stream.
fn data(stream: &[u8]) -> Vec<String> {
    texts(Format::Events, stream)
}

fn events(stream: &[u8]) -> Vec<Frame> {
    items(Format::Events, stream)
}

#[test]
fn an_event_is_its_lines_of_data_up_to_a_blank_line() {
    assert_eq!(data(b"data: hello\n\n"), ["hello"]);
    assert_eq!(data(b"data: one\ndata: two\n\ndata: three\n\n"), ["one\ntwo", "three"]);
    assert_eq!(data("data: h\u{e9}llo \u{1F980}\n\n".as_bytes()), ["h\u{e9}llo \u{1F980}"]);
}

#[test]
fn a_line_ends_in_cr_lf_or_both() {
    for end in ["\n", "\r", "\r\n"] {
        let stream =
            format!("event: greeting{end}data: one{end}data: two{end}{end}data: 3{end}{end}");
        assert_eq!(data(stream.as_bytes()), ["one\ntwo", "3"], "{end:?}");
    }
    assert_eq!(data(b"data:test\r\ndata\ndata:test\r\n\r"), ["test\n\ntest"]);
    assert_eq!(data(b"data: a\r\n\n"), ["a"]);
    // Two line ends of one kind each.
    assert_eq!(data(b"data: a\n\rdata: b\r\r"), ["a", "b"]);
}

#[test]
fn one_space_after_the_colon_is_no_part_of_the_value() {
    assert_eq!(data(b"data:  two\n\n"), [" two"]);
    assert_eq!(data(b"data:\ttest\rdata: \ndata:test\n\n"), ["\ttest\n\ntest"]);
    assert_eq!(data(b"data: a: b\n\n"), ["a: b"]);
}

#[test]
fn empty_data_is_data_and_no_data_is_no_event() {
    assert_eq!(data(b"data:\n\ndata\ndata\n\ndata:test\n\n"), ["", "\n", "test"]);
    assert!(events(b"event: test\nid: 1\nretry: 5\n\n\n\n: nothing\n\n").is_empty());
}

#[test]
fn comments_and_unknown_fields_say_nothing() {
    let stream = b"data:1\r:\0\n:\r\ndata:2\n:data:fail\rdata:3\n: long\r\n:\ndata:4\n\n";
    assert_eq!(data(stream), ["1\n2\n3\n4"]);
    let stream = b"data:test\n data\ndata\nfoobar:xxx\njusttext\n:comment\ndata:test\n\n";
    assert_eq!(data(stream), ["test\n\ntest"]);
}

#[test]
fn a_field_is_called_as_the_standard_has_it() {
    let stream = b"data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n";
    assert_eq!(data(stream), ["\0\n 2\n1\n3\n\n4"]);
}

#[test]
fn an_event_that_no_blank_line_ends_is_dropped() {
    let stream = b"data: one\n\nid: 2\ndata: two\n";
    let (items, framing) = read(Format::Events, super::LIMIT, &[stream]);
    assert_eq!(items.len(), 1);
    assert_eq!(framing.last_event_id(), None, "the id is that of an event that never came");
    assert!(data(b"data: one").is_empty());
    assert!(data(b"").is_empty());
}

#[test]
fn a_byte_order_mark_is_dropped_once_and_only_at_the_beginning() {
    assert_eq!(data(b"\xEF\xBB\xBFdata:1\n\n\xEF\xBB\xBFdata:2\n\ndata:3\n\n"), ["1", "3"]);
    assert_eq!(data(b"\xEF\xBB\xBF\xEF\xBB\xBFdata:1\n\ndata:2\n\n"), ["2"]);
    assert_eq!(data(b"\xEF\xBB\xBF: comment\n\ndata: 1\n\n"), ["1"]);
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    assert_eq!(data(b"data: a\xFFb\xE2\x82\n\n"), ["a\u{FFFD}b\u{FFFD}"]);
}

#[test]
fn the_type_holds_for_one_event() {
    let types = |stream: &[u8]| {
        events(stream).into_iter().map(|event| event.event_type).collect::<Vec<_>>()
    };
    assert_eq!(types(b"event:test\ndata:x\n\ndata:x\n\n"), [Some("test".to_owned()), None]);
    assert_eq!(types(b"event: a\nevent: b\ndata:x\n\n"), [Some("b".to_owned())]);
    assert_eq!(types(b"event: \ndata:x\n\n"), [None]);
    assert_eq!(types(b"event: lost\n\ndata:x\n\n"), [None], "an event without data is none");
}

#[test]
fn an_id_holds_until_there_is_another() {
    let ids = |stream: &[u8]| events(stream).into_iter().map(|event| event.id).collect::<Vec<_>>();
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(ids(b"data:0\n\nid: 1\ndata:1\n\ndata:2\n\n"), [None, id("1"), id("1")]);
    assert_eq!(ids(b"id: 1\ndata:1\n\nid\ndata:2\n\n"), [id("1"), None]);
    assert_eq!(ids(b"id: 1\ndata:1\n\nid: 2\0\ndata:2\n\n"), [id("1"), id("1")]);
    assert_eq!(ids(b"id: 1\n\ndata:1\n\n"), [id("1")], "also that of an event without data");
}

#[test]
fn the_time_to_reconnect_is_digits_only() {
    let time = |stream: &[u8]| {
        let (_, framing) = read(Format::Events, super::LIMIT, &[stream]);
        framing.reconnection_time()
    };
    assert_eq!(time(b"retry: 1500\n\n"), Some(Duration::from_millis(1500)));
    assert_eq!(time(b"retry: 010\n\n"), Some(Duration::from_millis(10)));
    assert_eq!(time(b"retry:3000\nretry:1000x\ndata:x\n\n"), Some(Duration::from_secs(3)));
    for bogus in ["retry\n\n", "retry: \n\n", "retry: 1.5\n\n", "retry: -1\n\n", "retry:  1\n\n"] {
        assert_eq!(time(bogus.as_bytes()), None, "{bogus:?}");
    }
    let endless = time(b"retry: 99999999999999999999999999\n\n");
    assert_eq!(endless, Some(Duration::from_millis(u64::MAX)));
    let events = events(b"retry: 7\ndata:x\n\ndata:y\n\n");
    assert_eq!(events[0].retry, Some(Duration::from_millis(7)));
    assert_eq!(events[1].retry, None, "that event does not say it");
}

#[test]
fn an_event_that_is_too_large_is_passed_over() {
    let long = "x".repeat(20);
    for stream in [
        format!("data: {long}\n\ndata: ok\n\n"),
        format!("data: {long}\ndata: {long}\n{long}\n\ndata: ok\n\n"),
        "data: 1234567\ndata: 1234567\ndata: 1\n\ndata: ok\n\n".to_owned(),
        format!("event: {long}\ndata: 1\r\n\r\ndata: ok\n\n"),
    ] {
        let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
        for pieces in [bytes.as_slice(), &[stream.as_bytes()]] {
            let (items, _) = read(Format::Events, 16, pieces);
            let [Err(TooLarge), Ok(event)] = items.as_slice() else { panic!("{items:?}") };
            assert_eq!(event.data, "ok", "{stream:?}");
        }
    }
    let stream = format!(":{long}\n:{long}\n\ndata: 1234567890\n\n");
    let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
    let (items, _) = read(Format::Events, 16, &bytes);
    assert_eq!(items.len(), 1, "a comment may be of any length: {items:?}");
    assert!(items[0].is_ok(), "{items:?}");
}

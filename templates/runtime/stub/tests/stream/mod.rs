//! Streams are cut into items, however the bytes arrive.

mod events;
mod json_lines;
mod json_sequence;
mod parts;
mod search;

use bytes::Bytes;

use super::headers;
use crate::runtime::stream::framing::{Format, Frame, Framing, TooLarge};

/// The largest item, in bytes, that the tests allow.
const LIMIT: usize = 1000;

/// Cuts a stream that arrives in these pieces into items, as far as it ends them.
fn read(format: Format, limit: usize, pieces: &[&[u8]]) -> (Vec<Result<Frame, TooLarge>>, Framing) {
    let media_type = r#"multipart/mixed; charset=utf-8; Boundary="a b""#;
    let mut framing = Framing::new(format, limit, &headers(&[("content-type", media_type)]));
    let mut items = Vec::new();
    for piece in pieces {
        let mut piece = Bytes::copy_from_slice(piece);
        while let Some(item) = framing.next(&mut piece) {
            items.push(item);
        }
        assert!(piece.is_empty(), "a piece is used up: {piece:?}");
    }
    items.extend(framing.finish().map(Ok));
    (items, framing)
}

/// The items of a stream, which have to be the same in one piece, cut in two anywhere, and byte by byte.
fn items(format: Format, stream: &[u8]) -> Vec<Frame> {
    let whole = read(format, LIMIT, &[stream]).0;
    for at in 0..stream.len() {
        let (start, end) = stream.split_at(at);
        assert_eq!(read(format, LIMIT, &[start, end]).0, whole, "cut after {at} bytes");
    }
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(read(format, LIMIT, &bytes).0, whole, "byte by byte");
    whole.into_iter().map(|item| item.expect("no item is too large")).collect()
}

/// The texts of the items of a stream.
fn texts(format: Format, stream: &[u8]) -> Vec<String> {
    let text = |item: Frame| String::from_utf8(item.data.to_vec()).expect("a text");
    items(format, stream).into_iter().map(text).collect()
}

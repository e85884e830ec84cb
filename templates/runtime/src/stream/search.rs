//! Where lines end.

use crate::runtime::byte_search::{below, equal, position};

/// Where the first line feed is.
pub(crate) fn position_of_line_feed(bytes: &[u8]) -> Option<usize> {
    let start = length_of_blocks(bytes, |byte| byte != b'\n');
    let rest = bytes.get(start..)?;
    Some(start + position(rest, |word| equal(word, b'\n'), |byte| byte == b'\n')?)
}

/// Where the first line feed or carriage return is.
pub(crate) fn position_of_line_end(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        from += length_of_blocks(bytes.get(from..)?, |byte| byte > b'\r');
        // One comparison finds both, and some control characters, of which a text has hardly any.
        let is_near = |byte| byte <= b'\r';
        from += position(bytes.get(from..)?, |word| below(word, b'\r' + 1), is_near)?;
        if let Some(b'\n' | b'\r') = bytes.get(from) {
            return Some(from);
        }
        from += 1;
    }
}

/// Whether all bytes are ASCII. The last block may have bytes in common with the one before.
pub(crate) fn is_ascii(bytes: &[u8]) -> bool {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let is = |block: &[u8; BLOCK]| block.iter().fold(0, |all, byte| all | byte).is_ascii();
    blocks.iter().all(is) && bytes.last_chunk().map_or_else(|| rest.is_ascii(), is)
}

/// How many bytes the compiler makes vectors of.
const BLOCK: usize = 32;

/// How many bytes are passed over, in blocks of which each byte is another one. The compiler makes vectors of it: a stream
/// is mostly what stands between the ends of lines.
fn length_of_blocks(bytes: &[u8], is_other: impl Fn(u8) -> bool) -> usize {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let is_passed_over =
        |block: &&[u8; BLOCK]| block.iter().fold(true, |all, byte| all & is_other(*byte));
    BLOCK * blocks.iter().take_while(is_passed_over).count()
}

//! Where the first byte stands that is looked for. Eight bytes are looked at at a time, since this is most of what reading
//! takes.

/// The first byte that is looked for: `in_word` gives eight bytes, by [`equal`] and [`below`], with the lowest bit that is
/// set in the first that is, and `is_it` tells of a single byte.
pub(crate) fn position(
    bytes: &[u8],
    in_word: impl Fn(u64) -> u64,
    is_it: impl Fn(u8) -> bool,
) -> Option<usize> {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        let found = in_word(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(bytes.len() - rest.len() + found.trailing_zeros() as usize / 8);
        }
        rest = after;
    }
    in_rest(bytes, bytes.len() - rest.len(), is_it)
}

/// The first byte that is looked for among the last ones, which are less than eight.
#[cold]
fn in_rest(bytes: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.iter().position(|byte| is_it(*byte))?)
}

/// The highest bit of each byte that is this one, and perhaps of bytes after the first of these.
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ u64::from_le_bytes([byte; 8]), 1)
}

/// The highest bit of each byte that is less than this one, which is at most 128, and perhaps of bytes after the first of
/// these: what is borrowed from the next byte comes after one that was found.
pub(crate) const fn below(word: u64, byte: u8) -> u64 {
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    word.wrapping_sub(u64::from_le_bytes([byte; 8])) & !word & HIGHEST
}

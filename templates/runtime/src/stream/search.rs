//! Where lines end.

/// Where the first byte is that is one of two. Eight of them are looked at at a time.
pub(crate) fn position_of_either(bytes: &[u8], [one, other]: [u8; 2]) -> Option<usize> {
    let (all_one, all_other) = (u64::from_le_bytes([one; 8]), u64::from_le_bytes([other; 8]));
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ all_one) | zeros(word ^ all_other);
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let position = rest.iter().position(|byte| *byte == one || *byte == other)?;
    Some(words.len() * 8 + position)
}

/// The highest bit of each byte that is zero, and perhaps of bytes after the first of these.
const fn zeros(word: u64) -> u64 {
    const LOWEST: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    word.wrapping_sub(LOWEST) & !word & HIGHEST
}

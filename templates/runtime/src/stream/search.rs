//! Where lines end.

use crate::runtime::byte_search::{equal, position};

/// Where the first byte is that is one of two.
pub(crate) fn position_of_either(bytes: &[u8], [one, other]: [u8; 2]) -> Option<usize> {
    position(
        bytes,
        |word| equal(word, one) | equal(word, other),
        |byte| byte == one || byte == other,
    )
}

//! Single values of an answer by JSON Pointer (RFC 6901), found without making the rest.

use super::document::Document;

/// The text or number at a JSON Pointer.
pub(crate) fn text_at(document: &Document, pointer: &str) -> Option<String> {
    document.find(pointer).then(|| document.scalar()).flatten()
}

impl Document<'_> {
    /// Goes to the value at a JSON Pointer, if there is one.
    fn find(&self, pointer: &str) -> bool {
        self.set_position(0);
        let tokens = pointer.split('/').skip(1);
        tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).all(|token| {
            match self.peek() {
                b'{' => self.member(&token, usize::MAX),
                b'[' => token.parse().is_ok_and(|index| self.item(index)),
                _ => false,
            }
        })
    }

    /// Goes from an array to an item.
    fn item(&self, index: usize) -> bool {
        self.advance(1);
        for _ in 0..index {
            if self.peek() == b']' || self.skip().is_err() || self.peek() != b',' {
                return false;
            }
            self.advance(1);
        }
        self.peek() != b']'
    }

    /// How many items the list at a JSON Pointer has. None where there is no list, or null.
    ///
    /// `None`: something else is there.
    pub(crate) fn count_at(&self, pointer: &str) -> Option<u64> {
        if !self.find(pointer) {
            return Some(0);
        }
        match self.peek() {
            b'n' => return Some(0),
            b'[' => self.advance(1),
            _ => return None,
        }
        let mut count = 0;
        loop {
            match self.peek() {
                b']' | 0 => return Some(count),
                b',' => self.advance(1),
                _ => {
                    self.skip().ok()?;
                    count += 1;
                }
            }
        }
    }
}

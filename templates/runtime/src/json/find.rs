//! Single values of a text, found without making the rest.

use super::document::Document;

impl Document {
    /// Goes to the value at a JSON Pointer (RFC 6901), if there is one.
    pub(super) fn find(&self, pointer: &str) -> bool {
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

    /// Goes from an object to the value of a member; of several, to the last one within the first
    /// so many members.
    pub fn member(&self, name: &str, within: usize) -> bool {
        self.advance(1);
        let mut found = None;
        for _ in 0..within {
            match self.peek() {
                b',' => self.advance(1),
                b'"' => {
                    let is_it = self.string() == name;
                    self.peek();
                    self.advance(1);
                    self.peek();
                    if is_it {
                        found = Some(self.position());
                    }
                    if self.skip().is_err() {
                        return false;
                    }
                }
                _ => break,
            }
        }
        found.map(|position| self.set_position(position)).is_some()
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

    /// The text or the number here.
    pub fn scalar(&self) -> Option<String> {
        match self.peek() {
            b'"' => Some(self.string().into_owned()),
            b'-' | b'0'..=b'9' => Some(self.number().to_owned()),
            _ => None,
        }
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

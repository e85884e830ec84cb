//! Single values of a text, found without making the rest.

use super::document::Document;

impl Document<'_> {
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

    /// The text or the number here.
    pub fn scalar(&self) -> Option<String> {
        match self.peek() {
            b'"' => Some(self.string().into_owned()),
            b'-' | b'0'..=b'9' => Some(self.number().to_owned()),
            _ => None,
        }
    }
}

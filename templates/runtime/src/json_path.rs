//! The JSON path of a place in a JSON text, to say where decoding failed.
//!
//! `serde_json` reports a line and a column. Finding the path from them afterwards costs
//! nothing where decoding succeeds, and spares a second copy of every model's decoder.

/// One container that is open at the place looked for.
enum Level {
    /// An object, and the key whose value is being read.
    Object { key: Option<String>, key_is_next: bool },
    /// An array, and the index of the item that is being read.
    Array { index: usize },
}

/// The path (RFC 9535) of the value that ends or begins at a line and column, both
/// counted from one as `serde_json` counts them.
#[cfg(feature = "client")]
pub(crate) fn at(text: &[u8], line: usize, column: usize) -> String {
    let line_start = text
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(index, _)| index + 1)
        .nth(line.saturating_sub(2))
        .filter(|_| line > 1)
        .unwrap_or(0);
    at_offset(text, line_start + column)
}

/// The path (RFC 9535) of the value that ends or begins at an offset.
pub(crate) fn at_offset(text: &[u8], offset: usize) -> String {
    render(&open_levels(text, offset.min(text.len())))
}

/// An offset as line and column, as `serde_json` counts them.
#[cfg(feature = "client")]
pub(crate) fn line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let mut lines = before.split(|byte| *byte == b'\n');
    (lines.clone().count(), lines.next_back().unwrap_or_default().len())
}

fn open_levels(text: &[u8], end: usize) -> Vec<Level> {
    let mut levels = Vec::new();
    let mut index = 0;
    while index < end {
        let byte = text[index];
        let start = index;
        index += 1;
        match byte {
            b'{' => levels.push(Level::Object { key: None, key_is_next: true }),
            b'[' => levels.push(Level::Array { index: 0 }),
            b'}' | b']' => {
                levels.pop();
            }
            b',' => match levels.last_mut() {
                Some(Level::Array { index }) => *index += 1,
                Some(Level::Object { key, key_is_next }) => {
                    *key = None;
                    *key_is_next = true;
                }
                None => {}
            },
            b'"' => {
                index = string_end(text, start);
                if let Some(Level::Object { key, key_is_next: next @ true }) = levels.last_mut() {
                    *key = serde_json::from_slice(&text[start..index]).ok();
                    *next = false;
                }
            }
            _ => {}
        }
    }
    levels
}

/// The index after the closing quote of the string that begins at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut index = start + 1;
    while index < text.len() {
        match text[index] {
            b'\\' => index += 2,
            b'"' => return index + 1,
            _ => index += 1,
        }
    }
    text.len()
}

fn render(levels: &[Level]) -> String {
    let mut path = String::from("$");
    for level in levels {
        match level {
            Level::Array { index } => path.push_str(&format!("[{index}]")),
            Level::Object { key: Some(key), .. } => push_member(&mut path, key),
            Level::Object { key: None, .. } => {}
        }
    }
    path
}

/// Goes from an object on to a member of it.
pub(crate) fn push_member(path: &mut String, key: &str) {
    if is_name(key) {
        path.push('.');
        path.push_str(key);
    } else {
        path.push_str(&format!("['{}']", key.escape_default()));
    }
}

fn is_name(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|first: char| first.is_ascii_digit())
        && key.chars().all(|character| character.is_alphanumeric() || character == '_')
}

//! JSON as the server sent it: only its spaces change, and no number loses a digit.

use std::fmt::Write;

use crate::terminal::is_hidden;

/// JSON on lines, two spaces deeper within each list and object, and starting with so many.
pub fn indented(json: &str, margin: usize) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = margin / 2;
    let mut characters = json.chars().peekable();
    let mut inside = false;
    while let Some(c) = characters.next() {
        if inside {
            inside = c != '"';
            push(c, &mut text);
            if c == '\\' {
                characters.next().into_iter().for_each(|c| text.push(c));
            }
            continue;
        }
        match c {
            ' ' | '\n' | '\r' | '\t' => {}
            '{' | '[' => {
                while characters.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                text.push(c);
                match characters.next_if(|c| matches!(c, '}' | ']')) {
                    Some(end) => text.push(end),
                    None => {
                        depth += 1;
                        line(depth, &mut text);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(depth, &mut text);
                text.push(c);
            }
            ',' => {
                text.push(c);
                line(depth, &mut text);
            }
            ':' => text.push_str(": "),
            c => {
                inside = c == '"';
                text.push(c);
            }
        }
    }
    text
}

/// JSON on one line.
pub fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut characters = json.chars();
    let mut inside = false;
    while let Some(c) = characters.next() {
        if !inside && c.is_ascii_whitespace() {
            continue;
        }
        inside ^= c == '"';
        push(c, &mut text);
        if inside && c == '\\' {
            characters.next().into_iter().for_each(|c| text.push(c));
        }
    }
    text
}

fn line(depth: usize, text: &mut String) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}

/// Writes a character of a string; what a terminal would act on by its number (RFC 8259, section 7).
fn push(c: char, text: &mut String) {
    if !is_hidden(c) {
        return text.push(c);
    }
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\u{unit:04x}");
    }
}

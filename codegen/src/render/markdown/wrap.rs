//! Breaks a paragraph into lines.

/// Breaks a paragraph at blanks into lines of at most `width` characters, where words
/// allow it. A line break within the text stays one. No line starts as a block would.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.trim().split('\n') {
        wrap_line(part, width, &mut lines);
    }
    lines
}

fn wrap_line(text: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut length = 0;
    for word in words(text) {
        let word_length = word.chars().count();
        if line.is_empty() {
            line = harmless(&word);
        } else if length + 1 + word_length <= width {
            line.push(' ');
            line.push_str(&word);
            length += 1;
        } else {
            lines.push(std::mem::replace(&mut line, harmless(&word)));
            length = 0;
        }
        length += word_length;
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// The words of a text; what stands in backticks, and a link's label, is one word.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let ticks = word.matches('`').count() - word.matches("\\`").count();
        match words.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        open ^= ticks % 2 == 1;
    }
    words
}

/// A word that may start a line without starting a list, a heading or a quotation.
fn harmless(word: &str) -> String {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let is_number = digits > 0 && matches!(&word[digits..], "." | ")");
    if is_number {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    let is_marker = matches!(word, "-" | "+" | "*")
        || word.starts_with('>')
        || word.chars().all(|c| c == '#')
        || word.chars().all(|c| c == '=')
        || word.chars().all(|c| c == '-');
    if is_marker && !word.is_empty() { format!("\\{word}") } else { word.to_owned() }
}

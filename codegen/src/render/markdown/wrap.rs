//! Breaks a paragraph into lines.

use std::collections::HashMap;
use std::ops::Range;

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

/// The words of a text. What stands in backticks is one word, so that no line starts within it: nothing can be escaped
/// there.
pub(super) fn words(text: &str) -> Vec<String> {
    let spans = code_spans(text);
    let mut words = Vec::new();
    let mut start = 0;
    let blanks = text.match_indices([' ', '\t', '\n']).map(|(at, _)| at);
    let mut spans = spans.into_iter().peekable();
    for at in blanks.chain([text.len()]) {
        while spans.next_if(|span| span.end <= at).is_some() {}
        if spans.peek().is_some_and(|span| span.contains(&at)) {
            continue;
        }
        if start < at {
            words.push(text[start..at].to_owned());
        }
        start = at + 1;
    }
    words
}

/// Where code is, in order: from a run of backticks to the next run of the same length (CommonMark 0.31, section 6.1).
fn code_spans(text: &str) -> Vec<Range<usize>> {
    let runs = backticks(text);
    let mut next_of_length: HashMap<usize, usize> = HashMap::new();
    let mut closing = vec![None; runs.len()];
    for (index, (run, _)) in runs.iter().enumerate().rev() {
        closing[index] = next_of_length.insert(run.len(), index);
    }
    let mut spans = Vec::new();
    let mut index = 0;
    while let Some((run, is_escaped)) = runs.get(index) {
        index = match closing[index] {
            Some(end) if !is_escaped => {
                spans.push(run.start..runs[end].0.end);
                end + 1
            }
            _ => index + 1,
        };
    }
    spans
}

/// The runs of backticks, each with whether a backslash takes its meaning outside of code.
fn backticks(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
    let mut backslashes = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'`' {
            match runs.last_mut() {
                Some((run, _)) if run.end == at => run.end += 1,
                _ => runs.push((at..at + 1, backslashes % 2 == 1)),
            }
        }
        backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
    }
    runs
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_as_many_words_as_fit() {
        assert_eq!(wrap("a b c d e f g", 5), ["a b c", "d e f", "g"]);
        assert_eq!(wrap("  a \t b\n\nc ", 5), ["a b", "c"]);
        assert_eq!(wrap("aaaaaa b", 5), ["aaaaaa", "b"]);
        assert!(wrap(" \n", 5).is_empty());
    }

    #[test]
    fn code_stays_in_one_line() {
        assert_eq!(wrap("`a` b `c d` e", 5), ["`a` b", "`c d`", "e"]);
        assert_eq!(wrap("``a ` b`` c", 4), ["``a ` b``", "c"]);
        assert_eq!(wrap("`a ``` b` c", 4), ["`a ``` b`", "c"]);
        assert_eq!(wrap("a ` b", 3), ["a `", "b"]);
    }

    #[test]
    fn an_escaped_backtick_begins_no_code() {
        assert_eq!(wrap("\\`a b` c", 4), ["\\`a", "b` c"]);
        assert_eq!(wrap("\\\\`a b` c", 4), ["\\\\`a b`", "c"]);
    }

    #[test]
    fn no_line_begins_as_a_block_would() {
        for (word, written) in [
            ("-", "\\-"),
            ("+", "\\+"),
            ("*", "\\*"),
            ("---", "\\---"),
            ("==", "\\=="),
            ("##", "\\##"),
            (">a", "\\>a"),
            ("12.", "12\\."),
            ("3)", "3\\)"),
        ] {
            assert_eq!(wrap(word, 5), [written]);
        }
        for word in ["-a", "+1", "#a", "=a", "1.5", "12", ".", ")", "a>"] {
            assert_eq!(wrap(word, 5), [word]);
        }
    }
}

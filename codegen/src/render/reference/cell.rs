//! What stands in the cell of a Markdown table: one line, without a bare `|`.

use crate::render::markdown;

/// A text of the document. Its lines are parted by `<br>`, which is all that a cell has for it.
pub fn text(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in markdown::lines(markdown, usize::MAX) {
        match fence {
            Some(end) if line.trim() == end => fence = None,
            Some(_) if line.trim().is_empty() => {}
            Some(_) => lines.push(span(&line)),
            None if line.trim_start().starts_with("```") => fence = Some("```"),
            None if line.trim_start().starts_with("~~~~") => fence = Some("~~~~"),
            None => lines.extend(unquoted(&line)),
        }
    }
    safe(&lines.join("<br>"))
}

/// A value or a name, as code.
pub fn code(text: &str) -> String {
    safe(&span(text))
}

/// Entries of a list, each on a line of its own.
pub fn entries(entries: &[String]) -> String {
    entries.join("<br>")
}

/// The text as code, outside of a table.
pub fn span(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect();
    let text = text.trim();
    if text.is_empty() { "(empty)".to_owned() } else { format!("`{text}`") }
}

/// The line without the marks of a quotation, and without the backslash that breaks it; none
/// where nothing is left.
fn unquoted(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['>', ' ']);
    let backslashes = line.len() - line.trim_end_matches('\\').len();
    let line = if backslashes % 2 == 1 { &line[..line.len() - 1] } else { line };
    (!line.trim().is_empty()).then(|| line.to_owned())
}

/// Escapes each `|` that has no odd number of backslashes before it.
fn safe(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut backslashes = 0;
    for c in text.chars() {
        if c == '|' && backslashes % 2 == 0 {
            escaped.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_without_a_bare_bar() {
        assert_eq!(text("one | two\n\nthree"), "one \\| two<br>three");
        assert_eq!(text("- a\n- b"), "- a<br>- b");
        assert_eq!(text("first  \nsecond"), "first<br>second");
        assert_eq!(text("> **Note:**\n>\n> - a"), "**Note:**<br>- a");
        assert_eq!(text("```\nlet x = a | b;\n\ny\n```"), "`let x = a \\| b;`<br>`y`");
    }

    #[test]
    fn a_backslash_before_a_bar_does_not_free_it() {
        assert_eq!(text(r"`a\\|b`"), r"`a\\\|b`");
        assert_eq!(code(r"a\|b"), r"`a\|b`");
    }

    #[test]
    fn code_has_no_backtick_and_is_never_empty() {
        assert_eq!(code("a`b\nc"), "`a b c`");
        assert_eq!(code(" "), "(empty)");
    }
}

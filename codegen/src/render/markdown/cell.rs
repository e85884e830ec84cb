//! Markdown on one line: in the cell of a table, in a heading, within a sentence.

use super::block::{Block, parse};
use super::{code, wrap};
use crate::characters;

/// The text for a cell of a table. Its lines are parted by `<br>`, which is all that a cell has for it.
pub fn text(markdown: &str) -> String {
    safe(&pieces(markdown).join("<br>"))
}

/// A value or a name as code, for a cell of a table.
pub fn span(text: &str) -> String {
    safe(&code(text))
}

/// Entries of a list that are written for a cell already, each on a line of its own.
pub fn entries(entries: &[String]) -> String {
    entries.join("<br>")
}

/// The first sentence or line, for a cell of a table.
pub fn summary(markdown: &str) -> String {
    let pieces = pieces(markdown);
    let mut summary = String::new();
    for word in wrap::words(pieces.first().map_or("", String::as_str)) {
        if !summary.is_empty() {
            summary.push(' ');
        }
        summary.push_str(&word);
        if word.ends_with('.') {
            break;
        }
    }
    safe(&summary)
}

/// The text within a line of other text.
pub fn inline(markdown: &str) -> String {
    wrap(&pieces(markdown).join(" "), usize::MAX).join(" ")
}

/// Escapes each `|` that has no odd number of backslashes before it.
pub(super) fn safe(text: &str) -> String {
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

/// What the text says, as inline content that has no line break: a piece for each line and each line of code.
fn pieces(markdown: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    add(&parse(&characters::prose(markdown)), &mut pieces);
    pieces
}

fn add(blocks: &[Block], pieces: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => pieces.extend(
                text.split("\\\n")
                    .map(|line| wrap::words(line).join(" "))
                    .filter(|it| !it.is_empty()),
            ),
            Block::Code { lines, .. } => {
                let lines = lines.iter().filter(|line| !line.trim().is_empty());
                pieces.extend(lines.map(|line| code(line)));
            }
            Block::List { first, items } => {
                for (index, item) in items.iter().enumerate() {
                    let start = pieces.len();
                    add(item, pieces);
                    if let Some(piece) = pieces.get_mut(start) {
                        *piece = match first {
                            None => format!("- {piece}"),
                            Some(first) => {
                                format!("{}. {piece}", first.saturating_add(index as u64))
                            }
                        };
                    }
                }
            }
            Block::Quote(blocks) => add(blocks, pieces),
            Block::Table { rows, .. } => {
                pieces.extend(rows.iter().map(|row| row.join(" | ").trim().to_owned()));
            }
            Block::Rule => {}
        }
    }
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
        assert_eq!(text("| a | b |\n|---|---|\n| 1 | 2 |"), "a \\| b<br>1 \\| 2");
    }

    #[test]
    fn each_entry_has_a_line() {
        let list: Vec<String> = ["`a`", "b"].map(str::to_owned).into();
        assert_eq!(entries(&list), "`a`<br>b");
    }

    #[test]
    fn a_backslash_before_a_bar_does_not_free_it() {
        assert_eq!(text(r"`a\\|b`"), r"`a\\\|b`");
        assert_eq!(span(r"a\|b"), r"`a\|b`");
    }

    #[test]
    fn html_in_a_list_in_a_cell_is_text() {
        assert_eq!(text("- ```\n  <script>x</script>\n  ```"), "- `<script>x</script>`");
        assert_eq!(text("- <script>x</script>"), "- \\<script\\>x\\</script\\>");
    }

    #[test]
    fn a_summary_ends_with_its_sentence_and_outside_of_code() {
        assert_eq!(summary("One `a. b` two. Three."), "One `a. b` two.");
        assert_eq!(summary("```\nx\n```\n\nOne."), "`x`");
        assert_eq!(summary(""), "");
    }

    #[test]
    fn inline_text_starts_no_block() {
        assert_eq!(inline("# Title"), "**Title**");
        assert_eq!(inline("- a\n- b"), "\\- a - b");
        assert_eq!(inline("1. a"), "1\\. a");
    }
}

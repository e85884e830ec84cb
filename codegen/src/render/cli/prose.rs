//! The document's Markdown as plain text, for a terminal.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::characters;

/// Markdown as paragraphs, a line each, with an empty line between them. Nothing in it steers a terminal.
pub fn plain(markdown: &str) -> String {
    let prose = characters::prose(markdown);
    let mut text = Text::default();
    for event in Parser::new_ext(&prose, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        text.add(event);
    }
    // What was a reference to a character is none of the characters that prose has.
    let written = characters::prose(&text.written).into_owned();
    let lines: Vec<&str> = written.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// The first paragraph, on one line.
pub fn first_paragraph(markdown: &str) -> String {
    let text = plain(markdown);
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Text {
    written: String,
    /// The number that the next item has, for each list around; none where its items have no numbers.
    lists: Vec<Option<u64>>,
}

impl Text {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                self.written.push_str(&text);
            }
            Event::SoftBreak => self.written.push(' '),
            Event::HardBreak => self.line(),
            Event::Start(Tag::List(first)) => {
                if self.lists.is_empty() {
                    self.paragraph();
                }
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => self.item(),
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_),
            ) if self.lists.is_empty() => self.paragraph(),
            Event::End(TagEnd::TableCell) => self.written.push_str("  "),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.line(),
            _ => {}
        }
    }

    fn line(&mut self) {
        let end = self.written.trim_end().len();
        self.written.truncate(end);
        if !self.written.is_empty() {
            self.written.push('\n');
        }
    }

    fn paragraph(&mut self) {
        self.line();
        if !self.written.is_empty() {
            self.written.push('\n');
        }
    }

    fn item(&mut self) {
        if !self.written.ends_with("\n\n") {
            self.line();
        }
        let depth = self.lists.len().saturating_sub(1);
        self.written.push_str(&"  ".repeat(depth));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.written.push_str(&format!("{number}. "));
                *number = number.saturating_add(1);
            }
            _ => self.written.push_str("- "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_paragraphs_and_lists() {
        let text = "# Title\nOne `code`\ntwo [link](https://a.b).\n\n* a\n* b\n  1. c\n\n|a|b|\n|-|-|\n|1|2|";
        assert_eq!(plain(text), "Title\n\nOne code two link.\n\n- a\n- b\n  1. c\n\na  b\n1  2");
        assert_eq!(first_paragraph("One\ntwo.\n\nThree."), "One two.");
        assert_eq!(first_paragraph(""), "");
    }

    #[test]
    fn nothing_steers_a_terminal() {
        let text = plain("a\u{1b}[2Jb &#27;[31mc &#x202e;d\u{7}<b>e</b>");
        assert!(!text.contains(characters::is_hidden), "{text:?}");
        assert_eq!(text, "a[2Jb [31mc de");
    }
}

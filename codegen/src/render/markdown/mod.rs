//! The document's Markdown, made fit for rustdoc.
//!
//! A description is parsed (CommonMark with tables, as rustdoc reads it) and written anew
//! in one style: lines wrapped, list items aligned, brackets that are no links escaped,
//! bare URLs in angle brackets, code blocks marked as text so that rustdoc does not run
//! them, HTML reduced to its text.

mod inline;
mod wrap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use inline::Inline;
pub use wrap::wrap;

/// The languages that rustdoc would compile, and the words that it takes for Rust.
const RUST_LANGUAGES: [&str; 8] = [
    "",
    "rust",
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "test_harness",
    "standalone_crate",
];

/// Writes Markdown as lines of at most `width` characters, where words allow it.
/// Headings become bold lines, as rustdoc has headings of its own.
pub fn lines(markdown: &str, width: usize) -> Vec<String> {
    let markdown = visible(markdown.trim_start_matches(['\n', '\r']).trim_end());
    if is_plain(&markdown) {
        return wrap(&markdown, width);
    }
    let mut writer = Writer { events: Parser::new_ext(&markdown, Options::ENABLE_TABLES), width };
    let mut lines = writer.blocks(0);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The first sentence or line, as one line of plain Markdown.
pub fn summary(markdown: &str) -> String {
    let lines = lines(markdown, usize::MAX);
    let first = lines.first().cloned().unwrap_or_default();
    match first.find(". ") {
        Some(end) => first[..=end].to_owned(),
        None => first,
    }
}

/// The text on one line, fit for a cell of a Markdown table.
pub fn cell(markdown: &str) -> String {
    lines(markdown, usize::MAX).join(" ").replace('|', "\\|")
}

/// Takes out the characters that change the direction of the text around them, which
/// rustc refuses, and lone carriage returns.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\0')
            || (c.is_control() && c != '\n' && c != '\t')
    };
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !is_hidden(*c)).collect()
}

/// Whether the text is one paragraph that means nothing special in Markdown.
fn is_plain(text: &str) -> bool {
    !text.starts_with(' ')
        && !text.contains(|c: char| "\\`*_[]<>#&|~\n$:".contains(c))
        && !text.starts_with(|c: char| "-+=0123456789".contains(c))
}

/// Writes the events of one parse.
struct Writer<'a> {
    events: Parser<'a>,
    width: usize,
}

impl Writer<'_> {
    /// Writes blocks up to the end of the enclosing one.
    fn blocks(&mut self, indent: usize) -> Vec<String> {
        let width = self.width.saturating_sub(indent).max(20);
        let mut lines: Vec<String> = Vec::new();
        let mut loose = Inline::default();
        while let Some(event) = self.events.next() {
            if Inline::takes(&event) {
                loose.push(&event, &mut self.events);
                continue;
            }
            flush(&mut loose, &mut lines, width);
            match event {
                Event::Start(tag) => {
                    let block = self.block(tag, indent);
                    separate(&mut lines, &block);
                    lines.extend(block);
                }
                Event::Rule => {
                    separate(&mut lines, &["---".to_owned()]);
                    lines.push("---".to_owned());
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        flush(&mut loose, &mut lines, width);
        lines
    }

    fn block(&mut self, tag: Tag<'_>, indent: usize) -> Vec<String> {
        let width = self.width.saturating_sub(indent).max(20);
        match tag {
            Tag::Paragraph => wrap(&self.inline(TagEnd::Paragraph), width),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::CodeBlock(kind) => self.code(&kind),
            Tag::List(first) => self.list(first, indent),
            Tag::BlockQuote(_) => self
                .blocks(indent + 2)
                .into_iter()
                .map(|line| format!("> {line}").trim_end().to_owned())
                .collect(),
            Tag::Table(alignments) => self.table(alignments.len()),
            Tag::HtmlBlock => wrap(&self.inline(TagEnd::HtmlBlock), width),
            _ => self.blocks(indent),
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Vec<String> {
        let text = self.inline(TagEnd::Heading(level)).replace('*', "");
        if text.trim().is_empty() { Vec::new() } else { vec![format!("**{}**", text.trim())] }
    }

    /// Inline content up to the end of its block.
    fn inline(&mut self, end: TagEnd) -> String {
        let mut inline = Inline::default();
        while let Some(event) = self.events.next() {
            if event == Event::End(end) {
                break;
            }
            inline.push(&event, &mut self.events);
        }
        inline.finish()
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Vec<String> {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default()
                .to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let is_rust =
            RUST_LANGUAGES.contains(&language.as_str()) || language.starts_with("edition");
        let mut code = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(_) => break,
                _ => {}
            }
        }
        let fence = if code.contains("```") { "~~~~" } else { "```" };
        let mut lines = vec![format!("{fence}{}", if is_rust { "text" } else { &language })];
        lines.extend(code.lines().map(|line| line.replace('\t', "    ").trim_end().to_owned()));
        lines.push(fence.to_owned());
        lines
    }

    fn list(&mut self, first: Option<u64>, indent: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut number = first;
        while let Some(event) = self.events.next() {
            let Event::Start(Tag::Item) = event else { break };
            let marker = match &mut number {
                None => "- ".to_owned(),
                Some(number) => {
                    *number += 1;
                    format!("{}. ", *number - 1)
                }
            };
            let item = self.blocks(indent + marker.len());
            let padding = " ".repeat(marker.len());
            for (index, line) in item.iter().enumerate() {
                let start = if index == 0 { &marker } else { &padding };
                lines.push(format!("{start}{line}").trim_end().to_owned());
            }
        }
        lines
    }

    fn table(&mut self, columns: usize) -> Vec<String> {
        let mut rows: Vec<Vec<String>> = vec![Vec::new()];
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell =
                        self.inline(TagEnd::TableCell).replace("\\\n", " ").replace('|', "\\|");
                    rows.last_mut().unwrap_or(&mut Vec::new()).push(cell);
                }
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let mut lines = Vec::new();
        for row in rows.iter().filter(|row| !row.is_empty()) {
            lines.push(format!("| {} |", row.join(" | ")));
            if lines.len() == 1 {
                lines.push(format!("|{}", " --- |".repeat(columns)));
            }
        }
        lines
    }
}

/// Parts two blocks by an empty line; a nested list follows its item without one.
fn separate(lines: &mut Vec<String>, block: &[String]) {
    if !lines.is_empty() && !block.is_empty() {
        lines.push(String::new());
    }
}

fn flush(loose: &mut Inline, lines: &mut Vec<String>, width: usize) {
    let text = std::mem::take(loose).finish();
    if !text.trim().is_empty() {
        let block = wrap(&text, width);
        separate(lines, &block);
        lines.extend(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(markdown: &str) -> String {
        lines(markdown, 60).join("\n")
    }

    #[test]
    fn plain_text_is_wrapped() {
        assert_eq!(lines("one two three four", 9), ["one two", "three", "four"]);
    }

    #[test]
    fn brackets_and_urls_are_made_safe() {
        assert_eq!(
            written("See [this] or https://example.com/a_b, now."),
            "See \\[this\\] or <https://example.com/a_b>, now."
        );
        assert_eq!(
            written("A [link](https://example.com) stays."),
            "A [link](https://example.com) stays."
        );
    }

    #[test]
    fn a_link_that_rustdoc_would_look_up_becomes_text() {
        assert_eq!(written("See [the group](Group)."), "See the group.");
    }

    #[test]
    fn code_is_never_compiled() {
        assert_eq!(written("    let x = 1;"), "```text\nlet x = 1;\n```");
        assert_eq!(written("```\nlet x;\n```"), "```text\nlet x;\n```");
        assert_eq!(written("```json\n{}\n```"), "```json\n{}\n```");
        assert_eq!(written("```rust,ignore\nx\n```"), "```text\nx\n```");
    }

    #[test]
    fn html_is_reduced_to_its_text() {
        assert_eq!(written("a<br/>b"), "a\\\nb");
        assert_eq!(written("<p>One &amp; <b>two</b></p>"), "One & two");
        assert_eq!(written("an <unknown> tag"), "an \\<unknown\\> tag");
    }

    #[test]
    fn list_items_are_aligned() {
        assert_eq!(written("* one\ntwo\n* three"), "- one two\n- three");
        assert_eq!(written("1. one\n2. two"), "1. one\n2. two");
    }

    #[test]
    fn nothing_hides_the_direction_of_text() {
        assert_eq!(written("a\u{202E}b"), "ab");
    }

    #[test]
    fn a_wrapped_line_never_starts_a_block() {
        assert_eq!(lines("aaaa - bbbb", 5), ["aaaa", "\\-", "bbbb"]);
    }

    #[test]
    fn urls_within_html_are_links() {
        let html = "<table>\n<tbody>\n<tr>\n<th>At</th>\n<td><code>https://example.com/v0</code></td>\n</tr>\n</tbody>\n</table>";
        assert_eq!(
            lines(html, 80).join(" ").split_whitespace().collect::<Vec<_>>(),
            ["At", "<https://example.com/v0>"]
        );
    }
}

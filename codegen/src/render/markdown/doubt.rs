//! The last look at what was written, before it becomes a doc comment or a part of a page.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{block, wrap};

/// What follows the text, to see that the text ends where it should.
const FOLLOWING: &str = "\n\nfollowing";

/// Whether rustdoc reads the lines as they are meant: without HTML, every block of code in a language that is none of
/// its own, and all blocks closed at the end.
pub(super) fn is_safe(lines: &[String]) -> bool {
    let is_suspect = |line: &String| {
        line.contains(['<', '\t'])
            || line.contains("```")
            || line.contains("~~~")
            || line.contains("    ")
    };
    if !lines.iter().any(is_suspect) {
        return true;
    }
    let mut text = lines.join("\n");
    text.push_str(FOLLOWING);
    let mut last = [None, None, None];
    let mut depth = 0usize;
    for event in Parser::new_ext(&text, of_rustdoc()) {
        match &event {
            Event::Html(_) | Event::InlineHtml(_) => return false,
            Event::Start(Tag::CodeBlock(kind)) if !is_shown(kind) => return false,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        last.rotate_left(1);
        last[2] = Some((event, depth));
    }
    matches!(
        last,
        [
            Some((Event::Start(Tag::Paragraph), 1)),
            Some((Event::Text(_), 1)),
            Some((Event::End(TagEnd::Paragraph), 0)),
        ]
    )
}

/// The extensions of Markdown that rustdoc reads.
pub(super) fn of_rustdoc() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

fn is_shown(kind: &CodeBlockKind<'_>) -> bool {
    match kind {
        CodeBlockKind::Fenced(info) => block::is_language(info),
        CodeBlockKind::Indented => false,
    }
}

/// The text as paragraphs in which nothing means anything to Markdown.
pub(super) fn plain(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            escape(line, &mut paragraph);
            paragraph.push(' ');
        } else if !paragraph.is_empty() {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(wrap(&std::mem::take(&mut paragraph), width));
        }
    }
    lines
}

/// Adds the line with a backslash before all punctuation that Markdown gives a meaning (CommonMark 0.31, section 2.4).
fn escape(line: &str, escaped: &mut String) {
    for c in line.chars() {
        match c {
            '\t' => escaped.push(' '),
            c if "\\`*_[]<>#&|~$!:=+-".contains(c) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_safe_text(text: &str) -> bool {
        is_safe(&text.lines().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn what_rustdoc_would_run_or_leave_open_is_not_safe() {
        for text in [
            "```\nx\n```",
            "```rust\nx\n```",
            "```json,ignore\nx\n```",
            "```E0308\nx\n```",
            "~~~\nx\n~~~",
            "    x",
            "- a\n\n      x",
            "```json\nx",
            "a <b>c</b>",
            "<!-- a",
        ] {
            assert!(!is_safe_text(text), "{text}");
        }
    }

    #[test]
    fn what_is_only_shown_is_safe() {
        for text in
            ["```json\nx\n```", "- a\n  ```text\n      x\n  ```", "`<a>` and <https://a.b>", "a"]
        {
            assert!(is_safe_text(text), "{text}");
        }
    }

    /// `rustdoc` reads these, and no others that change what a block is.
    #[test]
    fn the_extensions_are_those_of_rustdoc() {
        let all = [
            Options::ENABLE_TABLES,
            Options::ENABLE_FOOTNOTES,
            Options::ENABLE_STRIKETHROUGH,
            Options::ENABLE_TASKLISTS,
            Options::ENABLE_SMART_PUNCTUATION,
        ];
        assert_eq!(
            of_rustdoc().iter().collect::<Vec<_>>(),
            all.map(|it| it.iter().next().unwrap())
        );
    }

    #[test]
    fn plain_paragraphs_say_what_the_text_says() {
        let text = "a *b*\nc\td\n\n \n\n# e <f>";
        assert_eq!(plain(text, 60), ["a \\*b\\* c d", "", "\\# e \\<f\\>"]);
        assert_eq!(plain("one two", 3), ["one", "two"]);
        assert!(plain("\n \n", 60).is_empty());
    }

    #[test]
    fn plain_paragraphs_are_safe_whatever_they_say() {
        let text = "```rust\nx\n```\n\n    y\n<script>\n1. z\n- - -\n===\n~~~\n\n\tw\n&lt;";
        let lines = plain(text, 60);
        assert!(is_safe(&lines), "{lines:#?}");
        let events: Vec<Event<'_>> = Parser::new_ext("", of_rustdoc()).collect();
        assert!(events.is_empty());
        let joined = lines.join("\n");
        let blocks = Parser::new_ext(&joined, of_rustdoc())
            .filter(|event| matches!(event, Event::Start(tag) if !matches!(tag, Tag::Paragraph)));
        assert_eq!(blocks.count(), 0, "{joined}");
    }
}

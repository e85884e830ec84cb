//! The document's Markdown, made fit for rustdoc and for pages.
//!
//! A description is parsed (CommonMark with tables, as rustdoc reads it) and written anew in one style: lines wrapped,
//! list items aligned, brackets that are no links escaped, bare URLs in angle brackets, HTML reduced to its text. Code
//! is shown and never tested: a block of code has a language from a short list, none of which rustdoc takes for Rust,
//! and a fence longer than any within it. What was written is read again before it leaves (`doubt`); where it does
//! not read as it should, the description becomes plain paragraphs.
//!
//! Names and values of the document go through [`code`], prose goes through [`lines`], [`inline`] and the functions
//! for [`cell`]s; there is no other way into a doc comment or a page.

mod block;
pub mod cell;
mod doubt;
mod inline;
mod wrap;
mod write;

pub use cell::inline;
pub use wrap::wrap;

use crate::characters;

/// Writes Markdown as lines of at most `width` characters, where words allow it.
/// Headings become bold lines, as rustdoc has headings of its own.
pub fn lines(markdown: &str, width: usize) -> Vec<String> {
    let prose = characters::prose(markdown);
    let text = prose.trim_start_matches('\n').trim_end();
    if is_plain(text) {
        return wrap(text, width);
    }
    let lines = write::lines(&block::parse(text), width);
    if doubt::is_safe(&lines) { lines } else { doubt::plain(text, width) }
}

/// A name or a value of the document as code, on one line: its backticks stay, what cannot be seen in it is shown by
/// its number, and whatever it is, it ends where it should (CommonMark 0.31, section 6.1).
pub fn code(text: &str) -> String {
    let is_empty = text.is_empty();
    let text = characters::shown(text);
    let text = text.trim();
    match (is_empty, text) {
        (true, _) => return "(empty)".to_owned(),
        (false, "") => return "(white space)".to_owned(),
        _ => {}
    }
    let fence = fence(std::iter::once(text), 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// A run of backticks that is longer than any in the texts, and at least `shortest` long.
fn fence<'a>(texts: impl Iterator<Item = &'a str>, shortest: usize) -> String {
    let runs = texts.flat_map(|text| text.split(|c| c != '`').map(str::len));
    "`".repeat(runs.max().unwrap_or(0).saturating_add(1).max(shortest))
}

/// Whether the text is one paragraph that means nothing special in Markdown.
fn is_plain(text: &str) -> bool {
    !text.starts_with([' ', '\t'])
        && !text.contains(|c: char| "\\`*_[]<>#&|~\n$:".contains(c))
        && !text.starts_with(|c: char| "-+=0123456789".contains(c))
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
    fn what_follows_a_block_stays_beside_it() {
        assert_eq!(written("a\n\n***\n\nb"), "a\n\n---\n\nb");
        assert_eq!(written("|a|b|\n|-|-|\n|1|2|\n\nc"), "| a | b |\n| --- | --- |\n| 1 | 2 |\n\nc");
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
    fn emphasis_ends_within_a_list() {
        assert_eq!(written("- a *b* c **d** e\n- f"), "- a *b* c **d** e\n- f");
    }

    #[test]
    fn list_items_are_aligned() {
        assert_eq!(written("* one\ntwo\n* three"), "- one two\n- three");
        assert_eq!(written("1. one\n2. two"), "1. one\n2. two");
    }

    /// Each took the stack of a thread, or quadratic time, where nesting was followed to its end.
    #[test]
    fn however_deep_it_is_nested_it_is_written_at_once() {
        let n = 20_000;
        let shapes = [
            ">".repeat(n),
            "> ".repeat(n) + "a",
            "- ".repeat(n) + "a",
            "1. ".repeat(n) + "a",
            "1".repeat(n) + ". a",
            "![".repeat(n) + &"](a)".repeat(n),
            "![".repeat(n),
            "[a](".repeat(n),
            "**a _b ".repeat(n),
            "<a ".repeat(n),
            "https://".repeat(n),
            "`a``".repeat(n),
            (0..1_000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect(),
        ];
        for shape in shapes {
            let start = std::time::Instant::now();
            let lines = lines(&shape, 92);
            let cell = cell::text(&shape);
            let summary = cell::summary(&shape);
            // A second for each in a build without optimization; quadratic time would be minutes.
            assert!(start.elapsed().as_secs() < 20, "{}", &shape[..20]);
            assert!(doubt::is_safe(&lines), "{}", &shape[..20]);
            assert!(!cell.contains('\n') && !summary.contains('\n'));
        }
    }

    #[test]
    fn what_is_nested_too_deeply_is_a_paragraph() {
        let quoted = written(&("> ".repeat(20) + "a *b* `c`\n\nend"));
        assert_eq!(quoted, "> ".repeat(13) + "a *b* `c`\n\nend");
        assert_eq!(written(&("- ".repeat(20) + "a")), "- ".repeat(13) + "a");
        assert_eq!(written("![a ![b](c) d](e) f"), "a b d f");
    }

    #[test]
    fn code_ends_where_it_should_whatever_is_in_it() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code("a`"), "`` a` ``");
        assert_eq!(code("a\r\u{202e}b"), "`a\\r\\u{202e}b`");
        assert_eq!(code(" \n"), "`\\n`");
        assert_eq!(code(""), "(empty)");
        assert_eq!(code(" "), "(white space)");
    }

    #[test]
    fn a_fence_is_longer_than_any_within() {
        assert_eq!(
            written("`````\n```\n~~~~\n```rust\nx\n```\n`````\n"),
            "````text\n```\n~~~~\n```rust\nx\n```\n````"
        );
        assert_eq!(written("```E0308\nx\n```"), "```text\nx\n```");
        assert_eq!(written("```JSON title=x\nx\n```"), "```json\nx\n```");
        assert_eq!(written("~~~rust,ignore\nx"), "```text\nx\n```");
        assert_eq!(written("a\r\r~~~\rx\r~~~\rb"), "a\n\n```text\nx\n```\n\nb");
        assert_eq!(written("a\u{2028}\u{2028}```\u{85}x"), "a\n\n```text\nx\n```");
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

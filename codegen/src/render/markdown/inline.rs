//! Inline Markdown: text, code, links and emphasis.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::characters::is_hidden;

/// HTML tags that only format, and whose text is kept.
const FORMATTING: [&str; 42] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "body",
    "center",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Inline content as it is written.
#[derive(Default)]
pub struct Inline {
    text: String,
    is_label: bool,
}

impl Inline {
    /// Whether an event belongs to inline content.
    pub fn takes(event: &Event<'_>) -> bool {
        match event {
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => true,
            Event::SoftBreak | Event::HardBreak | Event::InlineMath(_) | Event::DisplayMath(_) => {
                true
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => true,
            Event::Start(tag) => {
                matches!(
                    tag,
                    Tag::Emphasis
                        | Tag::Strong
                        | Tag::Strikethrough
                        | Tag::Link { .. }
                        | Tag::Image { .. }
                )
            }
            _ => false,
        }
    }

    /// Writes one event; for a link, all up to its end.
    pub fn push(&mut self, event: &Event<'_>, events: &mut Parser<'_>) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.push_link(dest_url, events, TagEnd::Link)
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.push_link(dest_url, events, TagEnd::Image)
            }
            event => self.push_leaf(event),
        }
    }

    /// Writes an event that is no link.
    fn push_leaf(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => self.push_text(text),
            Event::Code(code) => self.push_code(code),
            Event::InlineHtml(html) | Event::Html(html) => self.push_html(html),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push_str("\\\n"),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => self.text.push('*'),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => self.text.push_str("**"),
            _ => {}
        }
    }

    /// The whole content.
    pub fn finish(self) -> String {
        self.text
    }

    /// Parts what follows from what came.
    pub fn part(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn push_text(&mut self, text: &str) {
        let mut rest = text;
        while !self.is_label
            && let Some(start) = find_url(rest)
        {
            let (before, from) = rest.split_at(start);
            let (url, after) = from.split_at(url_length(from));
            self.push_escaped(before);
            self.text.push_str(&format!("<{url}>"));
            rest = after;
        }
        self.push_escaped(rest);
    }

    fn push_escaped(&mut self, text: &str) {
        let mut previous = self.text.chars().last().unwrap_or(' ');
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            let following = characters.peek().copied();
            let next = following.unwrap_or(' ');
            let is_special = match c {
                '\\' | '`' | '*' | '[' | ']' | '<' | '>' => true,
                '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
                '~' => next == '~' || previous == '~',
                // The text that an entity stands for ends with its sign, and what follows comes apart.
                '&' => following.is_none_or(|next| next == '#' || next.is_ascii_alphabetic()),
                _ => false,
            };
            if is_special {
                self.text.push('\\');
            }
            self.text.push(if c == '\n' { ' ' } else { c });
            previous = c;
        }
    }

    fn push_code(&mut self, code: &str) {
        self.text.push_str(&super::code(&code.replace('\n', " ")));
    }

    fn push_html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            let (before, from) = rest.split_at(start);
            self.push_text(&unescape(before));
            let end = from.find('>').map_or(from.len(), |end| end + 1);
            let (tag, after) = from.split_at(end);
            let name: String = tag
                .trim_start_matches(['<', '/'])
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_ascii_lowercase();
            match name.as_str() {
                "br" => self.text.push_str("\\\n"),
                "" if tag.starts_with("<!--") => {}
                known if FORMATTING.contains(&known) => self.push_gap(known),
                _ => self.push_escaped(tag),
            }
            rest = after;
        }
        self.push_text(&unescape(rest));
    }

    /// A tag of a block parts words.
    fn push_gap(&mut self, tag: &str) {
        let is_block = matches!(
            tag,
            "p" | "div" | "li" | "ul" | "ol" | "tr" | "td" | "th" | "h1" | "h2" | "h3" | "h4"
        );
        if is_block {
            self.part();
        }
    }

    /// Writes a link up to its end. Images and links within its label are text.
    fn push_link(&mut self, destination: &str, events: &mut Parser<'_>, end: TagEnd) {
        let mut label = Self { text: String::new(), is_label: true };
        let mut depth = 0;
        for event in events.by_ref() {
            match &event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Link | TagEnd::Image) if depth == 0 => break,
                Event::End(TagEnd::Link | TagEnd::Image) => depth -= 1,
                event => label.push_leaf(event),
            }
        }
        let label = label.finish().replace("\\\n", " ");
        let is_link = !self.is_label && end == TagEnd::Link && leads_somewhere(destination);
        if is_link && label.replace('\\', "") == destination {
            self.text.push_str(&format!("<{destination}>"));
        } else if is_link {
            self.text.push_str(&format!("[{label}]({destination})"));
        } else {
            self.text.push_str(&label);
        }
    }
}

/// Whether rustdoc takes a destination for a URL and not for the name of an item.
fn leads_somewhere(destination: &str) -> bool {
    let is_url =
        ["https://", "http://", "mailto:"].iter().any(|scheme| destination.starts_with(scheme));
    is_url
        && !destination
            .contains(|c: char| c.is_whitespace() || is_hidden(c) || "()<>`\\|".contains(c))
}

fn find_url(text: &str) -> Option<usize> {
    let is_url = |rest: &str| rest.starts_with("http://") || rest.starts_with("https://");
    text.match_indices("http").map(|(start, _)| start).find(|start| is_url(&text[*start..]))
}

/// How far a bare URL goes; punctuation at its end belongs to the sentence.
fn url_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"'`[]{}()|\\^*".contains(c))
        .unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

/// Resolves the entities that descriptions have.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    fn written(markdown: &str) -> String {
        crate::render::markdown::lines(markdown, 90).join("\n")
    }

    /// CommonMark 0.31, sections 2.4 and 6.2: a sign is escaped where it could mean something.
    #[test]
    fn signs_stay_signs() {
        assert_eq!(written("\\_a\\_ snake_case a_ \\*"), "\\_a\\_ snake_case a\\_ \\*");
        assert_eq!(written("a ~ b ~~ c"), "a ~ b \\~\\~ c");
        assert_eq!(written("&amp;lt; AT&T & b &amp;#60; &1"), "\\&lt; AT\\&T & b \\&#60; &1");
        assert_eq!(written("\\\\ \\`a\\`"), "\\\\ \\`a\\`");
    }

    #[test]
    fn emphasis_and_line_breaks_stay() {
        assert_eq!(written("*a* __b__ c  \nd\ne"), "*a* **b** c\\\nd e");
    }

    #[test]
    fn html_says_what_it_says_without_its_tags() {
        assert_eq!(written("a <!-- b --> c"), "a c");
        assert_eq!(written("a <?b?> c"), "a \\<?b?\\> c");
        assert_eq!(written("<table><tr><td>a</td><td>b</td></tr></table>"), "a b");
        assert_eq!(written("<P>a<b>b</b>c</P><p>d"), "abc d");
        assert_eq!(
            written("<p>&lt;a&gt; &quot;b&quot; &#39;c&#39;&nbsp;d &amp;&amp; e</p>"),
            "\\<a\\> \"b\" 'c' d && e"
        );
        assert_eq!(written("a <b"), "a \\<b");
    }

    #[test]
    fn a_label_has_no_link_and_no_line_break() {
        assert_eq!(written("[a ![b](c) d](https://x.y) e"), "[a b d](https://x.y) e");
        assert_eq!(written("![a [b](https://x.y) c](d) e"), "a b c e");
        assert_eq!(written("[a  \nb](https://x.y)"), "[a b](https://x.y)");
        assert_eq!(written("[<div>a](https://x.y)"), "[a](https://x.y)");
        assert_eq!(written("[https://x.y](https://x.z)"), "[https://x.y](https://x.z)");
        assert_eq!(written("<https://x.y/a_b>"), "<https://x.y/a_b>");
        assert_eq!(written("[https://x.y/a_](https://x.y/a_)"), "<https://x.y/a_>");
    }

    #[test]
    fn a_link_leads_to_a_url_or_is_text() {
        for kept in ["[a](https://x.y)", "[a](http://x.y)", "[a](mailto:a@x.y)"] {
            assert_eq!(written(kept), kept);
        }
        for refused in [
            "[a](#b)",
            "[a](ftp://x.y)",
            "[a](javascript:x)",
            "[a](<https://x.y/(b>)",
            "[a](<https://x.y/ b>)",
            "[a](<https://x.y/|b>)",
            "[a]()",
        ] {
            assert_eq!(written(refused), "a", "{refused}");
        }
    }

    #[test]
    fn a_bare_url_ends_before_the_sentence_does() {
        assert_eq!(written("a http://x.y/b?c=d#e. F"), "a <http://x.y/b?c=d#e>. F");
        assert_eq!(written("(https://x.y), https://x.z?!"), "(<https://x.y>), <https://x.z>?!");
        assert_eq!(written("http https: httpx https://x.y"), "http https: httpx <https://x.y>");
        assert_eq!(written("'https://x.y' and 'b'"), "'<https://x.y>' and 'b'");
    }
}

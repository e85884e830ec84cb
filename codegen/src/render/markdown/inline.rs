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
            let next = characters.peek().copied().unwrap_or(' ');
            let is_special = match c {
                '\\' | '`' | '*' | '[' | ']' | '<' | '>' => true,
                '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
                '~' => next == '~' || previous == '~',
                '&' => next == '#' || next.is_ascii_alphabetic(),
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

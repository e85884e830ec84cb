//! Inline Markdown: text, code, links and emphasis.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

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
    link_depth: usize,
}

impl Inline {
    /// Whether an event belongs to inline content.
    pub fn takes(event: &Event<'_>) -> bool {
        match event {
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => true,
            Event::SoftBreak | Event::HardBreak | Event::InlineMath(_) | Event::DisplayMath(_) => {
                true
            }
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
            Event::Text(text) => self.push_text(text),
            Event::Code(code) => self.push_code(code),
            Event::InlineHtml(html) | Event::Html(html) => self.push_html(html),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push_str("\\\n"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.push_link(dest_url, events, TagEnd::Link)
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.push_link(dest_url, events, TagEnd::Image)
            }
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => self.text.push('*'),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => self.text.push_str("**"),
            _ => {}
        }
    }

    /// The whole content.
    pub fn finish(self) -> String {
        self.text
    }

    fn push_text(&mut self, text: &str) {
        let mut rest = text;
        while self.link_depth == 0
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
        let code = code.replace('\n', " ");
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let gap = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.text.push_str(&format!("{fence}{gap}{code}{gap}{fence}"));
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
        if is_block && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn push_link(&mut self, destination: &str, events: &mut Parser<'_>, end: TagEnd) {
        let mut label = Self { text: String::new(), link_depth: self.link_depth + 1 };
        while let Some(event) = events.next() {
            if event == Event::End(end) {
                break;
            }
            label.push(&event, events);
        }
        let label = label.finish().replace("\\\n", " ");
        let is_link = self.link_depth == 0 && end == TagEnd::Link && leads_somewhere(destination);
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
    is_url && !destination.contains(|c: char| c.is_whitespace() || "()<>`".contains(c))
}

fn find_url(text: &str) -> Option<usize> {
    let starts = ["https://", "http://"].into_iter().filter_map(|scheme| text.find(scheme));
    starts.min()
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

//! Markdown as a tree of blocks.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::inline::Inline;

/// How deep lists and quotations may be nested; what is deeper is one paragraph.
const MAX_DEPTH: usize = 12;

/// The languages of code blocks that rustdoc takes for another language than Rust, and that are kept since pages are
/// coloured by them. Every other word could be one that makes a test of the block, in this version of rustdoc or in
/// the next (`E0308` does on nightly), so it becomes [`NO_LANGUAGE`].
const LANGUAGES: [&str; 32] = [
    "bash",
    "c",
    "cpp",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "jsonc",
    "kotlin",
    "php",
    "powershell",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

/// The language of a code block that has none, or none that is known.
pub(super) const NO_LANGUAGE: &str = "text";

/// Whether a code block's info string is one that [`parse`] gives.
pub(super) fn is_language(info: &str) -> bool {
    info == NO_LANGUAGE || LANGUAGES.contains(&info)
}

/// One block. Inline content is Markdown that is written already.
pub(super) enum Block {
    Paragraph(String),
    Code { language: &'static str, lines: Vec<String> },
    List { first: Option<u64>, items: Vec<Vec<Block>> },
    Quote(Vec<Block>),
    Table { columns: usize, rows: Vec<Vec<String>> },
    Rule,
}

/// Reads CommonMark with tables, as rustdoc does. Takes time and memory linear in the text.
pub(super) fn parse(markdown: &str) -> Vec<Block> {
    Reader { events: Parser::new_ext(markdown, Options::ENABLE_TABLES) }.blocks(0)
}

struct Reader<'a> {
    events: Parser<'a>,
}

impl Reader<'_> {
    /// Reads blocks up to the end of the enclosing one.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        if depth > MAX_DEPTH {
            return self.flat();
        }
        let mut blocks = Vec::new();
        let mut loose = Inline::default();
        while let Some(event) = self.events.next() {
            if Inline::takes(&event) {
                loose.push(&event, &mut self.events);
                continue;
            }
            flush(&mut loose, &mut blocks);
            match event {
                Event::Start(tag) => self.block(tag, depth, &mut blocks),
                Event::Rule => blocks.push(Block::Rule),
                Event::End(_) => break,
                _ => {}
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    fn block(&mut self, tag: Tag<'_>, depth: usize, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => paragraph(self.inline(TagEnd::Paragraph), blocks),
            Tag::HtmlBlock => paragraph(self.inline(TagEnd::HtmlBlock), blocks),
            Tag::Heading { level, .. } => paragraph(self.heading(level), blocks),
            Tag::CodeBlock(kind) => blocks.push(self.code(&kind)),
            Tag::List(first) => blocks.push(self.list(first, depth)),
            Tag::BlockQuote(_) => {
                let quoted = self.blocks(depth + 1);
                if !quoted.is_empty() {
                    blocks.push(Block::Quote(quoted));
                }
            }
            Tag::Table(alignments) => blocks.push(self.table(alignments.len())),
            _ => blocks.extend(self.blocks(depth + 1)),
        }
    }

    /// A heading is a bold line, as rustdoc has headings of its own.
    fn heading(&mut self, level: HeadingLevel) -> String {
        let text = self.inline(TagEnd::Heading(level)).replace('*', "").replace("\\\n", " ");
        if text.trim().is_empty() { String::new() } else { format!("**{}**", text.trim()) }
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

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Block {
        let word = match kind {
            CodeBlockKind::Fenced(info) => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+');
                info.split(|c| !is_part(c)).next().unwrap_or_default().to_ascii_lowercase()
            }
            CodeBlockKind::Indented => String::new(),
        };
        let language = LANGUAGES.into_iter().find(|it| *it == word).unwrap_or(NO_LANGUAGE);
        let mut code = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(_) => break,
                _ => {}
            }
        }
        let line = |line: &str| line.replace('\t', "    ").trim_end().to_owned();
        Block::Code { language, lines: code.lines().map(line).collect() }
    }

    fn list(&mut self, first: Option<u64>, depth: usize) -> Block {
        let mut items = Vec::new();
        while let Some(Event::Start(Tag::Item)) = self.events.next() {
            items.push(self.blocks(depth + 1));
        }
        Block::List { first, items }
    }

    fn table(&mut self, columns: usize) -> Block {
        let mut rows: Vec<Vec<String>> = vec![Vec::new()];
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell = self.inline(TagEnd::TableCell).replace("\\\n", " ");
                    rows.last_mut().unwrap_or(&mut Vec::new()).push(cell);
                }
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => rows.push(Vec::new()),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows.retain(|row| !row.is_empty());
        Block::Table { columns, rows }
    }

    /// All that is left of the enclosing block as one paragraph, however deep it goes on.
    fn flat(&mut self) -> Vec<Block> {
        let mut text = Inline::default();
        let mut depth = 0;
        while let Some(event) = self.events.next() {
            match &event {
                inline if Inline::takes(inline) => text.push(&event, &mut self.events),
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => {
                    depth -= 1;
                    text.part();
                }
                _ => {}
            }
        }
        let mut blocks = Vec::new();
        paragraph(text.finish(), &mut blocks);
        blocks
    }
}

fn flush(loose: &mut Inline, blocks: &mut Vec<Block>) {
    paragraph(std::mem::take(loose).finish(), blocks);
}

fn paragraph(text: String, blocks: &mut Vec<Block>) {
    if !text.trim().is_empty() {
        blocks.push(Block::Paragraph(text));
    }
}

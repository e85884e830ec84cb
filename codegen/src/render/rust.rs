//! Rust source: checked, and laid out.

use proc_macro2::Literal;
use syn::Item;
use syn::spanned::Spanned;

use super::Error;
use crate::output::MARKER;


/// Parses what a template gave and lays it out: prettyplease prints every item except macro
/// calls, which stay as the template has them, and a blank line parts the items.
pub fn file(path: &str, source: &str) -> Result<String, Error> {
    let syntax = syn::parse_file(source).map_err(|error| Error::Syntax {
        path: path.to_owned(),
        message: error.to_string(),
        line: error.span().start().line,
        text: source.lines().nth(error.span().start().line.saturating_sub(1)).unwrap_or_default().to_owned(),
    })?;
    let mut blocks = Vec::new();
    if !syntax.attrs.is_empty() {
        blocks.push(Block { text: pretty(syntax.attrs.clone(), Vec::new()), joins: false });
    }
    for item in syntax.items {
        let joins = matches!(item, Item::Use(_) | Item::Mod(_));
        let text = match &item {
            Item::Macro(call) if !call.mac.path.is_ident("macro_rules") => source[call.span().byte_range()].to_owned() + "\n",
            _ => part_members(&pretty(Vec::new(), vec![item])),
        };
        blocks.push(Block { text, joins });
    }
    Ok(format!("// {MARKER}; do not edit.\n\n{}", join(&blocks)))
}

struct Block {
    text: String,
    /// Whether it stands right under another of its kind.
    joins: bool,
}

fn pretty(attrs: Vec<syn::Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}

fn join(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut previous: Option<&Block> = None;
    for block in blocks {
        let follows = previous.is_some_and(|previous| previous.joins && block.joins && is_alike(&previous.text, &block.text));
        if previous.is_some() && !follows {
            text.push('\n');
        }
        text.push_str(&block.text);
        previous = Some(block);
    }
    text
}

/// Whether two blocks are of one kind: both import the same things' kind, or both are modules.
fn is_alike(one: &str, other: &str) -> bool {
    let kind = |text: &str| {
        let line = text.lines().find(|line| !line.starts_with("#[") && !line.starts_with("///")).unwrap_or_default().to_owned();
        let root = line.split("::").next().unwrap_or_default().to_owned();
        match root.split_whitespace().next_back() {
            Some(word) if line.contains("use ") => format!("{} {}", line.starts_with("pub"), word == "crate" || word == "super"),
            _ => "mod".to_owned(),
        }
    };
    kind(one) == kind(other)
}

/// Puts a blank line between the members of an impl block or trait.
fn part_members(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        parted.push_str(line);
        parted.push('\n');
        if line == "    }" && lines.peek().is_some_and(|next| *next != "}") {
            parted.push('\n');
        }
    }
    parted
}

/// A string as a Rust literal: whatever the text is, it stays a text.
pub fn string(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Lines of Markdown as doc comments.
pub fn doc(lines: &[String], indent: usize) -> String {
    comment("///", lines, indent)
}

/// Lines of Markdown as the docs of the file that they stand in.
pub fn inner_doc(lines: &[String]) -> String {
    comment("//!", lines, 0)
}

fn comment(marker: &str, lines: &[String], indent: usize) -> String {
    let padding = " ".repeat(indent);
    let mut text = String::new();
    for line in lines.iter().flat_map(|line| line.split(['\n', '\r'])) {
        text.push_str(&padding);
        text.push_str(marker);
        if !line.trim().is_empty() {
            text.push(' ');
            text.push_str(line.trim_end());
        }
        text.push('\n');
    }
    text.pop();
    text
}

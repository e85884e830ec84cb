//! Rust source: checked, and laid out as rustfmt would.
//!
//! The templates give the layout; the functions here break what does not fit a line, by
//! rustfmt's rules. Every file is parsed before it is written: a template that gives something
//! other than Rust is an error, not a broken crate.

use proc_macro2::Literal;
use syn::parse::{ParseStream, Parser};

use super::{Error, Fault, markdown};
use crate::characters::{self, is_hidden};
use crate::output::MARKER;

/// How wide a line may be.
pub const WIDTH: usize = 100;

/// A file of what a template gave: marked, and with exactly one blank line where it has some.
pub fn file(source: &str) -> String {
    format!("// {MARKER}; do not edit.\n\n{}", squeeze(source))
}

/// Checks that a file is Rust.
pub fn check(path: &str, text: &str) -> Result<(), Error> {
    // Where a string goes on in a line that looks like a doc comment, only the whole text can tell.
    match items.parse_str(&first_doc_lines(text)).or_else(|_| items.parse_str(text)) {
        Ok(()) => Ok(()),
        Err(error) => {
            let line = error.span().start().line;
            Err(Error::Syntax(Box::new(Fault::new("Rust", path, text, line, &error.to_string()))))
        }
    }
}

/// A text of the same lines, without the doc comments but for the first line of each. Most lines of an SDK are
/// docs, and what stands in them is no syntax.
fn first_doc_lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_doc_before = false;
    for line in text.lines() {
        let is_doc = line.trim_start().starts_with("///");
        if !(is_doc && is_doc_before) {
            kept.push_str(line);
        }
        kept.push('\n');
        is_doc_before = is_doc;
    }
    kept
}

/// Reads a file item by item, of which none is kept: the syntax tree of a large file takes far more memory than it.
fn items(input: ParseStream<'_>) -> syn::Result<()> {
    syn::Attribute::parse_inner(input)?;
    while !input.is_empty() {
        input.parse::<syn::Item>()?;
    }
    Ok(())
}

/// Takes out blank lines where rustfmt has none: doubled ones, and those at a block's ends.
pub fn squeeze(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut is_blank_due = false;
    let mut opens_block = true;
    for line in source.lines().map(str::trim_end) {
        if line.is_empty() {
            is_blank_due = true;
            continue;
        }
        if is_blank_due && !opens_block && !line.trim_start().starts_with(['}', ')', ']']) {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        is_blank_due = false;
        opens_block = line.ends_with(['{', '(', '[']) && !is_comment(line);
    }
    text
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// A string as a Rust literal: whatever the text is, it stays a text.
pub fn string(text: &str) -> String {
    // What the literal does not escape and still cannot be seen is escaped here, which means the same.
    characters::shown(&Literal::string(text).to_string()).into_owned()
}

/// A reference to an array of string literals.
pub fn strings(texts: &[String]) -> String {
    slice(texts.iter().map(|text| string(text)))
}

/// A reference to an array of such expressions.
pub fn slice(elements: impl Iterator<Item = String>) -> String {
    format!("&[{}]", elements.collect::<Vec<_>>().join(", "))
}

/// A literal that a macro of the runtime repeats in docs, followed by its Markdown where a pair of backticks around the
/// text would not be code.
pub fn documented_string(text: &str) -> String {
    let code = markdown::code(text);
    if code == format!("`{text}`") {
        string(text)
    } else {
        format!("{} doc {}", string(text), string(&code))
    }
}

/// A text of several lines as a raw literal. Where one could not hold it, or where it holds
/// what cannot be seen, it is written with escapes.
pub fn raw_string(text: &str) -> String {
    let hashes =
        (1..8).map(|count| "#".repeat(count)).find(|it| !text.contains(&format!("\"{it}")));
    let is_plain = |c: char| {
        matches!(c, '\n' | '"' | '\'' | '\\') || (c.escape_debug().count() == 1 && !is_hidden(c))
    };
    match hashes {
        Some(hashes) if text.chars().all(is_plain) => format!("r{hashes}\"{text}\"{hashes}"),
        _ => string(text),
    }
}

/// `before(items)after` on one line, or with an item a line where that is too long.
pub fn call(indent: usize, before: &str, items: &[String], after: &str) -> String {
    let line = format!("{before}({}){after}", items.join(", "));
    if items.is_empty() || fits(indent, &line) {
        return line;
    }
    let padding = " ".repeat(indent);
    let items: String = items.iter().map(|item| format!("\n{padding}    {item},")).collect();
    format!("{before}({items}\n{padding}){after}")
}

/// `target = function(items);`, the right side on a line of its own where it fits only there,
/// or with an item a line.
pub fn assignment(indent: usize, target: &str, function: &str, items: &[String]) -> String {
    let right = format!("{function}({});", items.join(", "));
    let line = format!("{target} = {right}");
    if fits(indent, &line) {
        return line;
    }
    if fits(indent + 4, &right) {
        return format!("{target} =\n{}{right}", " ".repeat(indent + 4));
    }
    call(indent, &format!("{target} = {function}"), items, ";")
}

/// `target = receiver.method(items);`, the right side on a line of its own where it fits only
/// there, or with a link of the chain a line, or with an item a line.
pub fn method_assignment(
    indent: usize,
    target: &str,
    receiver: &str,
    method: &str,
    items: &[String],
) -> String {
    let function = format!("{receiver}.{method}");
    let last = format!(".{method}({});", items.join(", "));
    let right = format!("{receiver}{last}");
    let is_chain = !fits(indent, &format!("{target} = {right}"))
        && !fits(indent + 4, &right)
        && fits(indent + 4, &last);
    if !is_chain {
        return assignment(indent, target, &function, items);
    }
    let links = receiver.replace('.', &format!("\n{}.", " ".repeat(indent + 4)));
    format!("{target} = {links}\n{}{last}", " ".repeat(indent + 4))
}

/// `use path::{names};`, the names in rustfmt's order, filled into lines.
pub fn import(path: &str, names: &[String]) -> String {
    if let [name] = names {
        return format!("use {path}::{name};");
    }
    let names = sorted_names(names);
    let line = format!("use {path}::{{{}}};", names.join(", "));
    if fits(0, &line) {
        return line;
    }
    let mut lines = vec![String::from("   ")];
    for name in &names {
        let last = lines.last_mut().map_or(0, |line| line.len());
        if last + name.len() + 2 > WIDTH {
            lines.push(String::from("   "));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(name);
            line.push(',');
        }
    }
    format!("use {path}::{{\n{}\n}};", lines.join("\n"))
}

/// Types first, then functions and modules, as the version sort of the 2024 style has them.
fn sorted_names(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort_by_key(|name| (!name.starts_with(char::is_uppercase), version_key(name)));
    names
}

/// A key by which `Item2` comes before `Item10`.
fn version_key(name: &str) -> Vec<(String, u64)> {
    let mut key = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let text_end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, after) = rest.split_at(text_end);
        let number_end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(number_end);
        key.push((text.to_owned(), number.parse().unwrap_or(0)));
        rest = after;
    }
    key
}

/// Whether a line fits behind its indentation.
pub fn fits(indent: usize, line: &str) -> bool {
    indent + line.chars().count() <= WIDTH
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
    for line in lines.iter().flat_map(|line| line.split('\n')).flat_map(|line| line.split('\r')) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of what is wrong in a file whose docs are not all parsed.
    fn wrong_line(source: &str) -> Option<usize> {
        match check("src/a.rs", source) {
            Err(Error::Syntax(fault)) => Some(fault.line),
            _ => None,
        }
    }

    #[test]
    fn lines_of_docs_do_not_hide_what_is_wrong() {
        assert_eq!(wrong_line("/// One.\n/// Two.\npub fn a() {}\n"), None);
        assert_eq!(wrong_line("/// One.\n/// Two.\npub fn a( {}\n"), Some(3));
        // Docs of nothing, and a text that goes on in what looks like docs.
        assert_eq!(wrong_line("pub struct A {\n    /// One.\n    /// Two.\n}\n"), Some(4));
        assert_eq!(wrong_line("pub const A: &str = r#\"\n/// One.\n/// Two.\"#;\n"), None);
    }

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(string("\"; } fn evil() {} //"), r#""\"; } fn evil() {} //""#);
        assert_eq!(doc(&["one\ntwo".to_owned()], 4), "    /// one\n    /// two");
    }

    #[test]
    fn a_text_that_backticks_cannot_hold_brings_its_markdown() {
        assert_eq!(documented_string("a b"), "\"a b\"");
        assert_eq!(documented_string("a`b"), "\"a`b\" doc \"``a`b``\"");
        assert_eq!(documented_string("\r\r~~~"), "\"\\r\\r~~~\" doc \"`\\\\r\\\\r~~~`\"");
        assert_eq!(documented_string(""), "\"\" doc \"(empty)\"");
    }

    #[test]
    fn a_raw_text_stays_a_text() {
        let texts = [
            "{\n  \"a\": \"b\\n\"\n}",
            "\"#; fn evil() {} r#\"",
            "a\u{202e}b",
            "\"########",
            "\u{3164}",
        ];
        for text in texts {
            let literal: syn::LitStr = syn::parse_str(&raw_string(text)).unwrap();
            assert_eq!(literal.value(), text);
            assert_eq!(syn::parse_str::<syn::LitStr>(&string(text)).unwrap().value(), text);
            assert!(!raw_string(text).contains(is_hidden) && !string(text).contains(is_hidden));
        }
        assert_eq!(raw_string("{\"a\"}"), "r#\"{\"a\"}\"#");
    }

    #[test]
    fn a_long_call_has_an_item_a_line() {
        let items = vec!["x".repeat(60), "y".repeat(60)];
        let broken = call(4, "f", &items, ";");
        assert_eq!(broken.lines().count(), 4);
        assert_eq!(call(4, "f", &["x".to_owned()], ";"), "f(x);");
    }

    #[test]
    fn imports_are_sorted_and_filled() {
        let names: Vec<String> = ["b", "Item10", "Item2"].map(str::to_owned).to_vec();
        assert_eq!(import("super", &names), "use super::{Item2, Item10, b};");
        assert_eq!(import("super", &names[..1]), "use super::b;");
    }

    #[test]
    fn what_is_not_rust_is_an_error() {
        let error = check("src/api/x.rs", "fn a() {}\nfn f( {").unwrap_err();
        let shown = error.to_string();
        assert!(shown.contains("`templates/api.rs.jinja`"), "{shown}");
        assert!(shown.contains("gave no valid Rust for `src/api/x.rs`, at line 2: "), "{shown}");
        let Error::Syntax(fault) = error else { panic!("{error:?}") };
        assert_eq!(fault.around, "     1 | fn a() {}\n>    2 | fn f( {\n");
    }

    #[test]
    fn blank_lines_are_squeezed() {
        assert_eq!(squeeze("a {\n\n b\n\n\n c\n\n}\n"), "a {\n b\n\n c\n}\n");
    }
}

//! Which code blocks rustdoc would run.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The first code block in lines of documentation that `cargo test --doc` would compile: what its fence says.
pub fn tested_block(lines: &[String]) -> Option<String> {
    let text = lines.join("\n");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(&text, options).find_map(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some(String::new()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_tested(&info) => {
            Some(info.into_string())
        }
        _ => None,
    })
}

/// Whether rustdoc compiles a code block with these words at its fence: it does unless one of them is no word of its
/// own and `rust` is not among them, or it is told to ignore the block.
pub fn is_tested(info: &str) -> bool {
    let words: Vec<&str> = info.split([',', ' ', '\t']).map(str::trim).collect();
    let is_own = |word: &str| {
        matches!(
            word,
            "" | "rust" | "should_panic" | "no_run" | "test_harness" | "compile_fail" | "standalone_crate"
        ) || word.starts_with("edition")
            || (word.len() == 5 && word.starts_with('E') && word[1..].bytes().all(|it| it.is_ascii_digit()))
            || word.starts_with(['{', '.'])
    };
    let is_ignored = words.iter().any(|word| word.starts_with("ignore"));
    let is_other = words.iter().any(|word| !is_own(word));
    !is_ignored && (words.contains(&"rust") || !is_other)
}

//! docs/diagnostics.md explains each diagnostic that there is and no other one, and its examples give what they are
//! examples of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use codegen::Options;
use codegen::diagnostics::{Diagnostics, Severity};
use sdk_tests::command::xtask;
use sdk_tests::documents::PETS;
use sdk_tests::folder::{texts, workspace};
use xtask::Exit;

/// The functions that take a code.
const REPORTERS: [&str; 6] = ["error", "report", "warn", "warn_field", "warn_once", "warning"];

/// The codes that no document of a few lines gives: what they need besides, or how large it would have to be.
const WITHOUT_EXAMPLE: [&str; 19] = [
    "different-version",
    "empty-file",
    "import-conflict",
    "invalid-document",
    "not-editable",
    "not-importable",
    "not-rendered",
    "not-utf-8",
    "nothing-selected",
    "too-deep-inheritance",
    "too-long-keys",
    "too-long-url",
    "too-many-copies",
    "too-many-lines",
    "too-many-operations",
    "too-many-parts",
    "too-much-text",
    "unreadable-configuration",
    "unused-choice",
];

/// What the page says of a code.
struct Section {
    code: String,
    text: String,
}

/// The sections of the page, in its order.
fn sections() -> Vec<Section> {
    let page = fs::read_to_string(workspace().join("docs/diagnostics.md")).unwrap();
    let parts = page.split("\n#").filter_map(|part| part.strip_prefix("## `"));
    let parts = parts.filter_map(|part| part.split_once("`\n"));
    parts.map(|(code, text)| Section { code: code.to_owned(), text: text.to_owned() }).collect()
}

/// The codes in the text of a source file: what stands in kebab case among the arguments of a reporter.
fn codes(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut calls = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['(', '[', '{', ')', ']', '}', '"', '\'', '/']) {
        let (before, after) = rest.split_at(at);
        rest = &after[1..];
        match after.as_bytes()[0] {
            b'(' | b'[' | b'{' => {
                let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_');
                calls.push(&before[start.map_or(0, |start| start + 1)..]);
            }
            b')' | b']' | b'}' => drop(calls.pop()),
            b'/' if rest.starts_with('/') => rest = rest.split_once('\n').map_or("", |it| it.1),
            b'\'' if after_letter(rest).starts_with('\'') => rest = &after_letter(rest)[1..],
            b'\'' if rest.starts_with('\\') => rest = &rest[2..],
            b'"' => {
                let end = end_of_string(rest);
                let text = &rest[..end];
                rest = &rest[end + 1..];
                let is_argument = calls.last().is_some_and(|call| REPORTERS.contains(call));
                if is_argument && is_kebab_case(text) {
                    found.push(text.to_owned());
                }
            }
            _ => {}
        }
    }
    found
}

/// What follows the first letter of a text.
fn after_letter(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    text.find(|letter: char| {
        let is_end = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    })
    .unwrap()
}

fn is_kebab_case(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.contains('-') && text.split('-').all(is_word)
}

#[test]
fn every_code_is_explained_and_every_explanation_is_of_a_code() {
    let mut used = BTreeMap::new();
    for (path, text) in texts(&workspace().join("codegen/src")) {
        if path.ends_with("tests.rs") {
            continue;
        }
        used.extend(codes(&text).into_iter().map(|code| (code, path.clone())));
    }
    assert!(used.len() > 60, "the sources are written in another way: {used:?}");
    let explained: BTreeSet<String> = sections().into_iter().map(|it| it.code).collect();
    let missing: Vec<_> = used.iter().filter(|(code, _)| !explained.contains(*code)).collect();
    assert!(missing.is_empty(), "docs/diagnostics.md does not explain {missing:?}");
    let orphaned: Vec<_> = explained.iter().filter(|code| !used.contains_key(*code)).collect();
    assert!(orphaned.is_empty(), "docs/diagnostics.md explains what nobody says: {orphaned:?}");
}

#[test]
fn every_example_gives_its_code() {
    let mut without = Vec::new();
    let mut wrong = Vec::new();
    for Section { code, text } in sections() {
        let Some((language, example)) = example(&text) else {
            without.push(code);
            continue;
        };
        let found = diagnostics(language, example);
        let said = text.trim().split(':').next().unwrap().to_lowercase();
        let is_as_said = |severity: Severity| match severity {
            Severity::Error => said.contains("error"),
            Severity::Warning => said.contains("warning"),
        };
        if !found.iter().any(|it| it.code == code && is_as_said(it.severity)) {
            let given: Vec<String> = found
                .iter()
                .map(|it| format!("{:?} {}: {}", it.severity, it.code, it.message))
                .collect();
            wrong.push(format!("the example of {code}, called `{said}`, gives {given:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    without.sort();
    assert_eq!(without, WITHOUT_EXAMPLE);
}

/// The code block of a section, with its language.
fn example(text: &str) -> Option<(&str, &str)> {
    let (_, block) = text.split_once("```")?;
    let (language, block) = block.split_once('\n')?;
    Some((language, block.split_once("```")?.0))
}

/// What the generator says of an example: a document, an overlay or an `sdk.toml`.
fn diagnostics(language: &str, example: &str) -> Diagnostics {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let mut options = Options::default();
    match language {
        "toml" => {
            options.spec = write("pets.yaml", PETS);
            options.config = Some(write("sdk.toml", example));
        }
        "yaml" if example.starts_with("overlay:") => {
            options.spec = write("pets.yaml", PETS);
            options.overlays = vec![write("overlay.yaml", example)];
        }
        "yaml" => options.spec = write("pets.yaml", &completed(example)),
        "json" => options.spec = write("pets.json", example),
        other => panic!("an example in {other}"),
    }
    let mut diagnostics = Diagnostics::new();
    codegen::generate(&options, &mut diagnostics);
    diagnostics
}

/// The example with what it leaves out.
fn completed(example: &str) -> String {
    let has = |key: &str| example.lines().any(|line| line.starts_with(key));
    if ["openapi:", "swagger:", "asyncapi:"].into_iter().any(has) {
        return example.to_owned();
    }
    let head = "openapi: 3.0.3\ninfo: {title: Pets, version: \"1\"}\n";
    let paths = if has("paths:") { "" } else { "paths: {}\n" };
    format!("{head}{paths}{example}")
}

#[test]
fn the_command_shows_a_section() {
    let run = xtask(&["explain", "duplicate-key"]);
    assert_eq!(run.exit, Exit::Success, "{}", run.errors);
    assert!(run.output.starts_with("duplicate-key\n\nError: a key stands twice"), "{}", run.output);
    assert!(run.output.trim_end().ends_with("Keep one of the two."), "{}", run.output);
}

#[test]
fn the_command_lists_all() {
    let run = xtask(&["explain"]);
    let listed: Vec<&str> =
        run.output.lines().filter_map(|line| line.split_once("  ")).map(|it| it.0).collect();
    let all: Vec<String> = sections().into_iter().map(|it| it.code).collect();
    assert_eq!(listed.iter().map(|code| code.trim()).collect::<Vec<_>>(), all);
    assert!(run.output.contains("  Error: there is nothing in the file\n"), "{}", run.output);
}

#[test]
fn the_command_refuses_what_is_no_code() {
    let run = xtask(&["explain", "no-such-code"]);
    assert_eq!(run.exit, Exit::Failure);
    assert!(run.errors.contains("`cargo xtask explain` lists all"), "{}", run.errors);
}

#[test]
fn the_codes_of_a_source_are_found() {
    let source = "fn f() { shaper.warn_field(\"in-no-way\", b('\"', \"not-this\"), \"but this\"); // error(\"no-code\")\n\
                  x.error(\n    \"a-code\", None, \"message\"); }\n#[cfg(test)]\nmod tests { error(\"no-test\") }";
    assert_eq!(codes(source), ["in-no-way", "a-code"]);
    assert!(Path::new(&workspace()).join("codegen/src/lib.rs").exists());
}

//! What is wrong with what a template gave: which template it was, which line of it, and the text around it.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::Path;

/// Where the templates were when the generator was built. They are part of it; what stands here is only looked at to name
/// a line.
const TEMPLATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../templates");

/// How many lines are shown before and after the one that is wrong.
const AROUND: usize = 3;

/// How long a shown line is at most, in characters.
const LONGEST_LINE: usize = 160;

/// The files that have a template of their own.
const SINGLE: [(&str, &str); 18] = [
    ("Cargo.toml", "manifest.toml.jinja"),
    ("README.md", "readme.md.jinja"),
    ("src/lib.rs", "lib.rs.jinja"),
    ("src/settings.rs", "settings.rs.jinja"),
    ("src/security.rs", "security.rs.jinja"),
    ("src/api/mod.rs", "api_mod.rs.jinja"),
    ("src/models/mod.rs", "models_mod.rs.jinja"),
    ("tests/contract/main.rs", "tests/main.rs.jinja"),
    ("tests/contract/known.rs", "tests/known.rs.jinja"),
    ("tests/contract/api/mod.rs", "tests/modules.rs.jinja"),
    ("tests/contract/models/mod.rs", "tests/modules.rs.jinja"),
    ("rustfmt.toml", "rustfmt.toml"),
    ("cli/Cargo.toml", "cli/manifest.toml.jinja"),
    ("cli/README.md", "cli/readme.md.jinja"),
    ("cli/src/commands/mod.rs", "cli/commands_mod.rs.jinja"),
    ("cli/src/main.rs", "cli/main.rs.jinja"),
    ("cli/src/program.rs", "cli/program.rs.jinja"),
    ("cli/src/shapes/mod.rs", "cli/shapes_mod.rs.jinja"),
];

/// The folders of files that share a template.
const SHARED: [(&str, &str); 8] = [
    ("cli/src/commands/", "cli/commands.rs.jinja"),
    ("cli/src/shapes/", "cli/shapes.rs.jinja"),
    ("src/api/", "api.rs.jinja"),
    ("src/models/", "model.rs.jinja"),
    ("tests/contract/api/", "tests/api.rs.jinja"),
    ("tests/contract/models/", "tests/models.rs.jinja"),
    ("docs/models/", "docs/models.md.jinja"),
    ("docs/", "docs/api.md.jinja"),
];

/// What is wrong with a file that a template gave.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The template, relative to the folder of the templates.
    pub template: String,
    /// The line of the template that gave the wrong line, or the nearest one before it; counted from one.
    pub template_line: Option<usize>,
    /// `Rust` or `TOML`.
    pub language: &'static str,
    /// The file that was to be.
    pub path: String,
    /// What the parser says.
    pub message: String,
    /// The line within the file, counted from one.
    pub line: usize,
    /// The lines around it, each with its number.
    pub around: String,
}

impl Fault {
    /// That the text of a file cannot be parsed.
    pub(super) fn new(
        language: &'static str,
        path: &str,
        text: &str,
        line: usize,
        message: &str,
    ) -> Self {
        Self::in_template(language, &template(path), path, text, line, message)
    }

    /// That the text of a template, of which a file consists with others, cannot be parsed.
    pub(super) fn in_template(
        language: &'static str,
        template: &str,
        path: &str,
        text: &str,
        line: usize,
        message: &str,
    ) -> Self {
        Self {
            template_line: line_of_template(template, text, line),
            template: template.to_owned(),
            language,
            path: path.to_owned(),
            message: message.to_owned(),
            line,
            around: around(text, line),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { template, language, path, line, message, .. } = self;
        write!(formatter, "the template `templates/{template}`")?;
        if let Some(line) = self.template_line {
            write!(formatter, ", near its line {line},")?;
        }
        write!(formatter, " gave no valid {language} for `{path}`, at line {line}: {message}")
    }
}

/// The template of a file of the crate, relative to `templates/`.
fn template(path: &str) -> String {
    if let Some((_, template)) = SINGLE.iter().find(|(file, _)| *file == path) {
        return (*template).to_owned();
    }
    if let Some(file) = path.strip_prefix("src/runtime/") {
        return format!("runtime/src/{file}");
    }
    if let Some(file) = path.strip_prefix("tests/contract/support/") {
        // Some are rendered, and some copied.
        let rendered = format!("tests/support/{file}.jinja");
        let is_rendered = Path::new(TEMPLATES).join(&rendered).exists();
        return if is_rendered { rendered } else { format!("tests/support/{file}") };
    }
    if path.starts_with("src/api/") && path.ends_with("/mod.rs") {
        return "api_parent.rs.jinja".to_owned();
    }
    let shared = SHARED.iter().find(|(folder, _)| path.starts_with(folder));
    shared.map_or(path, |(_, template)| template).to_owned()
}

/// The line of the template that gave a line, counted from one like that, or the nearest one before it: the first that both
/// have, and the template once. None where there is none, or the template is not where it was.
fn line_of_template(template: &str, text: &str, line: usize) -> Option<usize> {
    let source = fs::read_to_string(Path::new(TEMPLATES).join(template)).ok()?;
    line_in(&source, text, line)
}

fn line_in(source: &str, text: &str, line: usize) -> Option<usize> {
    let before: Vec<&str> = text.lines().take(line).map(str::trim).collect();
    before.iter().rev().filter(|line| line.contains(char::is_alphanumeric)).find_map(|wanted| {
        let mut same = (1..).zip(source.lines()).filter(|(_, it)| it.trim() == *wanted);
        match (same.next(), same.next()) {
            (Some((number, _)), None) => Some(number),
            _ => None,
        }
    })
}

/// The text around a line, counted from one, which is marked.
fn around(text: &str, line: usize) -> String {
    let first = line.saturating_sub(AROUND).max(1);
    let mut excerpt = String::new();
    for (number, shown) in (1..).zip(text.lines()).skip(first - 1).take(line + AROUND + 1 - first) {
        let mark = if number == line { '>' } else { ' ' };
        let shown: String = shown.chars().take(LONGEST_LINE).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(excerpt, "{mark} {number:>4} | {shown}");
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;

    #[test]
    fn every_file_has_a_template_that_is_there() {
        let specs = Path::new(TEMPLATES).join("../tests/features");
        let options = crate::Options {
            spec: specs.join("openapi.yaml"),
            config: Some(specs.join("sdk.toml")),
            tests: true,
            ..crate::Options::default()
        };
        if !options.spec.exists() {
            // A repository for another API has no such document.
            return;
        }
        let generated = crate::generate(&options, &mut Diagnostics::new()).unwrap();
        for path in generated.files.keys() {
            let template = template(path);
            assert!(Path::new(TEMPLATES).join(&template).is_file(), "{path}: {template}");
        }
    }

    #[test]
    fn the_nearest_line_that_only_one_place_gives_is_named() {
        let source =
            "pub fn one() {\n}\n{% for it in all %}\npub fn {{ it }}(\n}\npub fn last() {\n}\n";
        let text = "pub fn one() {\n}\npub fn a(\n}\npub fn last() {\n}\n";
        assert_eq!(line_in(source, text, 5), Some(6));
        assert_eq!(line_in(source, text, 4), Some(1));
        assert_eq!(line_in("", text, 4), None);
    }

    #[test]
    fn the_lines_around_are_shown() {
        let text = "a\nb\nc\nd\ne\nf\n";
        assert_eq!(around(text, 2), "     1 | a\n>    2 | b\n     3 | c\n     4 | d\n     5 | e\n");
        assert_eq!(around(text, 6), "     3 | c\n     4 | d\n     5 | e\n>    6 | f\n");
        assert_eq!(around("", 1), "");
    }
}

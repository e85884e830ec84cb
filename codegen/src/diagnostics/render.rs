//! Diagnostics as text for people and as JSON for tools.

use std::borrow::Cow;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Location, Severity};
use crate::characters;

/// The width that source lines are cut to, in columns.
const WIDTH: usize = 100;

/// How many problems a report shows, errors first where there are more.
const MOST_SHOWN: usize = 1_000;

/// How many bytes a report has of a message and of a help. Many problems can quote the same long name.
const LONGEST_TEXT: usize = 1 << 10;

/// How many bytes a pointer has at most that is given to a tool.
const LONGEST_POINTER: usize = 4 << 10;

/// Writes a report like that of rustc: each problem with its source line, then the counts.
///
/// `colored` turns on ANSI colours; the caller knows whether it writes to a terminal. These apart, no character of it
/// does anything to a terminal: those of the document are escaped. Empty where there is no problem.
pub fn text(diagnostics: &Diagnostics, colored: bool) -> String {
    let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH);
    let mut report = String::new();
    let errors = diagnostics.errors().min(MOST_SHOWN);
    let mut left = [errors, MOST_SHOWN - errors];
    let shown = diagnostics.iter().filter(|diagnostic| {
        let left = &mut left[usize::from(diagnostic.severity == Severity::Warning)];
        let fits = *left > 0;
        *left = left.saturating_sub(1);
        fits
    });
    for diagnostic in shown {
        report.push_str(&rendered(diagnostic, diagnostics.locate(diagnostic), &renderer));
        report.push_str("\n\n");
    }
    let hidden = (diagnostics.errors() + diagnostics.warnings()).saturating_sub(MOST_SHOWN);
    if hidden > 0 {
        let _ = writeln!(report, "{hidden} more are not shown; `--format json` lists all");
    }
    if let Some(summary) = summary(diagnostics) {
        report.push_str(&summary);
        report.push('\n');
    }
    report
}

/// Writes the problems of one document or of several as one JSON object:
/// `{"diagnostics": [..], "errors": n, "warnings": n}`.
///
/// A diagnostic has `severity` (`error` or `warning`), `code` and `message`, and where they are known `pointer`,
/// `file`, `line`, `column` (both counted from 1) and `help`; what is not known is `null`. Of a `message` or `help` beyond
/// 1 KiB the middle is left out, which it says; in the place of a `pointer` beyond 4 KiB is that of the nearest node
/// around it that has a shorter one.
pub fn json(documents: &[Diagnostics]) -> String {
    let list: Vec<Value> = documents
        .iter()
        .flat_map(|diagnostics| diagnostics.iter().map(move |diagnostic| (diagnostics, diagnostic)))
        .map(|(diagnostics, diagnostic)| {
            let location = diagnostics.locate(diagnostic);
            let location = location.as_ref();
            json!({
                "severity": diagnostic.severity,
                "code": diagnostic.code,
                "message": shortened(&diagnostic.message),
                "pointer": diagnostic.pointer.as_deref().map(nearest),
                "file": location.map(|location| &location.file),
                "line": location.map(|location| location.line),
                "column": location.map(|location| location.column),
                "help": diagnostic.help.as_deref().map(shortened),
            })
        })
        .collect();
    let report = json!({
        "diagnostics": list,
        "errors": documents.iter().map(Diagnostics::errors).sum::<usize>(),
        "warnings": documents.iter().map(Diagnostics::warnings).sum::<usize>(),
    });
    format!("{}\n", characters::json(&format!("{report:#}")))
}

/// The counts, such as `2 errors, 1 warning`, or nothing where there is no problem.
fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let count = |number: usize, noun: &str| match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    };
    let parts: Vec<String> =
        [count(diagnostics.errors(), "error"), count(diagnostics.warnings(), "warning")]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// One problem with its source line and its help, without a character that a terminal acts on.
fn rendered(diagnostic: &Diagnostic, location: Option<Location>, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let pointer = diagnostic.pointer.as_deref().map(|it| short(characters::shown(it)));
    let mut message = short(characters::text(&diagnostic.message));
    if let (Some(pointer), None) = (&pointer, &location) {
        message = format!("{message} (at \"{pointer}\")").into();
    }
    let mut group = Group::with_title(level.primary_title(message).id(diagnostic.code));
    if let Some(location) = location {
        let Location { file, line, column, excerpt, marked, .. } = printable_location(location);
        let before = excerpt[..marked.start].chars().count();
        let pointer = pointer.filter(|pointer| !pointer.is_empty());
        let mark = AnnotationKind::Primary.span(marked).label(pointer);
        let snippet = Snippet::source(excerpt).line_start(line).annotation(mark);
        group = if before + 1 == column {
            group.element(snippet.path(file))
        } else {
            // The excerpt is a part of its line, or longer by its escapes: the column is not for the renderer to count.
            group.element(Origin::path(file).line(line).char_column(column)).element(snippet)
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(short(characters::text(help))));
    }
    renderer.render(&[group])
}

/// The text, or its beginning and its end where it is longer than [`LONGEST_TEXT`]: a long name stands in the middle of
/// most messages.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_TEXT {
        return Cow::Borrowed(text);
    }
    let half = LONGEST_TEXT / 2;
    let start = (0..=half).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = text.len() - half;
    let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    Cow::Owned(format!("{}[{} bytes left out]{}", &text[..start], end - start, &text[end..]))
}

fn short(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => shortened(text),
        Cow::Owned(text) => Cow::Owned(shortened(&text).into_owned()),
    }
}

/// The pointer, or that of the nearest node around it which has no more than [`LONGEST_POINTER`].
fn nearest(mut pointer: &str) -> &str {
    while pointer.len() > LONGEST_POINTER {
        pointer = pointer.rfind('/').map_or("", |end| &pointer[..end]);
    }
    pointer
}

/// A place with its file and its excerpt escaped, and what is marked of that moved along.
fn printable_location(location: Location) -> Location {
    let Location { file, excerpt, marked, .. } = &location;
    let file = characters::shown(file).into_owned();
    let (mut shown, mut start, mut end) = (String::with_capacity(excerpt.len()), None, None);
    for (at, letter) in excerpt.char_indices() {
        if at >= marked.start {
            start.get_or_insert(shown.len());
        }
        if at >= marked.end {
            end.get_or_insert(shown.len());
        }
        shown.push_str(&characters::text(letter.encode_utf8(&mut [0; 4])));
    }
    let marked = start.unwrap_or(shown.len())..end.unwrap_or(shown.len());
    Location { file, excerpt: shown, marked, ..location }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::{Notation, Source, Sources};

    fn about(text: &str, notation: Notation) -> Diagnostics {
        let mut sources = Sources::default();
        sources.add(Source::new(Path::new("a"), text.to_owned(), notation));
        let mut diagnostics = Diagnostics::new();
        diagnostics.attach(sources);
        diagnostics
    }

    #[test]
    fn nothing_is_said_about_nothing() {
        assert_eq!(text(&Diagnostics::new(), false), "");
    }

    #[test]
    fn the_place_is_marked() {
        let mut diagnostics = about("a: 1\nb:\n  c: two\n", Notation::Yaml);
        diagnostics.error("some-code", "/b/c".to_owned(), "two is no number").help("write 2");
        diagnostics.warning("other-code", None, "something else");
        let report = text(&diagnostics, false);
        let expected = [
            "error[some-code]: two is no number",
            " --> a:3:6",
            "3 |   c: two",
            "^^^ /b/c",
            "help: write 2",
            "warning[other-code]: something else",
            "1 error, 1 warning",
        ];
        let mut rest = report.as_str();
        for part in expected {
            let at = rest.find(part).unwrap_or_else(|| panic!("no {part:?} in {report}"));
            rest = &rest[at + part.len()..];
        }
    }

    #[test]
    fn nothing_of_a_document_reaches_the_terminal_raw() {
        let key = "x\u{1b}]0;owned\u{7}\u{202e}";
        let document = format!("\u{9b}2J\u{200b}: 0\n\"{key}\": ok\n");
        let mut sources = Sources::default();
        sources.add(Source::new(Path::new("a\u{1b}[2J\n"), document, Notation::Json));
        let mut diagnostics = Diagnostics::new();
        diagnostics.attach(sources);
        let location = Location {
            file: "a\u{1b}[2J\n".to_owned(),
            line: 1,
            column: 3,
            span: 0..0,
            excerpt: "\u{9b}\u{200b}ab\u{7f}cd".to_owned(),
            marked: 5..9,
        };
        let problem = diagnostics.error("some-code", format!("/{key}\n"), format!("no {key}"));
        problem.help(format!("mend {key}")).at(Some(location.clone()));
        diagnostics.error("some-code", format!("/{key}"), "nowhere");

        for colored in [false, true] {
            let report = text(&diagnostics, colored);
            let left = report.replace('\n', "");
            let left = if colored { without_colours(&left) } else { left };
            assert!(!left.contains(characters::is_hidden), "{left:?}");
            assert!(left.contains("no x\\u{1b}]0;owned\\u{7}\\u{202e}"), "{left}");
            assert!(left.contains("a\\u{1b}[2J\\n:1:3"), "{left}");
        }
        let shown = printable_location(location);
        assert_eq!(shown.excerpt, "\\u{9b}\\u{200b}ab\\u{7f}cd");
        assert_eq!(&shown.excerpt[shown.marked], "ab\\u{7f}c");
        let report = json(&[diagnostics]);
        assert!(!report.replace('\n', "").contains(characters::is_hidden), "{report}");
        let report: Value = serde_json::from_str(&report).expect("it is JSON");
        assert_eq!(report["diagnostics"][0]["message"], format!("no {key}"));
    }

    /// A report without the escape sequences that colour it.
    fn without_colours(report: &str) -> String {
        let mut parts = report.split("\u{1b}[");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            let (colour, rest) = part.split_once('m').expect("a colour ends in m");
            assert!(colour.chars().all(|c| c.is_ascii_digit() || c == ';'), "{colour:?}");
            text + rest
        })
    }

    #[test]
    fn a_report_on_one_long_line_is_short() {
        let document = format!("{{\"a\": \"{}\", \"b\": 1}}", "x".repeat(100_000));
        let mut diagnostics = about(&document, Notation::Json);
        diagnostics.error("some-code", "/b".to_owned(), "wrong");
        let report = text(&diagnostics, false);
        assert!(report.contains("a:1:100016"), "{report}");
        assert!(report.len() < 2_000, "{}", report.len());
    }

    #[test]
    fn a_long_name_is_quoted_by_its_beginning_and_its_end() {
        let name = format!("{}end", "ü".repeat(LONGEST_POINTER));
        let mut diagnostics = Diagnostics::new();
        let message = format!("`{name}` has no `{{id}}`");
        diagnostics
            .error("some-code", format!("/paths/{name}/get"), message)
            .help(format!("mend {name}"));
        let report = text(&diagnostics, false);
        assert!(report.len() < 4 * LONGEST_TEXT, "{}", report.len());
        for part in ["`üü", "bytes left out]ü", "üend` has no `{id}`", "/paths/üü", "mend üü"]
        {
            assert!(report.contains(part), "no {part}: {report}");
        }
        let report: Value = serde_json::from_str(&json(&[diagnostics])).expect("it is JSON");
        let report = &report["diagnostics"][0];
        assert_eq!(report["pointer"], "/paths");
        for key in ["message", "help"] {
            let text = report[key].as_str().expect("a text");
            assert!(text.contains("bytes left out") && text.len() < LONGEST_TEXT + 40, "{text}");
        }
    }

    #[test]
    fn what_is_as_long_as_may_be_is_shown_whole() {
        let longest = "x".repeat(LONGEST_TEXT);
        assert_eq!(shortened(&longest), longest);
        let half = "x".repeat(LONGEST_TEXT / 2);
        assert_eq!(shortened(&format!("{longest}x")), format!("{half}[1 bytes left out]{half}"));
        let longest = "x".repeat(LONGEST_POINTER);
        assert_eq!(nearest(&longest), longest);
        assert_eq!(nearest(&format!("/a/{longest}/b")), "/a");
        assert_eq!(nearest(&format!("{longest}x")), "");
    }

    #[test]
    fn a_report_shows_so_many_problems_and_the_errors_first() {
        let mut diagnostics = Diagnostics::new();
        (0..2 * MOST_SHOWN).for_each(|_| {
            diagnostics.warning("some-code", None, "odd");
        });
        diagnostics.error("other-code", None, "wrong");
        let report = text(&diagnostics, false);
        assert_eq!(report.matches("odd").count(), MOST_SHOWN - 1);
        assert_eq!(report.matches("wrong").count(), 1);
        assert!(report.contains("1001 more are not shown"), "{}", &report[report.len() - 200..]);
        let all: Value = serde_json::from_str(&json(&[diagnostics])).expect("it is JSON");
        assert_eq!(all["diagnostics"].as_array().map(Vec::len), Some(2 * MOST_SHOWN + 1));
    }

    #[test]
    fn tools_get_every_part() {
        let mut diagnostics = about("a: 1\n", Notation::Yaml);
        diagnostics.error("some-code", "/a".to_owned(), "wrong").help("mend it");
        diagnostics.warning("other-code", None, "odd");
        let report: Value = serde_json::from_str(&json(&[diagnostics])).expect("it is JSON");
        let expected = json!({
            "diagnostics": [
                {
                    "severity": "error", "code": "some-code", "message": "wrong", "pointer": "/a",
                    "file": "a", "line": 1, "column": 4, "help": "mend it"
                },
                {
                    "severity": "warning", "code": "other-code", "message": "odd", "pointer": null,
                    "file": null, "line": null, "column": null, "help": null
                }
            ],
            "errors": 1,
            "warnings": 1
        });
        assert_eq!(report, expected);
    }
}

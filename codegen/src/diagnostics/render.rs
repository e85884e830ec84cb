//! Diagnostics as text for people and as JSON for tools.

use std::fmt::{self, Display, Write as _};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Location, Severity};

/// The width that reports are wrapped to, in columns.
const WIDTH: usize = 100;

/// How many problems a report shows, errors first where there are more.
const MOST_SHOWN: usize = 1_000;

/// Writes a report like that of rustc: each problem with its source line, then the counts.
///
/// `colored` turns on ANSI colours; the caller knows whether it writes to a terminal. Empty where there is no problem.
pub fn text(diagnostics: &Diagnostics, colored: bool) -> String {
    let theme = if colored { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false);
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
        let located = Located { diagnostic, location: diagnostics.locate(diagnostic) };
        if handler.render_report(&mut report, &located).is_err() {
            report.push_str(&located.to_string());
        }
        report.push('\n');
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

/// Writes the problems as one JSON object: `{"diagnostics": [..], "errors": n, "warnings": n}`.
///
/// A diagnostic has `severity` (`error` or `warning`), `code` and `message`, and where they are known `pointer`,
/// `file`, `line`, `column` (both counted from 1) and `help`; what is not known is `null`.
pub fn json(diagnostics: &Diagnostics) -> String {
    let list: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let location = diagnostics.locate(diagnostic);
            let location = location.as_ref();
            json!({
                "severity": diagnostic.severity,
                "code": diagnostic.code,
                "message": diagnostic.message,
                "pointer": diagnostic.pointer,
                "file": location.map(|location| &location.file),
                "line": location.map(|location| location.line),
                "column": location.map(|location| location.column),
                "help": diagnostic.help,
            })
        })
        .collect();
    let report = json!({
        "diagnostics": list,
        "errors": diagnostics.errors(),
        "warnings": diagnostics.warnings(),
    });
    format!("{report:#}\n")
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

/// A diagnostic with its place, in the form that miette renders.
#[derive(Debug)]
struct Located<'a> {
    diagnostic: &'a Diagnostic,
    location: Option<Location>,
}

impl Display for Located<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.diagnostic.message)?;
        match &self.diagnostic.pointer {
            Some(pointer) if self.location.is_none() => write!(formatter, " (at {pointer:?})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for Located<'_> {}

impl miette::Diagnostic for Located<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let severity = match self.diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        Some(Box::new(format!("{severity}[{}]", self.diagnostic.code)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.diagnostic.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.location.as_ref().map(|location| location as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let location = self.location.as_ref()?;
        let pointer = self.diagnostic.pointer.clone().filter(|pointer| !pointer.is_empty());
        let span = SourceSpan::from(location.marked.clone());
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(pointer, span))))
    }
}

/// miette reads the marked line alone, so that a report on a large file stays fast.
impl SourceCode for Location {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without context the place itself is asked for, to be named above the line.
        let column = if context_lines_before == 0 { self.column.saturating_sub(1) } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            self.excerpt.as_bytes(),
            SourceSpan::from(0..self.excerpt.len()),
            self.line.saturating_sub(1),
            column,
            1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::load::{Notation, Source, Sources};

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
            "error[some-code]",
            "× two is no number",
            "[a:3:6]",
            "3 │   c: two",
            "help: write 2",
            "warning[other-code]",
            "⚠ something else",
            "1 error, 1 warning",
        ];
        let mut rest = report.as_str();
        for part in expected {
            let at = rest.find(part).unwrap_or_else(|| panic!("no {part:?} in {report}"));
            rest = &rest[at + part.len()..];
        }
    }

    #[test]
    fn a_report_on_one_long_line_is_short() {
        let document = format!("{{\"a\": \"{}\", \"b\": 1}}", "x".repeat(100_000));
        let mut diagnostics = about(&document, Notation::Json);
        diagnostics.error("some-code", "/b".to_owned(), "wrong");
        let report = text(&diagnostics, false);
        assert!(report.contains("[a:1:100016]"), "{report}");
        assert!(report.len() < 2_000, "{}", report.len());
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
        let all: Value = serde_json::from_str(&json(&diagnostics)).expect("it is JSON");
        assert_eq!(all["diagnostics"].as_array().map(Vec::len), Some(2 * MOST_SHOWN + 1));
    }

    #[test]
    fn tools_get_every_part() {
        let mut diagnostics = about("a: 1\n", Notation::Yaml);
        diagnostics.error("some-code", "/a".to_owned(), "wrong").help("mend it");
        diagnostics.warning("other-code", None, "odd");
        let report: Value = serde_json::from_str(&json(&diagnostics)).expect("it is JSON");
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

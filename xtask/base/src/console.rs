//! Where a command writes to: a terminal, as far as it knows.

use std::fmt;
use std::io::{self, Write};

use clap::builder::StyledStr;
use codegen::characters;
use codegen::diagnostics::{self, Diagnostics, Severity};
use serde::Serialize;

use crate::{Problem, program};

/// The two streams of a command. What others wrote, such as names in a document or messages of
/// cargo, passes here on its way to the terminal, and nothing in it is acted on there.
pub struct Console<'a> {
    /// Takes results.
    pub output: Printable<'a>,
    /// Takes diagnostics and error messages.
    pub errors: Printable<'a>,
    /// Whether reports are coloured.
    colored: bool,
    /// Whether help is coloured.
    colored_output: bool,
}

impl<'a> Console<'a> {
    /// The console of a run that writes to `streams`.
    pub(crate) fn of(streams: &'a mut crate::Console<'_>) -> Self {
        Self {
            output: Printable(&mut *streams.output),
            errors: Printable(&mut *streams.errors),
            colored: streams.colored,
            colored_output: streams.colored_output,
        }
    }

    /// Where one of several runs writes to until it is its turn here.
    pub(crate) fn waiting(&self) -> Waiting {
        Waiting { output: Vec::new(), errors: Vec::new(), colored: self.colored }
    }

    /// Writes what one of several runs wrote. It is ready for a terminal.
    pub(crate) fn append(&mut self, waiting: &Waiting) -> io::Result<()> {
        self.errors.0.write_all(&waiting.errors)?;
        self.output.0.write_all(&waiting.output)
    }

    /// Writes help, which has no text but the program's own.
    pub(crate) fn help(&mut self, help: &StyledStr) -> io::Result<()> {
        if self.colored_output {
            return self.output.0.write_all(help.ansi().to_string().as_bytes());
        }
        write!(self.output, "{help}")
    }

    /// Writes a report for a tool, without a character that a terminal acts on.
    pub fn json(&mut self, report: &impl Serialize) -> Result<(), Problem> {
        let json = serde_json::to_string_pretty(report)
            .map_err(|error| Problem(format!("the report is no JSON: {error}")))?;
        writeln!(self.output, "{}", characters::json(&json))?;
        Ok(())
    }

    /// Writes the report on a document for a person. Its colours are the only escape sequences that
    /// are written at all.
    pub fn report(&mut self, diagnostics: &Diagnostics) -> io::Result<()> {
        let report = diagnostics::text(diagnostics, self.colored);
        self.errors.0.write_all(report.as_bytes())?;
        let mut errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
        match errors.next().or_else(|| diagnostics.iter().next()) {
            Some(first) => writeln!(
                self.errors,
                "`{} explain {}`, or another code, tells what it means",
                program::name(),
                first.code
            ),
            None => Ok(()),
        }
    }
}

/// What one of several runs wrote, which go on side by side.
pub(crate) struct Waiting {
    output: Vec<u8>,
    errors: Vec<u8>,
    colored: bool,
}

impl Waiting {
    /// The console of that run.
    pub(crate) fn console(&mut self) -> Console<'_> {
        Console {
            output: Printable(&mut self.output),
            errors: Printable(&mut self.errors),
            colored: self.colored,
            colored_output: false,
        }
    }
}

/// Takes texts of `write!` and `writeln!`, and escapes what cannot be seen in them but for line feeds
/// and tabs.
pub struct Printable<'a>(&'a mut dyn Write);

impl Printable<'_> {
    /// What `write!` calls.
    pub fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.0.write_all(characters::text(&text.to_string()).as_bytes())
    }
}

//! What is wrong with a document, and where.
//!
//! Every stage pushes what it finds into one [`Diagnostics`], so that a run reports all problems and not only the
//! first. A stage names the place by a JSON pointer (RFC 6901) into the document. File, line and column are looked
//! up when the report is written: the index of positions costs about as much as reading the document.

mod render;

use serde::Serialize;

pub use crate::source::Location;
use crate::source::{SourceId, Sources};

pub use render::{json, text};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Something was approximated, or looks like a mistake.
    Warning,
}

/// One problem.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A stable name of the kind of problem, such as `dangling-reference`.
    pub code: &'static str,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// The place as a JSON pointer (RFC 6901), into the document unless [`Diagnostic::in_source`] says otherwise.
    pub pointer: Option<String>,
    /// The place in a file, where it is known already; otherwise [`Diagnostics::locate`] finds it.
    pub location: Option<Location>,
    /// What the reader can do about it.
    pub help: Option<String>,
    source: Option<SourceId>,
}

impl Diagnostic {
    /// Adds what the reader can do about the problem.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Gives the place in a file, for a problem that no JSON pointer can name, such as a syntax error.
    pub fn at(&mut self, location: Option<Location>) -> &mut Self {
        self.location = location;
        self
    }

    /// Says that the pointer leads into this source file, and not into the document that was put together.
    pub fn in_source(&mut self, source: SourceId) -> &mut Self {
        self.source = Some(source);
        self
    }

    /// The place of the node that the pointer names, or of the nearest one around it that a file has.
    fn location_in(&self, sources: &Sources) -> Option<Location> {
        let pointer = self.pointer.as_deref()?;
        match self.source {
            Some(source) => sources.locate_in(source, pointer),
            None => sources.locate(pointer),
        }
    }
}

/// The problems of one run, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    sources: Option<Sources>,
}

impl Diagnostics {
    /// Starts without a problem.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an error. `pointer` is a JSON pointer into the document, or `None` where there is no place to name.
    pub fn error(
        &mut self,
        code: &'static str,
        pointer: impl Into<Option<String>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Error, code, pointer.into(), message.into())
    }

    /// Adds a warning. `pointer` is a JSON pointer into the document, or `None` where there is no place to name.
    pub fn warning(
        &mut self,
        code: &'static str,
        pointer: impl Into<Option<String>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.push(Severity::Warning, code, pointer.into(), message.into())
    }

    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// The number of errors.
    pub fn errors(&self) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// The number of warnings.
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors()
    }

    /// The problems in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Makes every warning an error.
    pub fn deny_warnings(&mut self) {
        for diagnostic in &mut self.list {
            diagnostic.severity = Severity::Error;
        }
    }

    /// Gives the files in which [`Diagnostics::locate`] looks places up. The stages that read them call this.
    pub fn attach(&mut self, sources: Sources) {
        self.sources = Some(sources);
    }

    /// The place of a problem: of the node that its pointer names, or of the nearest one around it that a file has.
    pub fn locate(&self, diagnostic: &Diagnostic) -> Option<Location> {
        if diagnostic.location.is_some() {
            return diagnostic.location.clone();
        }
        diagnostic.location_in(self.sources.as_ref()?)
    }

    /// Looks up the place of every problem found so far, before a change of the document makes its pointers lead
    /// elsewhere.
    pub fn settle(&mut self, sources: &Sources) {
        for diagnostic in self.list.iter_mut().filter(|it| it.location.is_none()) {
            diagnostic.location = diagnostic.location_in(sources);
        }
    }

    fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        pointer: Option<String>,
        message: String,
    ) -> &mut Diagnostic {
        let index = self.list.len();
        self.list.push(Diagnostic {
            severity,
            code,
            message,
            pointer,
            location: None,
            help: None,
            source: None,
        });
        &mut self.list[index]
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

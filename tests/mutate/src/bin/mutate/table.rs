//! What became of all documents, as a Markdown table.

use std::fmt;

use crate::documents::Documents;
use crate::worker::{End, Tried};

/// The head of the table.
const HEAD: &str = "\
| document | mutations | generated | refused | panics | other failures | slowest |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |";

/// What became of the changes of one document.
#[derive(Clone, Debug, Default)]
struct Row {
    name: String,
    mutations: u64,
    generated: u64,
    refused: u64,
    panics: u64,
    failures: u64,
    /// How long the slowest took in milliseconds, and its number.
    slowest: (u64, u64),
}

impl Row {
    fn add(&mut self, tried: &Tried) {
        self.mutations += 1;
        *match tried.end {
            End::Generated => &mut self.generated,
            End::Refused => &mut self.refused,
            End::Panicked(_) => &mut self.panics,
            _ => &mut self.failures,
        } += 1;
        self.slowest = self.slowest.max((tried.milliseconds, tried.number));
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, mutations, generated, refused, panics, failures, slowest } = self;
        let (milliseconds, number) = slowest;
        write!(
            formatter,
            "| {name} | {mutations} | {generated} | {refused} | {panics} | {failures} | {milliseconds} ms (number {number}) |"
        )
    }
}

/// A row for each document, and one for all.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Row>,
    all: Row,
    generated: Vec<u64>,
}

impl Table {
    pub(crate) fn new(documents: &Documents) -> Self {
        let row = |name: &str| Row { name: name.to_owned(), ..Row::default() };
        let rows = documents.0.iter().map(|document| row(&document.name));
        Self { rows: rows.collect(), all: row("all"), generated: Vec::new() }
    }

    /// Counts a document.
    pub(crate) fn add(&mut self, tried: &Tried) {
        self.all.add(tried);
        if let Some(row) = self.rows.get_mut(tried.document) {
            row.add(tried);
        }
        if tried.end == End::Generated {
            self.generated.push(tried.number);
        }
    }

    /// The numbers of the documents that were generated, in order.
    pub(crate) fn into_generated(mut self) -> Vec<u64> {
        // The processes do not end in the same order every time.
        self.generated.sort_unstable();
        self.generated
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{HEAD}")?;
        for row in self.rows.iter().chain([&self.all]).filter(|row| row.mutations > 0) {
            writeln!(formatter, "{row}")?;
        }
        Ok(())
    }
}

//! The result as a Markdown table, a line for each document.

use std::fmt;
use std::time::Duration;

use codegen::characters;

/// The first lines of the table.
pub(crate) const HEAD: &str = "\
| document | OpenAPI | operations | models | lines | time | warnings | verdict |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |";

/// One document.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// Its name.
    pub(crate) name: String,
    /// The version of OpenAPI.
    pub(crate) version: String,
    /// How many operations, models and lines of Rust in `src/` the crate has, if there is one.
    pub(crate) size: Option<[usize; 3]>,
    /// How long the generation took, without writing.
    pub(crate) time: Duration,
    /// How many warnings it gave.
    pub(crate) warnings: usize,
    /// How it went.
    pub(crate) verdict: String,
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [operations, models, lines] = match self.size {
            Some(size) => size.map(|number| number.to_string()),
            None => ["-"; 3].map(str::to_owned),
        };
        write!(
            formatter,
            "| {} | {} | {operations} | {models} | {lines} | {:.2} s | {} | {} |",
            characters::shown(&self.name).replace('|', "\\|"),
            characters::shown(&self.version).replace('|', "\\|"),
            self.time.as_secs_f64(),
            self.warnings,
            self.verdict
        )
    }
}

//! The process that tries documents, one after the other.

use std::fs;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use mutate::trial::{self, Outcome};
use serde::{Deserialize, Serialize};

use crate::Arguments;
use crate::documents::Documents;
use crate::mutation::Mutation;

/// How a document ended.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) enum End {
    /// With files in order.
    Generated,
    /// With an error in the document.
    Refused,
    /// With a panic, and what it said.
    Panicked(String),
    /// With files or a report that are not in order, and why.
    Failed(String),
    /// With the end of the process, and how that ended.
    Aborted(String),
    /// With nothing, after so many seconds.
    Hung(u64),
}

/// What is told of a document.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Tried {
    /// Its number.
    pub(crate) number: u64,
    /// The number of the document that it was made of.
    pub(crate) document: usize,
    /// How it ended.
    pub(crate) end: End,
    /// How long that took.
    pub(crate) milliseconds: u64,
}

/// What the panics since the last look said, with their places; also those of the generator's own threads.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Tries every document of this process, and writes a line of JSON about each to the standard output.
pub(crate) fn work(arguments: &Arguments, documents: &Documents, folder: &Path) -> io::Result<()> {
    panic::set_hook(Box::new(|panic| {
        let message = panic.to_string();
        PANICS.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(message);
    }));
    fs::create_dir_all(folder)?;
    let numbers = arguments.first..arguments.first + arguments.count;
    for number in numbers.step_by(arguments.processes as usize) {
        let mutation = Mutation::new(documents, arguments.seed, number);
        let path = mutation.write(folder, "document")?;
        let start = Instant::now();
        let end = attempt(&path);
        let milliseconds = start.elapsed().as_millis() as u64;
        let tried = Tried { number, document: mutation.document, end, milliseconds };
        let mut output = io::stdout().lock();
        serde_json::to_writer(&mut output, &tried)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

/// Generates from one document.
fn attempt(path: &Path) -> End {
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| trial::run(&trial::options(path))));
    let panics =
        std::mem::take(&mut *PANICS.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    if let Some(first) = panics.into_iter().next() {
        return End::Panicked(first);
    }
    match outcome {
        Ok(Outcome::Generated(_)) => End::Generated,
        Ok(Outcome::Refused) => End::Refused,
        Ok(Outcome::Failed(problem)) => End::Failed(problem),
        Err(_) => End::Panicked("a panic that says nothing".to_owned()),
    }
}

//! What went wrong, kept as files.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;

use crate::Arguments;
use crate::documents::Documents;
use crate::mutation::Mutation;
use crate::worker::{End, Tried};

/// How much of a problem tells it from others, in characters.
const KIND_LENGTH: usize = 110;

/// The failures of a run, by their kind.
#[derive(Debug)]
pub(crate) struct Failures {
    folder: PathBuf,
    arguments: Arguments,
    /// What is alike: how many there are, and the file of the first.
    kinds: BTreeMap<String, (u64, PathBuf)>,
}

impl Failures {
    /// Starts with an empty folder.
    pub(crate) fn new(arguments: &Arguments) -> io::Result<Self> {
        let folder = arguments.out.join("failures");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, arguments: arguments.clone(), kinds: BTreeMap::new() })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Keeps the document, where it ended badly.
    pub(crate) fn add(&mut self, tried: &Tried, documents: &Documents) -> io::Result<()> {
        let problem = match &tried.end {
            End::Generated | End::Refused => return Ok(()),
            End::Panicked(message) => message.clone(),
            End::Failed(problem) => problem.clone(),
            End::Aborted(status) => format!("the process ended with {status}"),
            End::Hung(seconds) => format!("there was no end after {seconds} s"),
        };
        self.keep(tried.number, documents, &problem)
    }

    /// Writes the document of a number into the folder, and beside it what is wrong and how to see it again.
    pub(crate) fn keep(
        &mut self,
        number: u64,
        documents: &Documents,
        problem: &str,
    ) -> io::Result<()> {
        let mutation = Mutation::new(documents, self.arguments.seed, number);
        let path = mutation.write(&self.folder, &number.to_string())?;
        let paths: Vec<_> =
            self.arguments.paths.iter().map(|it| it.display().to_string()).collect();
        let text = format!(
            "{problem}\n\nmade of: {}\nagain: mutate --seed {} --first {number} --count 1 {}\nor: cargo xtask codegen --out a-folder --spec {}\n",
            documents.0[mutation.document].name,
            self.arguments.seed,
            paths.join(" "),
            path.display(),
        );
        fs::write(path.with_extension("txt"), text)?;
        self.kinds.entry(kind(problem)).or_insert((0, path)).0 += 1;
        Ok(())
    }
}

/// What a problem has in common with others of its kind: its first lines, numbers and what is quoted apart.
fn kind(problem: &str) -> String {
    let line = problem.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = line.split('`').enumerate().map(|(at, part)| if at % 2 == 1 { ".." } else { part });
    parts.collect::<Vec<_>>().join("`").chars().take(KIND_LENGTH).collect()
}

impl fmt::Display for Failures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kinds.is_empty() {
            return writeln!(formatter, "failures: none");
        }
        writeln!(formatter, "failures, kept in {}:", self.folder.display())?;
        for (kind, (count, first)) in &self.kinds {
            writeln!(formatter, "{count} times, first {}: {kind}", first.display())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn what_is_quoted_does_not_tell_problems_apart() {
        assert_eq!(kind("`a` is no\n  name"), kind("`b` is no name"));
        assert_ne!(kind("`a` is no name"), kind("`a` is no path"));
    }
}

//! What users wait for, measured beside what they would use instead.

mod calls;
mod crates;
mod documents;
mod generators;
mod growth;
pub(crate) mod machine;
pub(crate) mod measure;
mod page;

use std::path::{Path, PathBuf};

use xtask::Problem;

pub(crate) use page::insert;

use calls::Calls;
use documents::Document;
use generators::Generator;
use growth::Point;
use measure::Cost;

/// What is measured, and where.
pub(crate) struct Settings {
    /// Below it is all that the run makes.
    pub(crate) folder: PathBuf,
    /// Documents besides the repository's own.
    pub(crate) documents: Vec<PathBuf>,
    /// How often each command is run.
    pub(crate) runs: usize,
    /// Whether rivals are installed and measured.
    pub(crate) with_rivals: bool,
    /// Whether the crates are compiled, too.
    pub(crate) with_compilation: bool,
}

/// What a generator made of a document, and what that cost.
struct Row {
    generator: String,
    /// The lines of Rust in the crate's `src`.
    lines: usize,
    generation: Cost,
    /// `cargo check` of the crate alone; none where that was not asked for, or fails.
    check: Option<Cost>,
}

/// A document with what each generator made of it; of one that refuses it, why.
struct Table {
    document: String,
    rows: Vec<Result<Row, (String, String)>>,
}

/// All that was measured.
pub(crate) struct Report {
    tables: Vec<Table>,
    calls: Calls,
    growth: Vec<Point>,
}

/// Measures everything, and says to `progress` what is next.
///
/// # Errors
///
/// This generator does not build, a rival cannot be installed, or a document cannot be read.
pub(crate) fn run(settings: &Settings, mut progress: impl FnMut(&str)) -> Result<Report, Problem> {
    let folder = std::path::absolute(&settings.folder)?;
    progress("building this generator");
    let mut generators = vec![generators::ours()?];
    if settings.with_rivals {
        progress("installing the others");
        generators.extend(generators::rivals(&folder.join("rivals"))?);
    }
    let mut tables = Vec::new();
    for document in documents::all(&settings.documents, &folder)? {
        progress(&document.name);
        tables.push(table(&generators, &document, settings, &folder)?);
    }
    progress("calls and pages");
    let calls = calls::compare()?;
    progress("growth");
    let growth = growth::measure(&generators[0], &folder.join("growth"), settings.runs.min(3))?;
    Ok(Report { tables, calls, growth })
}

/// Has each generator make a crate of a document, in turn and as often as was asked for.
fn table(
    generators: &[Generator],
    document: &Document,
    settings: &Settings,
    folder: &Path,
) -> Result<Table, Problem> {
    let mut costs: Vec<Result<Vec<Cost>, String>> = vec![Ok(Vec::new()); generators.len()];
    let place = |number: usize| folder.join(format!("crates/{}-{number}", document.name));
    for _ in 0..settings.runs {
        for (number, generator) in generators.iter().enumerate() {
            let Ok(so_far) = &mut costs[number] else { continue };
            match generator.generate(&document.file, &place(number)) {
                Ok(cost) => so_far.push(cost),
                Err(problem) => costs[number] = Err(without_folders(&problem.0)),
            }
        }
    }
    let mut rows = Vec::new();
    for (number, (generator, costs)) in generators.iter().zip(costs).enumerate() {
        let costs = match costs {
            Ok(costs) => costs,
            Err(problem) => {
                rows.push(Err((generator.name.clone(), problem)));
                continue;
            }
        };
        let target = folder.join(format!("target-{number}"));
        let check = settings
            .with_compilation
            .then(|| crates::check(&place(number), &target, settings.runs.min(3)).ok())
            .flatten();
        rows.push(Ok(Row {
            generator: generator.name.clone(),
            lines: crates::lines(&place(number).join("src"))?,
            generation: Cost::median(&costs),
            check,
        }));
    }
    Ok(Table { document: document.name.clone(), rows })
}

/// The first line of a problem with a program, from the program's name on: the page is for other machines.
fn without_folders(problem: &str) -> String {
    let first = problem.lines().next().unwrap_or_default();
    first.rsplit('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_told_without_the_folders_of_this_machine() {
        let problem =
            "/opt/bin/other failed with exit status: 1\ncommand: \"/opt/bin/other\" \"/tmp/a\"";
        assert_eq!(without_folders(problem), "other failed with exit status: 1");
    }
}

//! Documents that are large: what a crate of them costs whoever makes it, and whoever compiles it.
//!
//! A document whose crate would be larger than any that the generator writes is taken by its tags, with `select.tags`
//! of `sdk.toml`, as its user would.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::diagnostics::Diagnostics;
use codegen::render::markdown::cell;
use codegen::{Generated, Options, catalog, load};
use xtask::{Problem, crates, workspace_manifest, workspace_path};

use super::compiled::complaint;
use super::documents::first_error;
use super::{Case, CaseResult, Outcome};
use crate::bench::machine;
use crate::bench::measure::{self, Cost};

/// How many tags of a document are tried: by the number of their operations evenly from the largest to the smallest.
const TAGS: usize = 6;

/// A small document.
const SMALL: &str = "{openapi: 3.0.3, info: {title: Small, version: '1'}, paths: {/: {get: {responses: {'204': \
                     {description: Done}}}}}}";

/// The error that a crate would be too large.
const TOO_LARGE: &str = "too-many-lines";

/// A crate to make: of a document, or of a tag of it.
struct Part<'d> {
    document: &'d Path,
    tag: Option<&'d str>,
    /// The folder of the crate.
    folder: PathBuf,
}

/// What came of a part.
struct Row {
    name: String,
    /// The operations, models and lines of Rust in `src/`.
    size: Option<[usize; 3]>,
    generation: Option<Cost>,
    check: Option<Cost>,
    verdict: CaseResult,
}

pub(super) fn run(folder: &Path) -> Result<Outcome, Problem> {
    let generator = built()?;
    // Where they stay, so that who reads the table can look at them.
    let made = folder.join("made");
    prepare(&generator, &made)?;
    let mut rows = Vec::new();
    for document in documents(folder)? {
        let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let whole = Part { document: &document, tag: None, folder: made.join(&name) };
        match whole.row(&generator)? {
            Ok(row) => rows.push(row),
            Err(reason) => {
                rows.push(Row::of(&whole, CaseResult::Aside(reason)));
                let tags = tags(&document)?;
                for (number, tag) in sample(&tags).into_iter().enumerate() {
                    let folder = made.join(format!("{name}-{number}"));
                    let part = Part { document: &document, tag: Some(tag), folder };
                    rows.push(
                        part.row(&generator)?
                            .unwrap_or_else(|reason| Row::of(&part, CaseResult::Failed(reason))),
                    );
                }
            }
        }
    }
    let table = table(&rows);
    let cases = rows.into_iter().map(|row| Case { name: row.name, verdict: row.verdict });
    Ok(Outcome { cases: cases.collect(), table })
}

/// The documents of the suite, which are directly in its folder.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|it| it == "json" || it == "yaml") {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

/// The generator as `cargo xtask` starts it.
fn built() -> Result<PathBuf, Problem> {
    let target = workspace_path("target");
    let mut command = crates::cargo_itself();
    command.args(["build", "--profile", "tool", "--package", "xtask", "--manifest-path"]);
    measure::cost(command.arg(workspace_manifest()).arg("--target-dir").arg(&target))?;
    Ok(std::path::absolute(target.join("tool/xtask"))?)
}

/// Has cargo check the dependencies, which the crates have in common, by way of a crate of a small document.
fn prepare(generator: &Path, made: &Path) -> Result<(), Problem> {
    fs::create_dir_all(made)?;
    let document = made.join("small.yaml");
    fs::write(&document, SMALL)?;
    let part = Part { document: &document, tag: None, folder: made.join("small") };
    part.written(generator, None)?;
    part.checked()?.map_err(Problem)?;
    Ok(())
}

/// The tags of a document, those with the most operations first. An operation counts for the first of its tags.
fn tags(document: &Path) -> Result<Vec<String>, Problem> {
    let mut diagnostics = Diagnostics::new();
    let Some(read) = load::load(document, &mut diagnostics) else {
        return Err(Problem(first_error(&diagnostics).unwrap_or_default()));
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for mut entry in catalog::entries(&read.root) {
        if !entry.tags.is_empty() {
            *counts.entry(entry.tags.swap_remove(0)).or_default() += 1;
        }
    }
    let mut tags: Vec<(String, usize)> = counts.into_iter().collect();
    tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(tags.into_iter().map(|(tag, _)| tag).collect())
}

/// Some of the tags, the first and the last among them, evenly apart.
fn sample(tags: &[String]) -> Vec<&str> {
    if tags.len() <= TAGS {
        return tags.iter().map(String::as_str).collect();
    }
    (0..TAGS).map(|number| tags[number * (tags.len() - 1) / (TAGS - 1)].as_str()).collect()
}

impl Part<'_> {
    fn name(&self) -> String {
        let document = self.document.file_name().unwrap_or_default().to_string_lossy();
        match self.tag {
            Some(tag) => format!("{document}: {tag}"),
            None => document.into_owned(),
        }
    }

    /// Makes the crate and has cargo check it; says why not where it would be too large.
    fn row(&self, generator: &Path) -> Result<Result<Row, String>, Problem> {
        let mut diagnostics = Diagnostics::new();
        let options = self.options()?;
        let Some(generated) = codegen::generate(&options, &mut diagnostics) else {
            let error = first_error(&diagnostics).unwrap_or_default();
            let is_too_large = diagnostics.iter().any(|it| it.code == TOO_LARGE);
            let failed = || Row::of(self, CaseResult::Failed(error.clone()));
            return Ok(if is_too_large { Err(error) } else { Ok(failed()) });
        };
        let mut row = Row::of(self, CaseResult::Passed);
        row.size = Some([generated.operations, generated.models, lines(&generated)]);
        drop(generated);
        row.generation = Some(self.written(generator, options.config.as_deref())?);
        match self.checked()? {
            Ok(cost) => row.check = Some(cost),
            Err(complaint) => row.verdict = CaseResult::Failed(format!("cargo: {complaint}")),
        }
        Ok(Ok(row))
    }

    fn options(&self) -> Result<Options, Problem> {
        let mut options =
            Options { spec: self.document.to_owned(), tests: true, ..Options::default() };
        options.name = Some("sdk-of-scale".to_owned());
        if let Some(tag) = self.tag {
            fs::create_dir_all(&self.folder)?;
            let file = self.folder.with_extension("sdk.toml");
            fs::write(&file, format!("[select]\ntags = [{}]\n", serde_json::Value::from(tag)))?;
            options.config = Some(file);
        }
        Ok(options)
    }

    /// Has the generator write the crate, in a process of its own.
    fn written(&self, generator: &Path, config: Option<&Path>) -> Result<Cost, Problem> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        let mut command = Command::new(generator);
        command.args(["codegen", "--name", "sdk-of-scale", "--spec"]).arg(self.document);
        command.arg("--out").arg(&self.folder);
        if let Some(config) = config {
            command.arg("--config").arg(config);
        }
        measure::cost(&mut command)
    }

    /// What `cargo check` with all features takes for the crate alone, or cargo's complaint.
    fn checked(&self) -> Result<Result<Cost, String>, Problem> {
        let mut command = crates::command(&self.folder)?;
        command.args(["check", "--quiet", "--all-features"]).env("CARGO_INCREMENTAL", "0");
        match measure::cost(&mut command) {
            Ok(cost) => Ok(Ok(cost)),
            Err(_) => Ok(Err(complaint(&String::from_utf8_lossy(&command.output()?.stderr)))),
        }
    }
}

/// The lines of Rust in `src/`.
fn lines(generated: &Generated) -> usize {
    let sources = generated.files.iter().filter(|(path, _)| path.starts_with("src/"));
    sources.map(|(_, text)| text.lines().count()).sum()
}

impl Row {
    fn of(part: &Part<'_>, verdict: CaseResult) -> Self {
        Self { name: part.name(), size: None, generation: None, check: None, verdict }
    }

    fn line(&self) -> String {
        let [operations, models, lines] = match self.size {
            Some(size) => size.map(|number| number.to_string()),
            None => ["-"; 3].map(str::to_owned),
        };
        let [time, memory] = columns(self.generation);
        let [check_time, check_memory] = columns(self.check);
        let verdict = match &self.verdict {
            CaseResult::Passed => "compiles".to_owned(),
            CaseResult::Failed(reason) => cell::text(reason),
            CaseResult::Aside(reason) => format!("by its tags: {}", cell::text(reason)),
        };
        format!(
            "| {} | {operations} | {models} | {lines} | {time} | {memory} | {check_time} | {check_memory} | {verdict} |\n",
            cell::span(&self.name)
        )
    }
}

/// The time and the memory as a table has them.
fn columns(cost: Option<Cost>) -> [String; 2] {
    match cost {
        Some(cost) => [
            format!("{:.1} s", cost.processor.as_secs_f64()),
            format!("{} MiB", cost.memory / (1024 * 1024)),
        ],
        None => ["-".to_owned(), "-".to_owned()],
    }
}

fn table(rows: &[Row]) -> String {
    let head = "| document, or tag of it | operations | models | lines | generation | memory | check | memory | verdict |\n\
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n";
    let lines: Vec<String> = rows.iter().map(Row::line).collect();
    format!(
        "The time is that of all cores; the memory is the most that one process has had. The generator is that of `cargo \
         xtask`, and writes the crate's tests, too. The check is `cargo check --all-features` of the crate alone. Of a \
         document that is too large for one crate, {TAGS} tags are tried: by the number of their operations, evenly \
         from the largest to the smallest. Measured on {}.\n\n{head}{}\n",
        machine::card(),
        lines.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_largest_and_the_smallest() {
        let tags: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        let some = sample(&tags);
        assert_eq!(some.len(), TAGS);
        assert_eq!((some[0], some[1], some[TAGS - 1]), ("0", "19", "99"));
        assert_eq!(sample(&tags[..3]), ["0", "1", "2"]);
    }
}

//! The scenarios of `@typespec/http-specs`, called against the mock server that its authors wrote for their own
//! generators.
//!
//! Its specifications become OpenAPI documents, these become crates, and one program calls an operation for each
//! scenario, with the values that the server wants to see. Whether it saw them, it says itself.

mod matching;
mod program;
mod questions;
mod scenarios;
mod server;
mod values;
mod verdict;

use std::fs;
use std::path::Path;

use codegen::diagnostics::Diagnostics;
use codegen::ir::Sdk;
use codegen::output::Files;
use codegen::{Options, render};
use serde_json::Value;
use xtask::Problem;

use super::documents::first_error;
use super::{Case, CaseResult, files, name};
use crate::driver;
use program::Program;
use scenarios::Scenario;
use verdict::Told;

/// The package whose operations are paged, and what its `sdk.toml` says of them.
const PAGEABLE: (&str, &str) = ("sdk-payload-pageable", include_str!("pageable.toml"));

/// A document and the crate that it becomes.
struct Crate {
    package: String,
    /// The path of its server, with variables.
    server: String,
    document: Value,
    sdk: Sdk,
    files: Files,
}

/// A scenario with what is asked for each of its calls.
struct Planned {
    scenario: Scenario,
    /// The number of the question for each call, or why there is none.
    questions: Vec<Result<usize, String>>,
}

impl Planned {
    fn new(scenario: Scenario) -> Self {
        let none = Err("the document has no such operation".to_owned());
        Self { questions: vec![none; scenario.calls.len()], scenario }
    }
}

pub(super) fn run(folder: &Path) -> Result<Vec<Case>, Problem> {
    let made = server::export(folder)?;
    // Where they stay, so that cargo knows them the next time.
    let place = made.join("crates");
    fs::create_dir_all(&place)?;
    let mut cases = Vec::new();
    let mut planned = Vec::new();
    let mut packages = Vec::new();
    let mut program = Program::default();
    for (specification, scenarios) in scenarios::read(&made.join("scenarios.json"))? {
        let crates = match crates(&made.join("documents"), &specification) {
            Ok(crates) => crates,
            Err(reason) => {
                let verdict = CaseResult::Failed(reason);
                let all = scenarios.into_iter();
                cases.extend(all.map(|it| Case { name: it.name, verdict: verdict.clone() }));
                continue;
            }
        };
        let mut plans: Vec<Planned> = scenarios.into_iter().map(Planned::new).collect();
        for (index, made) in crates.iter().enumerate() {
            if plan(index, &crates, &mut plans, &mut program)? {
                codegen::output::update(&made.files, &place.join(&made.package))?;
                packages.push(made.package.clone());
            }
        }
        planned.extend(plans);
    }
    let told = told(folder, &place, program, &packages)?;
    cases.extend(planned.iter().map(|planned| Case {
        name: planned.scenario.name.clone(),
        verdict: verdict::verdict(planned, &told),
    }));
    Ok(cases)
}

/// Builds the program below a folder, and runs it against the server of the suite.
fn told(
    suite: &Path,
    place: &Path,
    program: Program,
    packages: &[String],
) -> Result<Told, Problem> {
    let files = program.files(packages).map_err(|error| Problem(error.to_string()))?;
    let client = place.join("client");
    codegen::output::update(&files, &client)?;
    let server = server::start(suite)?;
    let told = driver::run(&client, server.url())?;
    Told::read(&told, server.url())
}

/// Adds the calls of those scenarios that are about the document of that index among those of a specification. Gives
/// whether there are any.
fn plan<'a>(
    index: usize,
    all: &'a [Crate],
    plans: &mut [Planned],
    program: &mut Program,
) -> Result<bool, Problem> {
    let made = &all[index];
    let mut places = Vec::new();
    let mut asked = Vec::new();
    for plan in plans.iter_mut() {
        let mut is_answered = false;
        let Planned { scenario, questions } = plan;
        for (call, number) in scenario.calls.iter().zip(questions) {
            // The pages of a list are one question.
            if is_answered {
                places.push((number, asked.len() - 1));
                continue;
            }
            let find = |made: &'a Crate| questions::find(&made.sdk, &made.server, call);
            let Some(found) = find(made) else { continue };
            // Of several versions the last that fits as well as any.
            let best = (0..all.len()).max_by_key(|other| find(&all[*other]).map(|it| it.fit));
            if best != Some(index) {
                continue;
            }
            match questions::question(&made.document, &made.sdk, &found, call) {
                Ok(mut question) => {
                    question.pages = found.operation.paging.is_some() && scenario.calls.len() > 1;
                    is_answered = question.pages;
                    places.push((number, asked.len()));
                    asked.push((question, call));
                }
                Err(reason) => *number = Err(reason),
            }
        }
    }
    let given = program
        .add(&made.sdk, &asked)
        .map_err(|error| Problem(format!("{}: {error}", made.package)))?;
    for (number, question) in places {
        *number = given[question].clone();
    }
    Ok(!asked.is_empty())
}

/// The crates of the documents of a specification, or why there are none.
fn crates(documents: &Path, specification: &str) -> Result<Vec<Crate>, String> {
    let folder = documents.join(specification);
    let found = files(&folder, &["json"]).map_err(|problem| problem.0)?;
    found
        .iter()
        .filter(|file| file.parent() == Some(&folder))
        .map(|file| made(documents, file))
        .collect()
}

fn made(documents: &Path, file: &Path) -> Result<Crate, String> {
    let package: String = name(documents, file)
        .trim_end_matches(".json")
        .trim_end_matches("/openapi")
        .chars()
        .map(
            |letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' },
        )
        .collect();
    let package = format!("sdk-{package}");
    let mut diagnostics = Diagnostics::new();
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let config = folder.path().join("sdk.toml");
    let text = if package == PAGEABLE.0 { PAGEABLE.1 } else { "" };
    fs::write(&config, text).map_err(|error| error.to_string())?;
    let options = Options {
        spec: file.to_owned(),
        config: Some(config),
        name: Some(package.clone()),
        ..Options::default()
    };
    let generated = codegen::read(&options, &mut diagnostics).and_then(|(document, config)| {
        let root = document.root.clone();
        let sdk = codegen::lowered(document, config, &options, &mut diagnostics)?;
        Some((root, sdk))
    });
    let Some((document, sdk)) = generated else {
        let error = first_error(&diagnostics);
        return Err(error.unwrap_or_else(|| "no crate was made".to_owned()));
    };
    let files = render::render(&sdk, false, None).map_err(|error| error.to_string())?;
    let server = server_path(&document);
    Ok(Crate { package, server, document, sdk, files })
}

/// The path of the document's first server, below the place of the mock server, whatever the document calls that.
fn server_path(document: &Value) -> String {
    let url = document["servers"][0]["url"].as_str().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url.split_once('/').map_or("", |(_, path)| path),
    };
    if path.is_empty() { String::new() } else { format!("/{}", path.trim_end_matches('/')) }
}

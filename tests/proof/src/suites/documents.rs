//! Documents: good ones are to be read, broken ones to be told.

use std::fs;
use std::path::Path;

use codegen::diagnostics::{Diagnostics, Severity};
use codegen::{Generated, Options};
use xtask::Problem;

use super::compiled;
use super::{Case, CaseResult, Outcome, Settings, files, name};

/// Why a document that is no OpenAPI 3 is left aside.
const OTHERS: [(&str, &str); 3] = [
    ("swagger-2", "Swagger 2.0"),
    ("not-openapi", "no OpenAPI document"),
    ("unsupported-version", "another version"),
];

/// Documents in the folders `pass` and `fail`: all of the first become a crate, and something is said of each of the
/// second.
pub(super) fn fixtures(folder: &Path) -> Result<Vec<Case>, Problem> {
    let mut cases = Vec::new();
    for file in files(folder, &["yaml"])? {
        let case = name(folder, &file);
        let is_good = match case.split('/').rev().nth(1) {
            Some("pass") => true,
            Some("fail") => false,
            _ => continue,
        };
        let (_, diagnostics) = generated(&file);
        let error = first_error(&diagnostics);
        let verdict = match (is_good, error) {
            (true, None) => CaseResult::Passed,
            (true, Some(error)) => CaseResult::Failed(error),
            (false, Some(_)) => CaseResult::Passed,
            (false, None) if diagnostics.warnings() > 0 => CaseResult::Passed,
            (false, None) => CaseResult::Failed("nothing is said of it".to_owned()),
        };
        cases.push(Case { name: case, verdict });
    }
    Ok(cases)
}

/// Documents of which each is to become a crate, but for those that are meant to be invalid.
pub(super) fn breadth(folder: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    become_crates(folder, settings, |_| true)
}

/// Documents of OpenAPI 3.2 among other files, to which they may refer: each is to become a crate, under the same
/// condition.
pub(super) fn of_3_2(folder: &Path, settings: &Settings) -> Result<Outcome, Problem> {
    become_crates(folder, settings, |text| text.lines().any(says_3_2))
}

/// Whether a line says that a document is one of OpenAPI 3.2.
fn says_3_2(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '{']);
    let Some((field, version)) = line.split_once(':') else { return false };
    let quotes = ['"', '\'', ' '];
    field.trim_matches(quotes) == "openapi" && version.trim_start_matches(quotes).starts_with("3.2")
}

fn become_crates(
    folder: &Path,
    settings: &Settings,
    is_one: fn(&str) -> bool,
) -> Result<Outcome, Problem> {
    let mut cases = Vec::new();
    let (mut generated, mut compiled) = (0, 0);
    // One crate after the other in one place, so that cargo keeps no more than one.
    let place = tempfile::tempdir()?;
    let files = files(folder, &["json", "yaml", "yml"])?;
    settings.progress.begin(files.len());
    for file in files {
        settings.progress.step(&name(folder, &file));
        if !is_one(&String::from_utf8_lossy(&fs::read(&file)?)) {
            continue;
        }
        let case = name(folder, &file);
        let (verdict, made) = of_document(&file, &case);
        let verdict = match (made, settings.compiled) {
            (Some(made), Some(every)) => {
                generated += 1;
                if (generated - 1) % every == 0 {
                    compiled += 1;
                    compiled::tested(made, place.path())?
                } else {
                    verdict
                }
            }
            _ => verdict,
        };
        cases.push(Case { name: case, verdict });
    }
    let table = match settings.compiled {
        Some(_) => format!(
            "Of {generated} crates, cargo compiled {compiled} with all features and ran their own tests, a warning \
             being a failure.\n\n"
        ),
        None => String::new(),
    };
    Ok(Outcome { cases, table })
}

/// What became of a document, and its crate.
fn of_document(file: &Path, case: &str) -> (CaseResult, Option<Generated>) {
    let (made, diagnostics) = generated(file);
    let other = OTHERS.iter().find(|(code, _)| diagnostics.iter().any(|it| it.code == *code));
    let is_meant_to_fail = case.split('/').any(|part| part == "invalid");
    match (other, first_error(&diagnostics)) {
        (Some((_, what)), _) => (CaseResult::Aside((*what).to_owned()), None),
        (None, None) => (CaseResult::Passed, made),
        (None, Some(error)) if is_meant_to_fail => {
            (CaseResult::Aside(format!("meant to be invalid, and refused: {error}")), None)
        }
        (None, Some(error)) => (CaseResult::Failed(error), None),
    }
}

/// The crate of a document, in memory, and what is said of the document.
fn generated(file: &Path) -> (Option<Generated>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let name = Some("sdk-of-suite".to_owned());
    let options = Options { spec: file.to_owned(), tests: true, name, ..Options::default() };
    let generated = codegen::generate(&options, &mut diagnostics);
    (generated, diagnostics)
}

/// The first error as a line: its code and message.
pub(super) fn first_error(diagnostics: &Diagnostics) -> Option<String> {
    let error = diagnostics.iter().find(|it| it.severity == Severity::Error)?;
    Some(format!("{}: {}", error.code, error.message))
}

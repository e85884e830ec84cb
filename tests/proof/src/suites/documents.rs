//! Documents: good ones are to be read, broken ones to be told.

use std::fs;
use std::path::Path;

use codegen::Options;
use codegen::diagnostics::{Diagnostics, Severity};
use xtask::Problem;

use super::{Case, CaseResult, files, name};

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
        let diagnostics = generated(&file);
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
pub(super) fn breadth(folder: &Path) -> Result<Vec<Case>, Problem> {
    become_crates(folder, |_| true)
}

/// Documents of OpenAPI 3.2 among other files, to which they may refer: each is to become a crate, under the same
/// condition.
pub(super) fn of_3_2(folder: &Path) -> Result<Vec<Case>, Problem> {
    become_crates(folder, |text| text.lines().any(says_3_2))
}

/// Whether a line says that a document is one of OpenAPI 3.2.
fn says_3_2(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '{']);
    let Some((field, version)) = line.split_once(':') else { return false };
    let quotes = ['"', '\'', ' '];
    field.trim_matches(quotes) == "openapi" && version.trim_start_matches(quotes).starts_with("3.2")
}

fn become_crates(folder: &Path, is_one: fn(&str) -> bool) -> Result<Vec<Case>, Problem> {
    let mut cases = Vec::new();
    for file in files(folder, &["json", "yaml", "yml"])? {
        if !is_one(&String::from_utf8_lossy(&fs::read(&file)?)) {
            continue;
        }
        let diagnostics = generated(&file);
        let other = OTHERS.iter().find(|(code, _)| diagnostics.iter().any(|it| it.code == *code));
        let case = name(folder, &file);
        let is_meant_to_fail = case.split('/').any(|part| part == "invalid");
        let verdict = match (other, first_error(&diagnostics)) {
            (Some((_, what)), _) => CaseResult::Aside((*what).to_owned()),
            (None, None) => CaseResult::Passed,
            (None, Some(error)) if is_meant_to_fail => {
                CaseResult::Aside(format!("meant to be invalid, and refused: {error}"))
            }
            (None, Some(error)) => CaseResult::Failed(error),
        };
        cases.push(Case { name: case, verdict });
    }
    Ok(cases)
}

/// What is said of a document that a crate is made of, in memory.
fn generated(file: &Path) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let options = Options { spec: file.to_owned(), tests: true, ..Options::default() };
    codegen::generate(&options, &mut diagnostics);
    diagnostics
}

/// The first error as a line: its code and message.
pub(super) fn first_error(diagnostics: &Diagnostics) -> Option<String> {
    let error = diagnostics.iter().find(|it| it.severity == Severity::Error)?;
    Some(format!("{}: {}", error.code, error.message))
}

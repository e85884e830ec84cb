//! Overlays: sets of a document, an overlay and what comes of them, and overlays that are to be read or refused.

use std::fs;
use std::path::Path;

use codegen::Options;
use codegen::diagnostics::Diagnostics;
use serde_json::Value;
use xtask::Problem;

use super::documents::first_error;
use super::{Case, CaseResult, files, name};

/// A document that overlays which belong to no document are applied to.
const ANY_DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: Any, version: '1'}\npaths: {}\n";

pub(super) fn run(folder: &Path) -> Result<Vec<Case>, Problem> {
    let mut cases = Vec::new();
    for overlay in files(&folder.join("compliant-sets"), &["yaml"])? {
        if overlay.file_name().is_some_and(|name| name == "overlay.yaml") {
            let set = overlay.parent().unwrap_or(folder);
            cases.push(Case { name: name(folder, set), verdict: set_verdict(set) });
        }
    }
    for overlay in files(&folder.join("tests"), &["yaml"])? {
        let case = name(folder, &overlay);
        let is_good = case.contains("/pass/");
        if case.contains("-dev/") {
            let verdict = CaseResult::Aside("of a version that is not published".to_owned());
            cases.push(Case { name: case, verdict });
        } else if is_good || case.contains("/fail/") {
            cases.push(Case { verdict: read_verdict(&overlay, is_good)?, name: case });
        }
    }
    Ok(cases)
}

/// Whether an overlay makes of its document what it should.
fn set_verdict(set: &Path) -> CaseResult {
    let document = |file: &str, overlays: &[&str]| -> Result<Value, String> {
        let options = Options {
            spec: set.join(file),
            overlays: overlays.iter().map(|overlay| set.join(overlay)).collect(),
            ..Options::default()
        };
        let mut diagnostics = Diagnostics::new();
        let read = codegen::read(&options, &mut diagnostics);
        match (read, first_error(&diagnostics)) {
            (Some((document, _)), None) => Ok(document.root),
            (_, error) => Err(error.unwrap_or_default()),
        }
    };
    match (document("openapi.yaml", &["overlay.yaml"]), document("output.yaml", &[])) {
        (Ok(found), Ok(wanted)) if found == wanted => CaseResult::Passed,
        (Ok(_), Ok(_)) => {
            CaseResult::Failed("the document is another one than it should be".to_owned())
        }
        (Err(error), _) | (_, Err(error)) => CaseResult::Failed(error),
    }
}

/// Whether an overlay is read where it is good, and refused where it is not.
fn read_verdict(overlay: &Path, is_good: bool) -> Result<CaseResult, Problem> {
    let folder = tempfile::tempdir()?;
    let spec = folder.path().join("any.yaml");
    fs::write(&spec, ANY_DOCUMENT)?;
    let options = Options { spec, overlays: vec![overlay.to_owned()], ..Options::default() };
    let mut diagnostics = Diagnostics::new();
    codegen::read(&options, &mut diagnostics);
    Ok(match (is_good, first_error(&diagnostics)) {
        (true, None) | (false, Some(_)) => CaseResult::Passed,
        (true, Some(error)) => CaseResult::Failed(error),
        (false, None) => CaseResult::Failed("it was read without an error".to_owned()),
    })
}

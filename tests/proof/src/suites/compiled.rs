//! What cargo says of the crate of a document.

use std::path::Path;

use codegen::{Generated, output};
use xtask::{Problem, crates};

use super::CaseResult;

/// Compiles a crate and its own tests with all features, and runs these. A warning counts as an error does.
///
/// The crate before it in the folder makes room: what cargo keeps of it is replaced.
pub(super) fn tested(generated: Generated, folder: &Path) -> Result<CaseResult, Problem> {
    output::update(&generated.files, folder)?;
    let mut command = crates::command(folder)?;
    command.args(["test", "--quiet", "--tests", "--all-features"]).env("CARGO_INCREMENTAL", "0");
    let ran = command.output()?;
    let told = String::from_utf8_lossy(&ran.stderr);
    if let Some(line) = told.lines().find(|line| is_complaint(line)) {
        return Ok(CaseResult::Failed(format!("cargo: {line}")));
    }
    if !ran.status.success() {
        let told = String::from_utf8_lossy(&ran.stdout);
        let line = told.lines().find(|line| line.contains("panicked at")).unwrap_or("no reason");
        return Ok(CaseResult::Failed(format!("its own tests: {line}")));
    }
    Ok(CaseResult::Passed)
}

/// Whether a line of cargo's is the head of a warning or of an error, other than one that only tells of failed tests.
fn is_complaint(line: &str) -> bool {
    let is_head = line.starts_with("warning") || line.starts_with("error");
    is_head && !line.starts_with("error: test failed")
}

/// Cargo's first complaint, once a command has failed.
pub(super) fn complaint(report: &str) -> String {
    report.lines().find(|line| is_complaint(line)).unwrap_or("cargo failed").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_no_complaint_of_the_compiler() {
        let report = "   Compiling a\nerror: test failed, to rerun pass `--test contract`\n";
        assert_eq!(complaint(report), "cargo failed");
        let report = "   Compiling a\nerror[E0308]: mismatched types\n --> src/lib.rs\n";
        assert_eq!(complaint(report), "error[E0308]: mismatched types");
        assert!(is_complaint("warning: unused import: `a`"));
    }
}

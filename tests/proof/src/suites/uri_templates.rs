//! URI Templates (RFC 6570), on which the styles of parameters stand. The tests of the runtime expand them.

use std::path::Path;

use serde_json::Value;
use xtask::{Problem, crates, workspace_manifest};

use super::{Case, CaseResult};

/// What a line of the tests starts with that tells of a case.
const MARK: &str = "uri-template-case ";

pub(super) fn run(folder: &Path) -> Result<Vec<Case>, Problem> {
    let folder = std::fs::canonicalize(folder)?;
    let ran = crates::cargo_itself()
        .args(["test", "--quiet", "--package", "runtime", "--lib", "--manifest-path"])
        .arg(workspace_manifest())
        .args(["uri_templates::the_suite", "--", "--ignored", "--nocapture"])
        .env("URI_TEMPLATES", folder)
        .output()?;
    let output = String::from_utf8_lossy(&ran.stdout);
    let cases: Vec<Case> = output.lines().filter_map(case).collect();
    if cases.is_empty() {
        let errors = String::from_utf8_lossy(&ran.stderr);
        return Err(Problem(format!("the tests of the runtime told of no case:\n{errors}")));
    }
    Ok(cases)
}

/// The case that a line tells of, as JSON: its name, whether it is expressible, what came and what was wanted.
fn case(line: &str) -> Option<Case> {
    let told: Value = serde_json::from_str(line.strip_prefix(MARK)?).ok()?;
    let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
    let verdict = match (told["found"].as_str(), told["why"].as_str()) {
        (None, why) => CaseResult::Aside(why.unwrap_or_default().to_owned()),
        (Some(_), _) if told["passed"] == true => CaseResult::Passed,
        (Some(found), _) => CaseResult::Failed(format!("gives {found}")),
    };
    Some(Case { name: text("name"), verdict })
}

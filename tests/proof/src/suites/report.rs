//! What came of a suite.

use std::collections::BTreeMap;

use codegen::render::markdown::cell;
use serde::Serialize;

use super::Suite;

/// A test of a suite.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// What it is called: its file, and what tells it from others there.
    pub name: String,
    /// What came of it.
    pub verdict: CaseResult,
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseResult {
    /// What should.
    Passed,
    /// Something else, and what.
    Failed(String),
    /// It is not about anything that an SDK does, and why.
    Aside(String),
}

/// What came of the tests of a suite.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Each test.
    pub cases: Vec<Case>,
    /// What was measured, in Markdown; empty for a suite that measures nothing.
    pub table: String,
}

impl From<Vec<Case>> for Outcome {
    fn from(cases: Vec<Case>) -> Self {
        Self { cases, table: String::new() }
    }
}

/// What came of a suite.
#[derive(Debug)]
pub struct Report {
    /// The suite.
    pub suite: Suite,
    /// The version that was run.
    pub version: String,
    /// Its tests.
    pub cases: Vec<Case>,
    /// What was measured, in Markdown.
    pub table: String,
}

impl Report {
    /// How many tests are about what an SDK does.
    pub fn counted(&self) -> usize {
        self.cases.iter().filter(|case| !matches!(case.verdict, CaseResult::Aside(_))).count()
    }

    /// How many of them passed.
    pub fn passed(&self) -> usize {
        self.cases.iter().filter(|case| case.verdict == CaseResult::Passed).count()
    }

    /// The line of the table of all suites.
    pub fn line(&self) -> String {
        let Suite { name, origin, judges, .. } = self.suite;
        let (counted, passed) = (self.counted(), self.passed());
        let aside = self.cases.len() - counted;
        format!(
            "| [{name}](#{}) | {origin} | {} | {judges} | {counted} | {passed} | {aside} |\n",
            name.replace('.', ""),
            cell::span(&self.version)
        )
    }

    /// The tests that did not pass, each with what came instead, and why how many were left aside.
    pub fn details(&self) -> String {
        let mut text = format!("## {}\n\n{}", self.suite.name, self.table);
        let mut aside: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &self.cases {
            match &case.verdict {
                CaseResult::Passed => {}
                CaseResult::Failed(reason) => {
                    text += &format!("- {}: {}\n", cell::span(&case.name), cell::text(reason));
                }
                CaseResult::Aside(reason) => *aside.entry(reason).or_default() += 1,
            }
        }
        if self.passed() == self.counted() {
            text += "- All of them passed.\n";
        }
        for (reason, count) in aside {
            text += &format!("- Left aside, {count}: {}\n", cell::text(reason));
        }
        text
    }
}

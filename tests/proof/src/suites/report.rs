//! What came of a suite.

use codegen::render::markdown::cell;
use serde::Serialize;

use super::Suite;

/// A test of a suite.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// What it is called: its file, and what tells it from others there.
    pub name: String,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// What should.
    Passed,
    /// Something else, and what.
    Failed(String),
    /// It is not about anything that an SDK does, and why.
    Aside(String),
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
}

impl Report {
    /// How many tests are about what an SDK does.
    pub fn counted(&self) -> usize {
        self.cases.iter().filter(|case| !matches!(case.verdict, Verdict::Aside(_))).count()
    }

    /// How many of them passed.
    pub fn passed(&self) -> usize {
        self.cases.iter().filter(|case| case.verdict == Verdict::Passed).count()
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

    /// The tests that did not pass, and those that were left aside, by the reason.
    pub fn details(&self) -> String {
        let mut text = format!("## {}\n\n", self.suite.name);
        let mut any = false;
        for case in &self.cases {
            let (word, reason) = match &case.verdict {
                Verdict::Passed => continue,
                Verdict::Failed(reason) => ("failed", reason),
                Verdict::Aside(reason) => ("left aside", reason),
            };
            any = true;
            text += &format!("- {}, {word}: {}\n", cell::span(&case.name), cell::text(reason));
        }
        if !any {
            text += "All of them passed.\n";
        }
        text
    }
}

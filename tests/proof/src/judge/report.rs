//! The verdicts on all operations, as text, as a table and as JSON.

use serde::Serialize;

use super::{Removed, Verdict};

/// An operation and what is to be thought of its call.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The operationId.
    pub id: String,
    /// The request method and the path template.
    pub operation: String,
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// The result for one document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Every operation, in the order of tags.
    #[serde(rename = "operations")]
    pub lines: Vec<Line>,
    /// The examples that the server did not get.
    pub removed: Vec<Removed>,
}

impl Report {
    /// Whether nothing is the SDK's fault.
    pub fn is_good(&self) -> bool {
        self.lines.iter().all(|line| line.verdict.is_good())
    }

    /// The counts, as a table in Markdown.
    pub fn table(&self) -> String {
        let count = |is_counted: fn(&Verdict) -> bool| {
            self.lines.iter().filter(|line| is_counted(&line.verdict)).count()
        };
        let cells = [
            self.lines.len(),
            count(|verdict| matches!(verdict, Verdict::Passed)),
            count(|verdict| matches!(verdict, Verdict::PassedDynamically(_))),
            count(|verdict| matches!(verdict, Verdict::PassedLeniently(_))),
            count(|verdict| matches!(verdict, Verdict::NotServed { .. })),
            count(|verdict| matches!(verdict, Verdict::Violation(_))),
            count(|verdict| matches!(verdict, Verdict::NotDecoded(_))),
            count(|verdict| matches!(verdict, Verdict::NotAsked(_))),
        ];
        format!(
            "| operations | passed | with an answer made of the schema | leniently | not served | violations | not decoded | not asked |\n\
             | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n| {} |\n",
            cells.map(|cell| cell.to_string()).join(" | ")
        )
    }

    /// What did not simply pass, a line each.
    pub fn problems(&self) -> String {
        let mut text = String::new();
        for removed in &self.removed {
            text += &format!(
                "left out for the judge: the example at {}, whose reference {} leads nowhere\n",
                removed.pointer, removed.target
            );
        }
        for Line { id, operation, verdict } in &self.lines {
            let what = match verdict {
                Verdict::Passed => continue,
                Verdict::PassedDynamically(fault) => {
                    format!("passed with an answer made of the schema; the example: {fault}")
                }
                Verdict::PassedLeniently(fault) => format!("passed leniently; the answer: {fault}"),
                Verdict::Violation(text) => format!("violation: {text}"),
                Verdict::NotDecoded(error) => format!("not decoded: {error}"),
                Verdict::NotServed { reason, command, answer } => {
                    format!("not served: {reason}\n    {command}\n    {answer}")
                }
                Verdict::NotAsked(reason) => format!("not asked: {reason}"),
            };
            text += &format!("{id} ({operation}): {what}\n");
        }
        text
    }
}

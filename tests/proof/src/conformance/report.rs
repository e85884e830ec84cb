//! What came of every example, as a table and as JSON.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::difference::Difference;
use super::examples::Owner;
use super::untyped::{SchemaUse, Typed};
use crate::validity::Validity;

/// What came of an example.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It came back as it was.
    Exact,
    /// It came back differently.
    Lossy(Vec<Difference>),
    /// It was not read: the place as a JSONPath (RFC 9535), and what is wrong there.
    Refused {
        /// The place.
        path: String,
        /// What is wrong there.
        message: String,
    },
    /// The SDK panicked.
    Panicked(String),
    /// The SDK has no type for its schema.
    Untyped,
}

impl Outcome {
    /// What the report calls it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Lossy(_) => "lossy",
            Self::Refused { .. } => "refused",
            Self::Panicked(_) => "panicked",
            Self::Untyped => "untyped",
        }
    }
}

/// Why it is not exact; empty where it is.
impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact | Self::Untyped => Ok(()),
            Self::Lossy(differences) => {
                let texts: Vec<String> = differences.iter().map(ToString::to_string).collect();
                formatter.write_str(&texts.join("; "))
            }
            Self::Refused { path, message } => write!(formatter, "{path}: {message}"),
            Self::Panicked(message) => formatter.write_str(message),
        }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// An example with its outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Where the example stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Where its schema stands.
    pub schema: String,
    /// What it belongs to.
    pub owner: Owner,
    /// The Rust type that it was read into.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// Whether it is valid.
    pub verdict: Validity,
    /// What came of it.
    pub outcome: Outcome,
    /// Why it is not exact.
    pub detail: String,
}

/// A value of a subtype that did not come out as it should.
#[derive(Clone, Debug, Serialize)]
pub struct LostSubtype {
    /// Where the discriminated schema stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The value of the discriminator.
    pub tag: String,
    /// What happened instead.
    pub problem: String,
    /// Whether the document gives the value; else it is made of the schema.
    pub is_example: bool,
}

/// The result for one document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Every example, in the document's order.
    pub examples: Vec<Line>,
    /// The schemas that have a type, in the document's order.
    pub typed: Vec<Typed>,
    /// How many values of discriminators were tried.
    pub subtypes: usize,
    /// How many of them with a value that the document gives.
    pub subtype_examples: usize,
    /// Those that did not come out as the variant of their subtype.
    pub lost_subtypes: Vec<LostSubtype>,
}

impl Report {
    /// Whether every valid example that has a type is exact, nothing panicked, no type is raw and
    /// every subtype came out as its variant.
    pub fn is_good(&self) -> bool {
        let is_bad = |line: &Line| match &line.outcome {
            Outcome::Exact | Outcome::Untyped => false,
            Outcome::Panicked(_) => true,
            _ => line.verdict == Validity::Valid,
        };
        let is_raw = self.typed.iter().any(|typed| typed.is_raw);
        !is_raw && self.lost_subtypes.is_empty() && !self.examples.iter().any(is_bad)
    }

    /// The table of the examples, in Markdown, by what they belong to and how they are judged.
    pub fn table(&self) -> String {
        const OUTCOMES: [&str; 5] = ["exact", "lossy", "refused", "panicked", "untyped"];
        let mut counts: BTreeMap<(Owner, &str, &str), usize> = BTreeMap::new();
        for line in &self.examples {
            *counts
                .entry((line.owner, line.verdict.as_str(), line.outcome.as_str()))
                .or_default() += 1;
        }
        let mut table = format!(
            "| examples of | | all | {} |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            OUTCOMES.join(" | ")
        );
        for owner in Owner::ALL {
            for verdict in ["valid", "invalid", "not judged"] {
                let cells = OUTCOMES.map(|outcome| {
                    counts.get(&(owner, verdict, outcome)).copied().unwrap_or_default()
                });
                let all: usize = cells.iter().sum();
                if all > 0 {
                    let cells = cells.map(|count| count.to_string()).join(" | ");
                    table += &format!("| {} | {verdict} | {all} | {cells} |\n", owner.as_str());
                }
            }
        }
        table
    }

    /// The table of the types, in Markdown, by what the schemas describe: how many there are, and
    /// how many are raw values although the schema says more.
    pub fn types_table(&self) -> String {
        let mut table = "| types of | all | raw |\n| --- | ---: | ---: |\n".to_owned();
        for place in SchemaUse::ALL {
            let of_place = || self.typed.iter().filter(|typed| typed.place == place);
            let raw = of_place().filter(|typed| typed.is_raw).count();
            table += &format!("| {} | {} | {raw} |\n", place.as_str(), of_place().count());
        }
        let lost_subtypes = self.lost_subtypes.len();
        table += &format!(
            "| values of subtypes | {} | {lost_subtypes} as another variant |\n",
            self.subtypes
        );
        table
    }

    /// The examples that did not come back as they were, a line each.
    pub fn problems(&self) -> String {
        let mut text = String::new();
        for line in self.examples.iter().filter(|line| line.outcome != Outcome::Exact) {
            let verdict = line.verdict.as_str();
            let outcome = line.outcome.as_str();
            text += &format!("{verdict}, {outcome}: {} {}\n", line.pointer, line.detail);
        }
        for typed in self.typed.iter().filter(|typed| typed.is_raw) {
            text += &format!("raw: {}\n", typed.pointer);
        }
        for lost_subtype in &self.lost_subtypes {
            text += &format!(
                "lost_subtype: {} `{}`: {}\n",
                lost_subtype.pointer, lost_subtype.tag, lost_subtype.problem
            );
        }
        text
    }
}

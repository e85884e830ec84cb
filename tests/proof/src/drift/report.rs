//! What came of every changed answer, as a table and as JSON.

use serde::Serialize;
use serde_json::Value;

use super::changes::Kind;

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was decoded, and written as it came.
    Whole,
    /// It was decoded, and written differently.
    Lost(String),
    /// The call failed.
    Refused(String),
}

/// A changed example with its outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Where the example stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// The Rust type that it was decoded into.
    #[serde(rename = "type")]
    pub ty: String,
    /// How it was changed; `None`: not at all.
    pub kind: Option<Kind>,
    /// Where it was changed, as a JSON pointer.
    pub at: String,
    /// What was served.
    pub value: Value,
    /// What is wrong with it by its schema; nothing where the change is one that the schema permits.
    pub fault: Option<String>,
    /// The deviations that the client told.
    pub deviations: Vec<String>,
    /// What came of it.
    pub outcome: Outcome,
}

impl Line {
    /// Whether the client has to tell the change: it makes a type or what has to be there another than
    /// the schema says.
    pub fn has_to_be_told(&self) -> bool {
        self.kind.is_some_and(Kind::is_of_type_or_presence) && self.fault.is_some()
    }

    /// Whether the client did not tell a change that it has to.
    pub fn is_overlooked(&self) -> bool {
        self.has_to_be_told() && self.deviations.is_empty()
    }
}

/// The result for one document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Every changed example, in the document's order.
    pub lines: Vec<Line>,
}

impl Report {
    /// Whether every answer came back whole, and every change was told that has to be.
    pub fn is_good(&self) -> bool {
        !self.lines.iter().any(|line| line.outcome != Outcome::Whole || line.is_overlooked())
    }

    /// The table, in Markdown, by the kind of change.
    pub fn table(&self) -> String {
        let mut table = "| change | answers | whole | lost | refused | to be told | told |\n\
                         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
            .to_owned();
        for kind in Kind::ALL {
            table += &self.row(&kind.to_string(), |line| line.kind == Some(kind));
        }
        table += &self.row("all", |_| true);
        table
    }

    fn row(&self, name: &str, is_of: impl Fn(&Line) -> bool) -> String {
        let lines = || self.lines.iter().filter(|line| is_of(line));
        let whole = lines().filter(|line| line.outcome == Outcome::Whole).count();
        let lost = lines().filter(|line| matches!(line.outcome, Outcome::Lost(_))).count();
        let refused = lines().filter(|line| matches!(line.outcome, Outcome::Refused(_))).count();
        let to_be_told = lines().filter(|line| line.has_to_be_told()).count();
        let told = to_be_told - lines().filter(|line| line.is_overlooked()).count();
        let all = lines().count();
        format!("| {name} | {all} | {whole} | {lost} | {refused} | {to_be_told} | {told} |\n")
    }

    /// What is not as it should be, a line each.
    pub fn problems(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let Line { kind, pointer, at, .. } = line;
            let change = kind.map_or_else(|| "no change".to_owned(), |kind| kind.to_string());
            let place = format!("{change} at `{at}` of {pointer}, a `{}`", line.ty);
            match &line.outcome {
                Outcome::Whole => {}
                Outcome::Lost(what) => text += &format!("lost: {place}: {what}\n"),
                Outcome::Refused(why) => text += &format!("refused: {place}: {why}\n"),
            }
            if line.is_overlooked() {
                let fault = line.fault.as_deref().unwrap_or_default();
                text += &format!("overlooked: {place}: {fault}\n");
            }
        }
        text
    }
}

//! The changes as a text for people, as Markdown for a changelog, and as JSON.

use semver::Version;
use serde::Serialize;

use super::{Change, Impact, Kind, Subject, next_version};

/// What a report is made of. As JSON it is as it stands here.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of the API that the old document describes.
    pub old_api: String,
    /// The version of the API that the new document describes.
    pub new_api: String,
    /// The version of the crate before the changes.
    pub version: Version,
    /// The version of the crate with them.
    pub next_version: Version,
    /// How many of the changes break programs.
    pub breaking: usize,
    /// The changes.
    pub changes: Vec<Change>,
}

/// The changes in the order of a changelog.
const GROUPS: [(Impact, &str); 3] = [
    (Impact::Breaking, "Breaking changes"),
    (Impact::Minor, "New"),
    (Impact::Patch, "Other changes"),
];

impl Report {
    /// The report on the changes of a crate of this version.
    pub fn new([old_api, new_api]: [String; 2], version: Version, changes: Vec<Change>) -> Self {
        let worst = changes.iter().map(|change| change.impact).max();
        let next_version = next_version(&version, worst);
        let breaking = changes.iter().filter(|it| it.impact == Impact::Breaking).count();
        Self { old_api, new_api, version, next_version, breaking, changes }
    }

    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("API {} -> {}\n", self.old_api, self.new_api);
        for (title, changes) in self.groups() {
            text.push_str(&format!("\n{title}:\n"));
            for change in changes {
                let Change { kind, subject, name, text: what, .. } = change;
                let gap = if what.is_empty() { "" } else { ": " };
                text.push_str(&format!("  {} {} {name}{gap}{what}\n", sign(*kind), word(*subject)));
            }
        }
        let changes = match self.changes.len() {
            0 => "nothing that users of the SDK see has changed".to_owned(),
            1 => "1 change".to_owned(),
            all => format!("{all} changes"),
        };
        let summary = match self.breaking {
            0 if self.changes.is_empty() => changes,
            breaking => format!("{changes}, {breaking} breaking"),
        };
        format!("{text}\n{summary}; version {} -> {}\n", self.version, self.next_version)
    }

    /// For a changelog.
    pub fn markdown(&self) -> String {
        let mut text =
            format!("## {}\n\nFor version {} of the API.\n", self.next_version, self.new_api);
        for (title, changes) in self.groups() {
            text.push_str(&format!("\n### {title}\n\n"));
            for Change { kind, subject, name, text: what, .. } in changes {
                let gap = if what.is_empty() { "" } else { ": " };
                let verb = match kind {
                    Kind::Added => "Added",
                    Kind::Removed => "Removed",
                    Kind::Changed => "Changed",
                };
                text.push_str(&format!("- {verb} {} `{name}`{gap}{what}\n", word(*subject)));
            }
        }
        text
    }

    fn groups(&self) -> impl Iterator<Item = (&'static str, Vec<&Change>)> {
        GROUPS.iter().filter_map(|(impact, title)| {
            let changes: Vec<&Change> =
                self.changes.iter().filter(|it| it.impact == *impact).collect();
            (!changes.is_empty()).then_some((*title, changes))
        })
    }
}

fn sign(kind: Kind) -> char {
    match kind {
        Kind::Added => '+',
        Kind::Removed => '-',
        Kind::Changed => '~',
    }
}

fn word(subject: Subject) -> &'static str {
    match subject {
        Subject::Crate => "crate",
        Subject::Server => "server",
        Subject::Security => "security",
        Subject::Feature => "feature",
        Subject::Api => "API",
        Subject::Operation => "operation",
        Subject::Parameter => "parameter",
        Subject::Body => "body of",
        Subject::Answer => "answer of",
        Subject::Model => "model",
        Subject::Field => "field",
        Subject::Value => "value",
        Subject::Variant => "variant",
    }
}

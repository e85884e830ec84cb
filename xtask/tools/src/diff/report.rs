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
            for Entry { kind, subject, names, text: what } in entries(&changes) {
                let (subject, names) = (subject_of(subject, &names), names.join(", "));
                let gap = if what.is_empty() { "" } else { ": " };
                text.push_str(&format!("  {} {subject} {names}{gap}{what}\n", sign(kind)));
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
            for Entry { kind, subject, names, text: what } in entries(&changes) {
                let (subject, names) = (subject_of(subject, &names), names.join("`, `"));
                let gap = if what.is_empty() { "" } else { ": " };
                let verb = match kind {
                    Kind::Added => "Added",
                    Kind::Removed => "Removed",
                    Kind::Changed => "Changed",
                };
                text.push_str(&format!("- {verb} {subject} `{names}`{gap}{what}\n"));
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

/// What a report says in one line: a change, or all models that are new or no more.
struct Entry<'c> {
    kind: Kind,
    subject: Subject,
    names: Vec<&'c str>,
    text: &'c str,
}

/// The lines for some changes. Of models there may be hundreds, of which a name is all that is to be said.
fn entries<'c>(changes: &[&'c Change]) -> Vec<Entry<'c>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for Change { kind, subject, name, text, .. } in changes {
        let is_mere_model = *subject == Subject::Model && text.is_empty();
        let same = |it: &&mut Entry<'_>| {
            it.kind == *kind && it.subject == Subject::Model && it.text.is_empty()
        };
        match entries.iter_mut().find(same).filter(|_| is_mere_model) {
            Some(entry) => entry.names.push(name),
            None => {
                entries.push(Entry { kind: *kind, subject: *subject, names: vec![name], text });
            }
        }
    }
    entries
}

/// `model`, `3 models`.
fn subject_of(subject: Subject, names: &[&str]) -> String {
    match names.len() {
        1 => word(subject).to_owned(),
        count => format!("{count} {}s", word(subject)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_models_are_told_in_a_line() {
        let change = |subject, name: &str, text: &str| Change {
            kind: Kind::Added,
            impact: Impact::Minor,
            subject,
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let changes = vec![
            change(Subject::Model, "models::A", ""),
            change(Subject::Field, "models::B::c", "`Option<i64>`"),
            change(Subject::Model, "models::D", ""),
        ];
        let apis = ["1", "2"].map(str::to_owned);
        let report = Report::new(apis, Version::new(1, 0, 0), changes);
        assert_eq!(
            report.text(),
            "API 1 -> 2\n\nNew:\n  + 2 models models::A, models::D\n  + field models::B::c: `Option<i64>`\n\n3 changes, 0 breaking; \
             version 1.0.0 -> 1.1.0\n"
        );
        assert_eq!(
            report.markdown(),
            "## 1.1.0\n\nFor version 2 of the API.\n\n### New\n\n- Added 2 models `models::A`, `models::D`\n- Added field \
             `models::B::c`: `Option<i64>`\n"
        );
    }
}

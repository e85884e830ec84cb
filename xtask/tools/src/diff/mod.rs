//! What the users of an SDK see of a change of its document.
//!
//! Two SDKs are compared as they are before they are rendered ([`Sdk`]), where every name and type is final: what breaks a
//! caller is what changes the Rust that comes of them, and not what changes the document.

mod answers;
mod models;
mod operations;
mod report;
mod security;
#[cfg(test)]
mod tests;
mod types;
mod version;

use codegen::ir::Sdk;
use codegen::render::markdown;
use serde::Serialize;

pub use report::Report;
pub use version::next as next_version;

/// What became of something.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is no more.
    Removed,
    /// It is another one.
    Changed,
}

/// What a change means for programs that use the SDK, the worst last.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// They are compiled as before; what the documentation says, or what is sent, may be another thing.
    Patch,
    /// They are compiled as before, and can do more; or the compiler warns them of what is deprecated.
    Minor,
    /// Some are not compiled any more.
    Breaking,
}

/// What kind of thing a change is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// The crate as a whole.
    Crate,
    /// A server of the document.
    Server,
    /// A security scheme, or what an operation needs of them.
    Security,
    /// A cargo feature.
    Feature,
    /// The operations of a tag.
    Api,
    /// An operation.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// The body of a request.
    Body,
    /// What a call gives.
    Answer,
    /// A model.
    Model,
    /// A field of a model.
    Field,
    /// A value of an enum.
    Value,
    /// A variant of a union, or of an answer.
    Variant,
}

/// One thing that the users of the SDK see.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Change {
    /// What became of it.
    pub kind: Kind,
    /// What that means for programs.
    pub impact: Impact,
    /// What kind of thing it is.
    pub subject: Subject,
    /// Its name in Rust, such as `client.pet().get_pet` or `models::Pet::name`.
    pub name: String,
    /// The rest, in Markdown; empty where nothing is to be added.
    pub text: String,
}

/// The changes so far.
#[derive(Debug, Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn push(
        &mut self,
        kind: Kind,
        impact: Impact,
        subject: Subject,
        name: impl Into<String>,
        text: impl Into<String>,
    ) {
        self.0.push(Change { kind, impact, subject, name: name.into(), text: text.into() });
    }

    fn added(&mut self, subject: Subject, name: impl Into<String>, text: impl Into<String>) {
        self.push(Kind::Added, Impact::Minor, subject, name, text);
    }

    fn removed(&mut self, subject: Subject, name: impl Into<String>, text: impl Into<String>) {
        self.push(Kind::Removed, Impact::Breaking, subject, name, text);
    }

    fn changed(
        &mut self,
        impact: Impact,
        subject: Subject,
        name: impl Into<String>,
        text: impl Into<String>,
    ) {
        self.push(Kind::Changed, impact, subject, name, text);
    }

    /// That something is deprecated, or not any more. `warns` says whether the compiler warns its users.
    fn deprecation(
        &mut self,
        [old, new]: [bool; 2],
        warns: bool,
        subject: Subject,
        name: impl Into<String>,
    ) {
        let (impact, text) = match (old, new) {
            (false, true) if warns => (Impact::Minor, "deprecated"),
            (false, true) => (Impact::Patch, "deprecated"),
            (true, false) => (Impact::Patch, "deprecated no longer"),
            _ => return,
        };
        self.changed(impact, subject, name, text);
    }

    /// That the server assumes another value where none is sent.
    fn assumed(
        &mut self,
        [old, new]: [Option<&serde_json::Value>; 2],
        subject: Subject,
        name: impl Into<String>,
    ) {
        let text = match (old, new) {
            (old, new) if old == new => return,
            (None, Some(new)) => format!("defaults to {}", code(&new.to_string())),
            (Some(old), None) => {
                format!("has no default any more (it was {})", code(&old.to_string()))
            }
            (Some(old), Some(new)) => format!(
                "defaults to {} (it was {})",
                code(&new.to_string()),
                code(&old.to_string())
            ),
            (None, None) => return,
        };
        self.changed(Impact::Patch, subject, name, text);
    }
}

/// What the users of `old` see when they get `new`.
pub fn compare(old: &Sdk, new: &Sdk) -> Vec<Change> {
    let mut changes = Changes::default();
    let types = types::Types::of(old, new);
    security::compare(old, new, &mut changes);
    operations::compare(old, new, &types, &mut changes);
    models::compare(old, new, &types, &mut changes);
    changes.0
}

/// A text as code in Markdown.
fn code(text: &str) -> String {
    markdown::code(text)
}

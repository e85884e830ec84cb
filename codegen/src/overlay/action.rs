//! The actions of an overlay, as they are written.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostics::Diagnostics;
use crate::document::pointer;
use crate::source::SourceId;
use crate::suggest::did_you_mean;

/// The fields of an Overlay Object (Overlay 1.1.0, section 4.4.1).
const OVERLAY_FIELDS: [&str; 4] = ["overlay", "info", "extends", "actions"];

/// The fields of an Action Object (Overlay 1.1.0, section 4.4.3).
const ACTION_FIELDS: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// An Action Object.
#[derive(Debug)]
pub(super) struct Action {
    /// The JSON pointer to it in the overlay.
    pub(super) pointer: String,
    /// The JSONPath of the nodes to change.
    pub(super) target: String,
    /// What to do with them.
    pub(super) change: Change,
}

/// What an action does with its targets.
#[derive(Debug)]
pub(super) enum Change {
    /// Takes them out.
    Remove,
    /// Merges a value into them.
    Update(Value),
    /// Merges the node of the document into them that this JSONPath selects.
    Copy(String),
}

/// The actions of an overlay. What is wrong with them is reported.
pub(super) fn actions(
    overlay: &Value,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Vec<Action> {
    let mut reader = Reader { source, diagnostics, copies: true };
    let Value::Object(fields) = overlay else {
        reader.error(
            String::new(),
            "an overlay is a mapping with `overlay`, `info` and `actions`".to_owned(),
            "",
        );
        return Vec::new();
    };
    if !reader.check_version(fields) {
        return Vec::new();
    }
    reader.check_fields(fields, &OVERLAY_FIELDS, "");
    reader.check_text(fields, "extends", "");
    reader.check_info(fields.get("info"));
    match fields.get("actions").and_then(Value::as_array) {
        Some(actions) if !actions.is_empty() => {
            let mut seen = HashSet::new();
            for (index, action) in actions.iter().enumerate() {
                if !seen.insert(action.to_string()) {
                    let message = "this action is here twice".to_owned();
                    reader.error(format!("/actions/{index}"), message, "remove one of the two");
                }
            }
            let actions = actions.iter().enumerate();
            actions.filter_map(|(index, action)| reader.action(index, action)).collect()
        }
        _ => {
            reader.error(
                "/actions".to_owned(),
                "an overlay needs a list of `actions`".to_owned(),
                "",
            );
            Vec::new()
        }
    }
}

struct Reader<'a> {
    source: SourceId,
    diagnostics: &'a mut Diagnostics,
    /// Whether the version of the overlay knows `copy`.
    copies: bool,
}

impl Reader<'_> {
    fn check_version(&mut self, fields: &Map<String, Value>) -> bool {
        let version = fields.get("overlay").and_then(Value::as_str).unwrap_or_default();
        self.copies = version.starts_with("1.1.");
        let known = self.copies || version.starts_with("1.0.");
        if !known {
            let message = "this is no overlay of version 1.0 or 1.1".to_owned();
            self.error("/overlay".to_owned(), message, "an overlay starts with `overlay: 1.1.0`");
        }
        known
    }

    /// Reports fields that an object does not have; extensions (`x-`) it may have.
    fn check_fields(&mut self, fields: &Map<String, Value>, known: &[&str], at: &str) {
        for key in fields.keys().filter(|key| !known.contains(&key.as_str())) {
            if !key.starts_with("x-") {
                let help = did_you_mean(key, known.iter().copied(), "leave it out");
                self.error(
                    pointer::child(at, key),
                    format!("there is no field `{key}` here"),
                    &help,
                );
            }
        }
    }

    /// Reports a field that is there and is no text.
    fn check_text(&mut self, fields: &Map<String, Value>, key: &str, at: &str) {
        if fields.get(key).is_some_and(|value| !value.is_string()) {
            let message = format!("`{key}` is a text");
            self.error(pointer::child(at, key), message, "put it in quotes");
        }
    }

    /// Reports what is wrong with the Info Object (Overlay 1.1.0, section 4.4.2).
    fn check_info(&mut self, info: Option<&Value>) {
        let Some(Value::Object(fields)) = info else {
            let help = "write `info: {title: .., version: ..}`";
            self.error("/info".to_owned(), "an overlay needs an `info` object".to_owned(), help);
            return;
        };
        for key in ["title", "version", "description"] {
            self.check_text(fields, key, "/info");
        }
        for key in ["title", "version"].into_iter().filter(|key| !fields.contains_key(*key)) {
            self.error("/info".to_owned(), format!("`info` needs a `{key}`"), "add it");
        }
    }

    fn action(&mut self, index: usize, action: &Value) -> Option<Action> {
        let pointer = format!("/actions/{index}");
        let empty = Map::new();
        let fields = action.as_object().unwrap_or(&empty);
        self.check_fields(fields, &ACTION_FIELDS, &pointer);
        self.check_text(fields, "description", &pointer);
        if fields.get("remove").is_some_and(|remove| !remove.is_boolean()) {
            let message = "`remove` is true or false".to_owned();
            self.error(pointer::child(&pointer, "remove"), message, "write `remove: true`");
        }
        let Some(target) = fields.get("target").and_then(Value::as_str) else {
            let help = "give it a JSONPath (RFC 9535), such as `$.info`";
            self.error(pointer, "an action needs a `target`".to_owned(), help);
            return None;
        };
        let change = self.change(fields, &pointer)?;
        Some(Action { pointer, target: target.to_owned(), change })
    }

    fn change(&mut self, fields: &Map<String, Value>, at: &str) -> Option<Change> {
        if fields.get("remove") == Some(&Value::Bool(true)) {
            return Some(Change::Remove);
        }
        match (fields.get("update"), fields.get("copy")) {
            (Some(update), None) => Some(Change::Update(update.clone())),
            (None, Some(Value::String(path))) if self.copies => Some(Change::Copy(path.clone())),
            (None, Some(_)) if self.copies => {
                let message = "`copy` is the JSONPath of the node to copy".to_owned();
                self.error(pointer::child(at, "copy"), message, "put it in quotes");
                None
            }
            (None, Some(_)) => {
                let message = "overlays of version 1.0 cannot copy".to_owned();
                self.error(pointer::child(at, "copy"), message, "write `overlay: 1.1.0`");
                None
            }
            (Some(_), Some(_)) => {
                let message = "an action with `update` and `copy` does neither".to_owned();
                self.error(at.to_owned(), message, "make two actions of it");
                None
            }
            (None, None) => {
                self.diagnostics
                    .warning("overlay-without-effect", at.to_owned(), "this action does nothing")
                    .in_source(self.source)
                    .help("give it `update`, `copy` or `remove: true`");
                None
            }
        }
    }

    fn error(&mut self, at: String, message: String, help: &str) {
        let diagnostic =
            self.diagnostics.error("invalid-overlay", at, message).in_source(self.source);
        if !help.is_empty() {
            diagnostic.help(help);
        }
    }
}

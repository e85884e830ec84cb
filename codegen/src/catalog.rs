//! What a document offers: its operations, before anything is made of them.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use crate::characters;
use crate::config::{Select, path_matches};
use crate::diagnostics::Diagnostics;
use crate::document::{pointer, references, structure};
use crate::ir::Method;
use crate::suggest::did_you_mean;

/// One operation of a document.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its tags, as the document orders them.
    pub tags: Vec<String>,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The operationId.
    pub operation_id: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The JSON pointer to the Operation Object.
    #[serde(skip)]
    pub(crate) pointer: String,
}

/// The operations of a document, in its order. References to path items are followed.
pub fn entries(document: &Value) -> Vec<Entry> {
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    for path in paths.keys().filter(|path| path.starts_with('/')) {
        let item = item_pointer(document, path);
        let Some(fields) = pointer::get(document, &item) else {
            continue;
        };
        let found = structure::operations(fields);
        entries.extend(found.map(|found| entry(path, &found, format!("{item}{}", found.at))));
    }
    entries
}

/// The entries that `select` picks. A name in it that no entry has is an error.
pub fn select(entries: Vec<Entry>, select: &Select, diagnostics: &mut Diagnostics) -> Vec<Entry> {
    for missing in select.missing(&entries) {
        let message = format!("the document has no {} `{}`", missing.kind, missing.name);
        diagnostics.error("nothing-selected", None, message).help(missing.help);
    }
    entries.into_iter().filter(|entry| select.takes(entry)).collect()
}

/// The entries as a table for a person: one line each, the columns aligned. What cannot be seen, or
/// would break the line, is escaped.
pub fn table(entries: &[Entry]) -> String {
    let rows: Vec<[String; 5]> = entries.iter().map(Entry::columns).collect();
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut table = String::new();
    for [tags, method, path, id, summary] in &rows {
        let line = format!(
            "{tags:0$}  {method:1$}  {path:2$}  {id:3$}  {summary}",
            widths[0], widths[1], widths[2], widths[3]
        );
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{}", line.trim_end());
    }
    table
}

impl Entry {
    /// The cells of a line. What the document does not give is `-`.
    fn columns(&self) -> [String; 5] {
        let dash = || "-".to_owned();
        let tags = if self.tags.is_empty() { dash() } else { self.tags.join(",") };
        let summary = self.summary.as_deref().unwrap_or_default();
        [
            tags,
            self.method.clone(),
            self.path.clone(),
            self.operation_id.clone().unwrap_or_else(dash),
            summary.split_whitespace().collect::<Vec<_>>().join(" "),
        ]
        .map(|cell| characters::shown(&cell).into_owned())
    }
}

/// What a selection names and no entry has.
pub(crate) struct Missing<'a> {
    /// `tag`, `operation` or `path`.
    pub(crate) kind: &'static str,
    /// The name.
    pub(crate) name: &'a str,
    /// What may have been meant.
    pub(crate) help: String,
}

impl Select {
    /// Whether one of the tags, operationIds and paths is that of the entry. A selection of nothing
    /// takes everything.
    pub(crate) fn takes(&self, entry: &Entry) -> bool {
        self.picks(&entry.path, &entry.tags, entry.operation_id.as_deref())
    }

    /// The names that no entry has.
    pub(crate) fn missing<'a>(&'a self, entries: &[Entry]) -> Vec<Missing<'a>> {
        let tags: Vec<&str> =
            entries.iter().flat_map(|entry| &entry.tags).map(String::as_str).collect();
        let ids: Vec<&str> =
            entries.iter().filter_map(|entry| entry.operation_id.as_deref()).collect();
        let paths: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
        let list = "`cargo xtask list` shows what there is";
        let mut missing = Vec::new();
        for (kind, names, known) in
            [("tag", &self.tags, &tags), ("operation", &self.operations, &ids)]
        {
            let absent = names.iter().filter(|name| !known.contains(&name.as_str()));
            missing.extend(absent.map(|name| Missing {
                kind,
                name,
                help: did_you_mean(name, known.iter().copied(), list),
            }));
        }
        let absent = self
            .paths
            .iter()
            .filter(|pattern| !paths.iter().any(|path| path_matches(pattern, path)));
        missing.extend(absent.map(|name| Missing {
            kind: "path",
            name,
            help: did_you_mean(name, paths.iter().copied(), list),
        }));
        missing
    }
}

/// The pointer to the path item of a path, where a reference leads to if it is one.
fn item_pointer(document: &Value, path: &str) -> String {
    let at = pointer::child("/paths", path);
    references::resolve(document, &at).map_or(at, |(at, _)| at)
}

fn entry(path: &str, found: &structure::OperationField<'_>, pointer: String) -> Entry {
    let operation = found.operation;
    let text = |key: &str| operation.get(key).and_then(Value::as_str).map(str::to_owned);
    let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
    Entry {
        tags: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
        method: Method::of_field(found.method).to_string(),
        path: path.to_owned(),
        operation_id: text("operationId"),
        summary: text("summary"),
        pointer,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "paths": {
                "/pets": {"get": {"tags": ["Pet", "Public"], "operationId": "listPets", "summary": "List\npets"}},
                "/owners": {"$ref": "#/components/pathItems/owners"},
                "x-other": {"get": {}}
            },
            "components": {"pathItems": {"owners": {"parameters": [], "post": {}}}}
        })
    }

    #[test]
    fn operations_are_listed_with_the_columns_aligned() {
        assert_eq!(
            table(&entries(&document())),
            "Pet,Public  GET   /pets    listPets  List pets\n\
             -           POST  /owners  -\n"
        );
    }

    #[test]
    fn a_selection_is_by_tag_or_id_or_path() {
        let chosen = |tags: &[&str], paths: &[&str]| {
            let strings = |list: &[&str]| list.iter().map(|&it| it.to_owned()).collect();
            let mut diagnostics = Diagnostics::new();
            let wanted =
                Select { tags: strings(tags), operations: Vec::new(), paths: strings(paths) };
            let count = select(entries(&document()), &wanted, &mut diagnostics).len();
            (count, diagnostics.iter().filter_map(|it| it.help.clone()).collect::<Vec<_>>())
        };
        assert_eq!(chosen(&[], &[]), (2, vec![]));
        assert_eq!(chosen(&["Public"], &["/own*"]), (2, vec![]));
        assert_eq!(chosen(&["Pte"], &[]), (0, vec!["did you mean `Pet`?".to_owned()]));
    }
}

//! JSON as a table: a row for each item of a list, or for each value of an object.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::terminal;

/// What parts columns.
const GAP: &str = "  ";

/// How many objects around a value it may be a column from.
const DEEPEST: usize = 2;

/// How wide a column gets at most, but for the last one.
const WIDEST: usize = 40;

/// A table, whose columns and their widths are those of the first items.
pub struct Table {
    /// The columns that the user wants; empty: those of the items.
    wanted: Vec<String>,
    /// How wide a line may be.
    width: Option<usize>,
    columns: Vec<Column>,
    /// How many columns had no place.
    left_out: usize,
}

struct Column {
    /// The properties that lead to its values, with dots between them.
    name: String,
    width: usize,
}

impl Table {
    /// A table of those columns, or of those of its items, on lines of that width.
    pub fn new(wanted: Vec<String>, width: Option<usize>) -> Self {
        Self { wanted, width, columns: Vec::new(), left_out: 0 }
    }

    /// The rows of items, after the names of the columns where these are the first.
    pub fn rows(&mut self, items: &[Value]) -> String {
        let mut lines = Vec::new();
        if self.columns.is_empty() && !items.is_empty() {
            self.choose(items);
            let names: Vec<String> = self
                .columns
                .iter()
                .map(|column| terminal::shown(&column.name).to_uppercase())
                .collect();
            lines.push(self.line(&names));
        }
        for item in items {
            let cells: Vec<String> =
                self.columns.iter().map(|column| cell(found(item, &column.name))).collect();
            lines.push(self.line(&cells));
        }
        lines.concat()
    }

    /// A line for each value within an object, whatever lies around it; or the value alone.
    pub fn of_one(&self, value: &Value) -> String {
        let mut rows: Vec<(String, String)> = Vec::new();
        match value {
            Value::Object(_) if self.wanted.is_empty() => {
                within(value, "", usize::MAX, &mut |name, value| {
                    rows.push((terminal::shown(name).into_owned(), cell(value)));
                })
            }
            Value::Object(_) => {
                rows.extend(self.wanted.iter().map(|name| (name.clone(), cell(found(value, name)))))
            }
            value => return cell(value) + "\n",
        }
        let width = rows.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
        let lines = rows.iter().map(|(name, cell)| {
            let line = format!("{name}{}{GAP}{cell}", " ".repeat(width - name.width()));
            format!("{}\n", line.trim_end())
        });
        lines.collect()
    }

    /// What does not stand in the table.
    pub fn note(&self) -> Option<String> {
        let columns = match self.left_out {
            0 => return None,
            1 => "1 more column".to_owned(),
            number => format!("{number} more columns"),
        };
        Some(format!("{columns}; --columns NAMES picks some, and --format json shows all"))
    }

    fn choose(&mut self, items: &[Value]) {
        let mut names = self.wanted.clone();
        if names.is_empty() {
            for item in items {
                within(item, "", DEEPEST, &mut |name, value| {
                    let is_shown = !value.is_object() && !names.iter().any(|known| known == name);
                    if is_shown {
                        names.push(name.to_owned());
                    }
                });
            }
        }
        let columns = names.into_iter().map(|name| {
            let cells = items.iter().map(|item| cell(found(item, &name)).width());
            let width = cells.max().unwrap_or_default().min(WIDEST).max(name.width());
            Column { name, width }
        });
        self.columns = columns.collect();
        let Some(width) = self.width.filter(|_| self.wanted.is_empty()) else { return };
        let mut used = 0;
        let fitting = self.columns.iter().take_while(|column| {
            used += column.width + GAP.len();
            used <= width + GAP.len()
        });
        let fitting = fitting.count().max(1);
        self.left_out = self.columns.len().saturating_sub(fitting);
        self.columns.truncate(fitting);
    }

    fn line(&self, cells: &[String]) -> String {
        let last = cells.len().saturating_sub(1);
        let mut line = String::new();
        for (at, (cell, column)) in cells.iter().zip(&self.columns).enumerate() {
            let width = column.width;
            if at == last {
                line.push_str(cell);
            } else {
                let cell = cut(cell, width);
                let padding = width.saturating_sub(cell.width());
                line.extend([cell, " ".repeat(padding).as_str(), GAP]);
            }
        }
        format!("{}\n", line.trim_end())
    }
}

/// Calls `visit` with each value within objects, down to that many, and the properties that lead to it.
fn within<'v>(
    value: &'v Value,
    name: &str,
    deepest: usize,
    visit: &mut impl FnMut(&str, &'v Value),
) {
    match value {
        Value::Object(members) if deepest > 0 && !members.is_empty() => {
            for (member, value) in members {
                let name =
                    if name.is_empty() { member.clone() } else { format!("{name}.{member}") };
                within(value, &name, deepest - 1, visit);
            }
        }
        value => visit(name, value),
    }
}

/// The value that properties with dots between them lead to; a name may have dots, too.
fn found<'v>(value: &'v Value, name: &str) -> &'v Value {
    if name.is_empty() {
        return value;
    }
    if let Some(value) = value.get(name) {
        return value;
    }
    let parted = name.match_indices('.').find_map(|(at, _)| Some((value.get(&name[..at])?, at)));
    parted.map_or(&Value::Null, |(value, at)| found(value, &name[at + 1..]))
}

/// A value on one line.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => return String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            items.iter().map(cell).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    terminal::shown(&text).into_owned()
}

/// The start of a text that is too wide.
fn cut(text: &str, width: usize) -> &str {
    if text.width() <= width {
        return text;
    }
    let ends = text.char_indices().map(|(at, _)| at).take_while(|at| text[..*at].width() <= width);
    &text[..ends.last().unwrap_or_default()]
}

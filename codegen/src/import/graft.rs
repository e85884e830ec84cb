//! Adds to the text of a YAML document, and leaves every line as it is of what is not replaced.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::outline::{self, Brackets, Entry, Item, Node};
use super::yaml;
use crate::document::pointer;
use crate::document::structure::{METHODS, SECTION_NAMES};

/// The fields of a document, in the order of OpenAPI 3.1.1, section 4.8.1.
const FIELDS: [&str; 10] = [
    "openapi",
    "info",
    "jsonSchemaDialect",
    "servers",
    "security",
    "tags",
    "paths",
    "webhooks",
    "components",
    "externalDocs",
];

/// What keeps a document from being added to.
#[derive(Debug)]
pub(super) struct Obstacle {
    /// The JSON pointer to the node in the way.
    pub(super) pointer: String,
    /// What is wrong with it.
    pub(super) message: String,
}

/// Adds what `additions`, a part of a document, has and the document in `text` has not, and puts it in the place of what is at
/// the pointers `replaced`.
///
/// A mapping whose keys are sorted stays so; to one in another order is added at its end. Lists of
/// tags are treated alike.
pub(super) fn graft(
    text: &str,
    additions: &Map<String, Value>,
    replaced: &HashSet<String>,
) -> Result<String, Obstacle> {
    let root = outline::outline(text).map_err(|error| Obstacle {
        pointer: String::new(),
        message: format!("the document cannot be read: {error}"),
    })?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut graft = Graft {
        lines: &lines,
        replaced,
        insertions: BTreeMap::new(),
        cuts: BTreeMap::new(),
        removed: BTreeSet::new(),
    };
    let Node::Mapping(entries) = &root else {
        return Err(Obstacle {
            pointer: String::new(),
            message: "the document is not written with one key on a line".to_owned(),
        });
    };
    graft.mapping(entries, lines.len(), additions, "")?;
    Ok(graft.finish())
}

struct Graft<'a> {
    lines: &'a [&'a str],
    /// The pointers to what gives way.
    replaced: &'a HashSet<String>,
    /// What comes before a line.
    insertions: BTreeMap<usize, String>,
    /// Brackets without content that get one.
    cuts: BTreeMap<usize, Brackets>,
    /// The lines that go.
    removed: BTreeSet<usize>,
}

impl Graft<'_> {
    /// Adds to a mapping, which ends before the line `next`.
    fn mapping(
        &mut self,
        entries: &[Entry],
        next: usize,
        additions: &Map<String, Value>,
        at: &str,
    ) -> Result<(), Obstacle> {
        let indent = entries.first().map_or(0, |entry| entry.column);
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        let order = order(at);
        let mut new: Vec<_> =
            additions.iter().filter(|(key, _)| !keys.contains(&key.as_str())).collect();
        order.sort(&mut new);
        for slot in 0..=entries.len() {
            for (key, value) in new.iter().filter(|(key, _)| order.slot(&keys, key) == slot) {
                let line = match entries.get(slot) {
                    Some(entry) => self.above_comments(entry.line, indent),
                    None => self.end(next, indent),
                };
                self.insert(line, &yaml::entry(key, value, indent));
            }
            let Some(entry) = entries.get(slot) else { break };
            if let Some(value) = additions.get(&entry.key) {
                let next = entries.get(slot + 1).map_or(next, |entry| entry.line);
                let at = pointer::child(at, &entry.key);
                match self.replaced.contains(&at) {
                    true => self.replace(entry, next, value),
                    false => self.value(entry, next, value, &at)?,
                }
            }
        }
        Ok(())
    }

    /// Puts a value in the place of what belongs to a key; the comments above the key stay.
    fn replace(&mut self, entry: &Entry, next: usize, value: &Value) {
        // Comments that stand as far out as the key are about what follows.
        self.removed.extend(entry.line..self.end(next, entry.column + 1));
        self.insert(entry.line, &yaml::entry(&entry.key, value, entry.column));
    }

    /// Adds to what belongs to a key.
    fn value(
        &mut self,
        entry: &Entry,
        next: usize,
        addition: &Value,
        at: &str,
    ) -> Result<(), Obstacle> {
        match (&entry.value, addition) {
            (Node::Mapping(entries), Value::Object(addition)) => {
                self.mapping(entries, next, addition, at)
            }
            (Node::Sequence(items), Value::Array(addition)) => {
                self.sequence(items, next, addition);
                Ok(())
            }
            (Node::Empty(brackets), _) => {
                if let Some(brackets) = brackets {
                    self.cuts.insert(brackets.line, *brackets);
                }
                let whole = yaml::entry(&entry.key, addition, entry.column);
                let content = whole.split_once('\n').map_or("", |(_, content)| content);
                self.insert(entry.line + 1, content);
                Ok(())
            }
            _ => Err(Obstacle {
                pointer: at.to_owned(),
                message: "this has to be added to, and is not written with one key on a line"
                    .to_owned(),
            }),
        }
    }

    /// Adds to a list of tags.
    fn sequence(&mut self, items: &[Item], next: usize, additions: &[Value]) {
        let Some(first) = items.first() else { return };
        let indent = self.indent(first.line);
        let names: Vec<&str> = items.iter().map(item_name).collect();
        let mut new: Vec<(&str, &Value)> = additions
            .iter()
            .map(|tag| (tag.get("name").and_then(Value::as_str).unwrap_or_default(), tag))
            .collect();
        new.sort_by_key(|(name, _)| *name);
        for (name, tag) in new {
            let line = match items.get(Order::Sorted.slot(&names, name)) {
                Some(item) => self.above_comments(item.line, indent),
                None => self.end(next, indent),
            };
            self.insert(line, &yaml::item(tag, indent));
        }
    }

    /// The first of the comments right above a line, or the line itself.
    fn above_comments(&self, line: usize, indent: usize) -> usize {
        let comments = self.lines[..line].iter().rev();
        line - comments.take_while(|text| is_comment(text) && indentation(text) == indent).count()
    }

    /// The line behind a block that ends somewhere before `next`: blank lines, and comments that stand
    /// further out, belong to what follows.
    fn end(&self, next: usize, indent: usize) -> usize {
        let outside = |text: &&&str| {
            text.trim().is_empty()
                || is_comment(text) && indentation(text) < indent
                || text.starts_with("...")
        };
        next - self.lines[..next].iter().rev().take_while(outside).count()
    }

    fn indent(&self, line: usize) -> usize {
        self.lines.get(line).map_or(0, |text| indentation(text))
    }

    fn insert(&mut self, line: usize, text: &str) {
        self.insertions.entry(line).or_default().push_str(text);
    }

    /// The text with all that was added.
    fn finish(mut self) -> String {
        let carriage = self.lines.first().is_some_and(|line| line.ends_with("\r\n"));
        let mut text = String::new();
        for number in 0..=self.lines.len() {
            if let Some(insertion) = self.insertions.remove(&number) {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push_str(if carriage { "\r\n" } else { "\n" });
                }
                if carriage {
                    text.push_str(&insertion.replace('\n', "\r\n"));
                } else {
                    text.push_str(&insertion);
                }
            }
            let line = self.lines.get(number).filter(|_| !self.removed.contains(&number));
            if let Some(line) = line {
                match self.cuts.get(&number) {
                    Some(brackets) => text.push_str(&without(line, brackets)),
                    None => text.push_str(line),
                }
            }
        }
        text
    }
}

/// The order of the keys of a mapping.
#[derive(Clone, Copy)]
enum Order {
    /// By the alphabet.
    Sorted,
    /// That of the standard.
    Fixed(&'static [&'static str]),
}

/// The order of the mapping at a pointer.
fn order(at: &str) -> Order {
    match at.split('/').collect::<Vec<_>>().as_slice() {
        [""] => Order::Fixed(&FIELDS),
        ["", "components"] => Order::Fixed(&SECTION_NAMES),
        ["", "paths", _] => Order::Fixed(&METHODS),
        _ => Order::Sorted,
    }
}

impl Order {
    /// The number of the key before which a new one belongs; that of all keys for the end.
    fn slot(self, keys: &[&str], new: &str) -> usize {
        match self {
            Self::Sorted if keys.is_sorted() => keys.partition_point(|key| *key < new),
            Self::Sorted => keys.len(),
            Self::Fixed(order) => {
                let rank = rank(order, new);
                let before = |key: &&str| order.contains(key) && self::rank(order, key) < rank;
                match keys.iter().rposition(before) {
                    Some(last) => last + 1,
                    None => keys.iter().position(|key| order.contains(key)).unwrap_or(keys.len()),
                }
            }
        }
    }

    fn sort(self, entries: &mut [(&String, &Value)]) {
        match self {
            Self::Sorted => entries.sort_by_key(|(key, _)| *key),
            Self::Fixed(order) => entries.sort_by_key(|(key, _)| rank(order, key)),
        }
    }
}

/// The place of a key in an order; behind all others if it is not in it.
fn rank(order: &[&str], key: &str) -> usize {
    order.iter().position(|known| *known == key).unwrap_or(order.len())
}

/// The name of a tag.
fn item_name(item: &Item) -> &str {
    let Node::Mapping(entries) = &item.value else {
        return "";
    };
    match entries.iter().find(|entry| entry.key == "name").map(|entry| &entry.value) {
        Some(Node::Scalar(name)) => name,
        _ => "",
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A line without the brackets in it.
fn without(line: &str, brackets: &Brackets) -> String {
    let offset = |column| line.char_indices().nth(column).map_or(line.len(), |(offset, _)| offset);
    let (before, after) = (&line[..offset(brackets.start)], &line[offset(brackets.end)..]);
    if after.trim().is_empty() {
        format!("{}{after}", before.trim_end())
    } else {
        format!("{before}{}", after.trim_start())
    }
}

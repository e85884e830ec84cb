//! The JSON texts of a test module, as constants.

use indexmap::IndexMap;
use serde_json::Value;

use crate::names::{Names, snake_name};
use crate::render::rust;

/// How long the name of a constant gets.
const MAX_NAME: usize = 60;

/// The constants of one module, each value once.
pub struct Fixtures {
    names: Names,
    by_text: IndexMap<String, String>,
}

impl Fixtures {
    /// No constants yet.
    pub fn new() -> Self {
        Self { names: Names::default(), by_text: IndexMap::new() }
    }

    /// The expression for the JSON text of a value: the name of a constant, or the text itself
    /// where it is short. `wanted` is a name for the constant, in any case.
    pub fn json(&mut self, wanted: &str, value: &Value) -> String {
        let is_short = match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => true,
        };
        if is_short {
            return rust::string(&value.to_string());
        }
        let text = format!("{value:#}");
        if let Some(name) = self.by_text.get(&text) {
            return name.clone();
        }
        let name = self.names.take(&shortened(snake_name(wanted))).to_uppercase();
        self.by_text.insert(text, name.clone());
        name
    }

    /// How many constants there are.
    pub fn len(&self) -> usize {
        self.by_text.len()
    }

    /// Drops the constants after the first `len`.
    pub fn truncate(&mut self, len: usize) {
        self.by_text.truncate(len);
    }

    /// The constants in Rust.
    pub fn items(&self) -> Vec<String> {
        let item = |(text, name): (&String, &String)| {
            format!("const {name}: &str = {};", rust::raw_string(text))
        };
        self.by_text.iter().map(item).collect()
    }
}

/// The first words of a name that is too long.
fn shortened(name: String) -> String {
    match name.get(..MAX_NAME).map(|start| start.rsplit_once('_').map_or(start, |(words, _)| words))
    {
        Some(start) => start.to_owned(),
        None => name,
    }
}

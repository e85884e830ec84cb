//! The JSON texts of a test module, as constants.

use indexmap::IndexMap;
use serde_json::Value;

use crate::lower::names::{Names, snake_name};
use crate::render::rust;

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
        let name = self.names.take(&snake_name(wanted)).to_uppercase();
        self.by_text.insert(text, name.clone());
        name
    }

    /// The constants in Rust.
    pub fn items(&self) -> Vec<String> {
        let item = |(text, name): (&String, &String)| {
            format!("const {name}: &str = {};", rust::raw_string(text))
        };
        self.by_text.iter().map(item).collect()
    }
}

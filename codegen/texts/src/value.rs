//! Reads JSON and YAML into one kind of value, tolerant where `serde_json::Value` alone is not.
//!
//! Duplicate keys are noticed, YAML merge keys (`<<`) are applied, tags are looked through, keys of any scalar type
//! become strings as they are written, and integers beyond 64 bits become floating-point numbers.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use crate::pointer;

/// The YAML key that merges other mappings in (<https://yaml.org/type/merge.html>).
const MERGE_KEY: &str = "<<";

/// How many nodes the aliases of a document may add to those that its text can hold.
const ALIAS_ALLOWANCE: usize = 1_000_000;

/// How many bytes of strings and keys the aliases of a document may add to those that its text can hold.
const ALIAS_BYTES: usize = 32 << 20;

/// What the errors about these two start with.
pub const ALIASES_ADD: &str = "the aliases of this document add";

/// How many bytes of a string an escape of two in the text stands for at most: `\L` is U+2028.
const ESCAPED_GROWTH: usize = 2;

/// Something to report about a node, named by its JSON pointer.
#[derive(Debug, PartialEq)]
pub enum Finding {
    /// The key is there twice; the last one counts.
    DuplicateKey(String),
    /// An infinite number or "not a number", which JSON does not have; read as null.
    NotFinite(String),
    /// A merge key whose value is no mapping and no sequence of mappings.
    BadMerge(String),
}

/// Reads a JSON text, and tells what there is to report about it.
///
/// # Errors
/// Where the text is no JSON.
pub fn json(text: &str) -> Result<(Value, Vec<Finding>), serde_json::Error> {
    let mut reading = Reading::new(text.len(), false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = reading.read(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, reading.findings))
}

/// Reads a YAML text, and tells what there is to report about it.
///
/// # Errors
/// Where the text is no YAML, and where aliases make the value far larger than the text.
pub fn yaml(text: &str) -> Result<(Value, Vec<Finding>), serde_yaml::Error> {
    let mut reading = Reading::new(text.len(), true);
    let value = reading.read(serde_yaml::Deserializer::from_str(text))?;
    Ok((value, reading.findings))
}

/// What is kept while one text is read.
struct Reading {
    /// Whether `<<` is a merge key.
    merge: bool,
    nodes_left: usize,
    bytes_left: usize,
    pointer: String,
    findings: Vec<Finding>,
}

impl Reading {
    /// Starts reading a text of this many bytes; `merge` says whether it has merge keys, as YAML has.
    fn new(length: usize, merge: bool) -> Self {
        let nodes_left = length.saturating_add(ALIAS_ALLOWANCE);
        let bytes_left = length.saturating_mul(ESCAPED_GROWTH).saturating_add(ALIAS_BYTES);
        let (pointer, findings) = (String::new(), Vec::new());
        Reading { merge, nodes_left, bytes_left, pointer, findings }
    }

    /// Reads one value. Besides those of the deserializer there is an error where aliases make the value far larger than
    /// its text.
    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor(self))
    }

    fn count_node<E: Error>(&mut self) -> Result<(), E> {
        self.nodes_left = self.nodes_left.checked_sub(1).ok_or_else(|| {
            let more = "nodes than its text can hold";
            E::custom(format!("{ALIASES_ADD} more than {ALIAS_ALLOWANCE} {more}"))
        })?;
        Ok(())
    }

    /// Counts the text of a string or a key.
    fn count_text<E: Error>(&mut self, text: &str) -> Result<(), E> {
        self.bytes_left = self.bytes_left.checked_sub(text.len()).ok_or_else(|| {
            let more = "bytes to the strings that its text can hold";
            E::custom(format!("{ALIASES_ADD} more than {ALIAS_BYTES} {more}"))
        })?;
        Ok(())
    }

    fn float(&mut self, value: f64) -> Value {
        Number::from_f64(value).map_or_else(
            || {
                self.findings.push(Finding::NotFinite(self.pointer.clone()));
                Value::Null
            },
            Value::Number,
        )
    }

    /// Adds to `map` the entries of what its merge key has that it does not have itself.
    fn merge_into(&mut self, map: &mut Map<String, Value>, merged: Value) {
        match merged {
            Value::Object(other) => {
                for (key, value) in other {
                    map.entry(key).or_insert(value);
                }
            }
            Value::Array(list) if list.iter().all(Value::is_object) => {
                for other in list {
                    self.merge_into(map, other);
                }
            }
            _ => self.findings.push(Finding::BadMerge(pointer::child(&self.pointer, MERGE_KEY))),
        }
    }
}

struct ValueSeed<'a>(&'a mut Reading);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.read(deserializer)
    }
}

struct ValueVisitor<'a>(&'a mut Reading);

impl<'de> Visitor<'de> for ValueVisitor<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON or YAML value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        Ok(self.0.float(value as f64))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        Ok(self.0.float(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(self.0.float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.count_text(value)?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.count_text(&value)?;
        Ok(Value::String(value))
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.read(deserializer)
    }

    /// A value with a tag of its own, such as `!include`: the tag says nothing that OpenAPI knows.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_, variant) = access.variant_seed(KeySeed)?;
        variant.newtype_variant_seed(ValueSeed(self.0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let reading = self.0;
        let mut list = Vec::new();
        let length = reading.pointer.len();
        loop {
            reading.count_node()?;
            pointer::push_index(&mut reading.pointer, list.len());
            let next = access.next_element_seed(ValueSeed(reading))?;
            reading.pointer.truncate(length);
            match next {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let reading = self.0;
        let mut map = Map::new();
        let mut merged = None;
        let length = reading.pointer.len();
        while let Some(key) = access.next_key_seed(KeySeed)? {
            reading.count_node()?;
            reading.count_text(&key)?;
            pointer::push(&mut reading.pointer, &key);
            if map.contains_key(&key) {
                reading.findings.push(Finding::DuplicateKey(reading.pointer.clone()));
            }
            let value = access.next_value_seed(ValueSeed(reading))?;
            reading.pointer.truncate(length);
            if reading.merge && key == MERGE_KEY {
                merged = Some(value);
            } else {
                map.insert(key, value);
            }
        }
        if let Some(merged) = merged {
            reading.merge_into(&mut map, merged);
        }
        Ok(Value::Object(map))
    }
}

/// Reads a key as it is written: `200`, `on` and `1.10` are the strings `200`, `on` and `1.10`.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}

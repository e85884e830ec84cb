//! Keywords that OpenAPI 3.0 does not have, and those that have no effect.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::types::{KEYWORDS_OF_TYPES, belongs};
use crate::normalize::{
    objects::{extend, remove},
    shape::Shaper,
};

/// What a reader should know of a keyword that becomes an extension.
#[derive(Clone, Copy)]
enum Note {
    /// Nothing: it describes a value, and restricts none.
    Nothing,
    /// That it may describe properties, which is not acted upon.
    Describes,
    /// That it restricts values, which is left to the server.
    Restricts,
}

/// The keywords that become extensions as they are.
const EXTENSIONS: [(&str, &str, Note); 15] = [
    ("propertyNames", "x-codegen-property-names", Note::Restricts),
    ("dependentSchemas", "x-codegen-dependent-schemas", Note::Describes),
    ("dependentRequired", "x-codegen-dependent-required", Note::Restricts),
    ("contains", "x-codegen-contains", Note::Restricts),
    ("minContains", "x-codegen-min-contains", Note::Restricts),
    ("maxContains", "x-codegen-max-contains", Note::Restricts),
    ("unevaluatedItems", "x-codegen-unevaluated-items", Note::Restricts),
    ("unevaluatedProperties", "x-codegen-unevaluated-properties", Note::Restricts),
    ("if", "x-codegen-if", Note::Describes),
    ("then", "x-codegen-then", Note::Describes),
    ("else", "x-codegen-else", Note::Describes),
    ("contentEncoding", "x-codegen-content-encoding", Note::Nothing),
    ("contentMediaType", "x-codegen-content-media-type", Note::Nothing),
    ("contentSchema", "x-codegen-content-schema", Note::Describes),
    ("xml", "x-codegen-xml", Note::Nothing),
];

/// Patterns that every name of a property fits.
const FIT_ALL: [&str; 8] = ["", "^", ".", ".*", ".+", "^.*$", "^.+$", "^.*"];

/// Removes keywords that identify or explain a schema; references to them have been resolved.
pub fn drop_identifiers(map: &mut Map<String, Value>) {
    remove(
        map,
        &[
            "$id",
            "$schema",
            "$anchor",
            "$dynamicAnchor",
            "$comment",
            "$vocabulary",
            "$defs",
            "definitions",
        ],
    );
}

/// Removes a combination of no schemas.
pub fn drop_empty_composition(shaper: &mut Shaper<'_>, map: &mut Map<String, Value>) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if map.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            shaper.warn_field(
                keyword,
                "empty-composition",
                format!("`{keyword}` is empty; it is ignored"),
                "remove it or list schemas",
            );
            map.shift_remove(keyword);
        }
    }
}

/// Brings the keywords of JSON Schema 2020-12 to those of 3.0, or to extensions.
pub fn normalize(shaper: &mut Shaper<'_>, map: &mut Map<String, Value>) {
    for (keyword, _, note) in EXTENSIONS {
        // That anything else is fine is what a schema says anyway.
        if map.get(keyword).is_some_and(|value| !says_nothing(value)) {
            report(shaper, keyword, note);
        }
    }
    examples(map);
    extract(map);
}

fn report(shaper: &mut Shaper<'_>, keyword: &str, note: Note) {
    let (what, help) = match note {
        Note::Nothing => return,
        Note::Describes => (
            format!("`{keyword}` has no influence on the type"),
            "describe what depends on a condition with `oneOf`, and a text's content in a schema",
        ),
        Note::Restricts => (
            format!("`{keyword}` is not checked: it has no influence on the type"),
            "the server refuses what does not fit; nothing is to be done",
        ),
    };
    shaper.warn_field(keyword, "keyword-not-acted-upon", what, help);
}

/// Whether anything fits a schema.
fn says_nothing(schema: &Value) -> bool {
    match schema {
        Value::Bool(anything) => *anything,
        Value::Object(keywords) => keywords.is_empty(),
        _ => false,
    }
}

/// The part of [`normalize`] that has nothing to report.
pub fn extract(map: &mut Map<String, Value>) {
    tuple(map);
    pattern_properties(map);
    content(map);
    for (keyword, extension, _) in EXTENSIONS {
        extend(map, keyword, extension);
    }
    // A typed schema of openapiv3 has a format only where it is a string or a number.
    if matches!(map.get("type").and_then(Value::as_str), Some("object" | "array" | "boolean")) {
        extend(map, "format", "x-codegen-format");
    }
}

/// Keeps all examples, and gives the first of them to those who look for one.
fn examples(map: &mut Map<String, Value>) {
    let examples = match map.shift_remove("examples") {
        Some(Value::Array(list)) => list,
        // Examples with names belong beside a schema, not in it.
        Some(Value::Object(named)) => named
            .into_iter()
            .map(|(_, mut example)| match example.get_mut("value") {
                Some(value) => value.take(),
                None => example,
            })
            .collect(),
        _ => return,
    };
    if let Some(first) = examples.first() {
        map.entry("example").or_insert_with(|| first.clone());
        map.insert("x-codegen-examples".to_owned(), Value::Array(examples));
    }
}

/// Reads `prefixItems`, and the list that older versions have in `items`, as a tuple.
///
/// Its items are the union of all schemas, and numbers say which of them stands where. Nothing is copied: tuples in
/// tuples would double with every level.
fn tuple(map: &mut Map<String, Value>) {
    let (prefix, rest) = match (map.shift_remove("prefixItems"), map.shift_remove("items")) {
        (Some(Value::Array(prefix)), rest) => (prefix, rest),
        (_, Some(Value::Array(prefix))) => (prefix, None),
        (_, items) => {
            if let Some(items) = items {
                map.insert("items".to_owned(), items);
            }
            return;
        }
    };
    let mut union = Union::default();
    let numbers: Vec<usize> = prefix.into_iter().map(|schema| union.add(schema)).collect();
    let rest = rest
        .filter(|rest| rest.get("x-codegen-never").is_none())
        .map_or(Value::Bool(false), |rest| Value::from(union.add(rest)));
    map.insert("items".to_owned(), union.schema());
    map.insert("x-codegen-prefix-items".to_owned(), Value::from(numbers));
    map.insert("x-codegen-additional-items".to_owned(), rest);
}

/// Lets `additionalProperties` say of what types the values of patterned properties are.
///
/// What fits no pattern may be anything, unless `additionalProperties` says otherwise.
fn pattern_properties(map: &mut Map<String, Value>) {
    let Some(Value::Object(patterns)) = map.shift_remove("patternProperties") else {
        return;
    };
    let names: Vec<String> = patterns.keys().cloned().collect();
    let others = match map.shift_remove("additionalProperties") {
        Some(Value::Bool(false)) => None,
        Some(schema @ Value::Object(_)) => {
            Some(schema).filter(|it| it.get("x-codegen-never").is_none())
        }
        _ if names.iter().any(|name| FIT_ALL.contains(&name.as_str())) => None,
        _ => Some(json!({})),
    };
    let mut union = Union::default();
    for schema in patterns.into_iter().map(|(_, schema)| schema).chain(others) {
        union.add(schema);
    }
    map.insert("additionalProperties".to_owned(), union.schema());
    map.insert("x-codegen-pattern-properties".to_owned(), Value::from(names));
}

/// Schemas of which a value fits one.
#[derive(Default)]
struct Union {
    schemas: Vec<Value>,
    numbers: HashMap<String, usize>,
}

impl Union {
    /// Adds a schema, unless it is there already; gives its number.
    fn add(&mut self, schema: Value) -> usize {
        *self.numbers.entry(schema.to_string()).or_insert_with(|| {
            self.schemas.push(schema);
            self.schemas.len() - 1
        })
    }

    /// The one schema that stands for all.
    fn schema(mut self) -> Value {
        match self.schemas.len() {
            0 => json!({}),
            1 => self.schemas.swap_remove(0),
            _ => json!({"anyOf": self.schemas}),
        }
    }
}

/// Reads how the content of a string is encoded as the format that 3.0 has for it (OpenAPI 3.1.1, section 4.4.3).
fn content(map: &mut Map<String, Value>) {
    let encoding = map.get("contentEncoding").and_then(Value::as_str);
    let media_type = map.get("contentMediaType").and_then(Value::as_str);
    let format = match (encoding, media_type) {
        (Some("base64"), _) => "byte",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    map.entry("format").or_insert_with(|| json!(format));
    map.entry("type").or_insert_with(|| json!("string"));
}

/// Removes keywords that are about values of another type, so that openapiv3 sees a schema of one type.
pub fn drop_ineffective(shaper: &mut Shaper<'_>, map: &mut Map<String, Value>) {
    let Some(name) = map.get("type").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    for (keyword, owner) in KEYWORDS_OF_TYPES {
        if belongs(owner, &name) || !map.contains_key(keyword) {
            continue;
        }
        let value = map.shift_remove(keyword);
        let says_nothing = match &value {
            Some(Value::Bool(flag)) => !flag,
            Some(Value::Array(list)) => list.is_empty(),
            Some(Value::Object(object)) => object.is_empty(),
            _ => false,
        };
        if !says_nothing {
            shaper.warn_field(
                keyword,
                "keyword-without-effect",
                format!(
                    "`{keyword}` says nothing about values of the type `{name}`; it is ignored"
                ),
                "check the type",
            );
        }
    }
}

//! Keywords that OpenAPI 3.0 does not have, and those that have no effect.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::is_never;
use super::types::{KEYWORDS_OF_TYPES, belongs};
use crate::document::media_type::{essence, is_json};
use crate::normalize::{coercion::Coercion, objects::remove};

/// Why a keyword that is not acted upon has a warning.
#[derive(Clone, Copy)]
enum Note {
    /// It may describe properties.
    Describes,
    /// It restricts values, which is left to the server.
    Restricts,
}

/// The keywords that are not acted upon, though somebody may count on them.
const NOTED: [(&str, Note); 12] = [
    ("propertyNames", Note::Restricts),
    ("dependentSchemas", Note::Describes),
    ("dependentRequired", Note::Restricts),
    ("contains", Note::Restricts),
    ("minContains", Note::Restricts),
    ("maxContains", Note::Restricts),
    ("unevaluatedItems", Note::Restricts),
    ("unevaluatedProperties", Note::Restricts),
    ("if", Note::Describes),
    ("then", Note::Describes),
    ("else", Note::Describes),
    ("contentSchema", Note::Describes),
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
pub fn drop_empty_composition(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if map.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            coercion.warn_field(
                keyword,
                "empty-composition",
                format!("`{keyword}` is empty; it is ignored"),
                "remove it or list schemas",
            );
            map.shift_remove(keyword);
        }
    }
}

/// Brings the keywords of JSON Schema 2020-12 to those of 3.0, and drops those that have no counterpart.
pub fn normalize(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    unevaluated(map);
    for (keyword, note) in NOTED {
        // That anything else is fine is what a schema says anyway.
        if map.shift_remove(keyword).is_some_and(|value| !says_nothing(&value)) {
            report(coercion, keyword, note);
        }
    }
    example(map);
    rewrite(map);
}

/// Reads the schema of properties that no other keyword is about as `additionalProperties`, which 3.0 has for it (JSON
/// Schema 2020-12, section 11.3). Alternatives may be about any of them, so there it says nothing of the others.
fn unevaluated(map: &mut Map<String, Value>) {
    const ALTERNATIVES: [&str; 5] = ["additionalProperties", "anyOf", "oneOf", "if", "$ref"];
    if ALTERNATIVES.iter().any(|keyword| map.contains_key(*keyword)) {
        return;
    }
    let is_type = |schema: &Value| schema.is_object() && !is_never(schema) && !says_nothing(schema);
    if map.get("unevaluatedProperties").is_some_and(is_type)
        && let Some(schema) = map.shift_remove("unevaluatedProperties")
    {
        map.insert("additionalProperties".to_owned(), schema);
    }
}

fn report(coercion: &mut Coercion<'_>, keyword: &str, note: Note) {
    let (what, help) = match note {
        Note::Describes => (
            format!("`{keyword}` has no influence on the type"),
            "describe what depends on a condition with `oneOf`, and a text's content in a schema",
        ),
        Note::Restricts => (
            format!("`{keyword}` is not checked: it has no influence on the type"),
            "the server refuses what does not fit; nothing is to be done",
        ),
    };
    coercion.warn_field(keyword, "keyword-not-acted-upon", what, help);
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
pub fn rewrite(map: &mut Map<String, Value>) {
    tuple(map);
    pattern_properties(map);
    content(map);
    remove(map, &["contentEncoding", "contentMediaType", "xml"]);
    // A typed schema of openapiv3 has a format only where it is a string or a number.
    if matches!(map.get("type").and_then(Value::as_str), Some("object" | "array" | "boolean")) {
        remove(map, &["format"]);
    }
}

/// Reads the first of several examples as the one that 3.0 has.
fn example(map: &mut Map<String, Value>) {
    let first = match map.shift_remove("examples") {
        Some(Value::Array(list)) => list.into_iter().next(),
        // Examples with names belong beside a schema, not in it.
        Some(Value::Object(named)) => {
            named.into_iter().next().map(|(_, mut example)| match example.get_mut("value") {
                Some(value) => value.take(),
                None => example,
            })
        }
        _ => None,
    };
    if let Some(first) = first {
        map.entry("example").or_insert(first);
    }
}

/// Reads `prefixItems`, and the list that older versions have in `items`, as a tuple.
///
/// Its items are the union of all schemas. Nothing is copied: tuples in tuples would double with every level.
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
    let rest = rest.filter(|rest| !is_never(rest));
    map.insert("items".to_owned(), union(prefix.into_iter().chain(rest)));
}

/// Lets `additionalProperties` say of what types the values of patterned properties are.
///
/// What fits no pattern may be anything, unless `additionalProperties` says otherwise.
fn pattern_properties(map: &mut Map<String, Value>) {
    let Some(Value::Object(patterns)) = map.shift_remove("patternProperties") else {
        return;
    };
    let others = match map.shift_remove("additionalProperties") {
        Some(Value::Bool(false)) => None,
        Some(schema @ Value::Object(_)) => Some(schema).filter(|schema| !is_never(schema)),
        _ if patterns.keys().any(|pattern| FIT_ALL.contains(&pattern.as_str())) => None,
        _ => Some(json!({})),
    };
    let values = patterns.into_iter().map(|(_, schema)| schema).chain(others);
    map.insert("additionalProperties".to_owned(), union(values));
}

/// The schema that fits what one of these fits.
fn union(schemas: impl Iterator<Item = Value>) -> Value {
    let mut seen = HashSet::new();
    let mut distinct: Vec<Value> =
        schemas.filter(|schema| seen.insert(schema.to_string())).collect();
    match distinct.len() {
        0 => json!({}),
        1 => distinct.swap_remove(0),
        _ => json!({"anyOf": distinct}),
    }
}

/// Reads how the content of a string is encoded as the format that 3.0 has for it (OpenAPI 3.1.1, section 4.4.3).
fn content(map: &mut Map<String, Value>) {
    let encoding = map.get("contentEncoding").and_then(Value::as_str);
    let media_type = map.get("contentMediaType").and_then(Value::as_str);
    let format = match (encoding, media_type) {
        (Some("base64"), _) => "byte",
        (None, Some(media_type)) if is_never_text(media_type) => "binary",
        // A type would say that it is a text.
        (None, Some(media_type)) if !map.contains_key("type") && is_bytes(media_type) => "binary",
        _ => return,
    };
    map.entry("format").or_insert_with(|| json!(format));
    map.entry("type").or_insert_with(|| json!("string"));
}

/// Whether what has a media type is bytes, and neither JSON nor text.
fn is_bytes(media_type: &str) -> bool {
    !is_json(media_type) && !essence(media_type).starts_with("text/")
}

/// Whether what has a media type cannot be a text, even where its schema says so: pictures, sound, documents and
/// archives. What is XML by its suffix is text (RFC 7303, section 8).
fn is_never_text(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    let is_text = essence.ends_with("+xml") || is_json(media_type);
    let is_family = |family: &str| essence.starts_with(family) && !is_text;
    ["image/", "audio/", "video/", "font/"].into_iter().any(is_family)
        || matches!(
            essence.as_str(),
            "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip"
        )
}

/// Removes keywords that are about values of another type, so that openapiv3 sees a schema of one type.
pub fn drop_ineffective(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
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
            coercion.warn_field(
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

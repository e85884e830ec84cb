//! The `type` of a schema: one name in 3.0, any number of names in 3.1.

use serde_json::{Map, Value, json};

use super::{is_composed, make_null};
use crate::normalize::coercion::Coercion;

/// The types of OpenAPI 3.0.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// The keywords that say something about values of one type only, with that type.
pub const KEYWORDS_OF_TYPES: [(&str, &str); 17] = [
    ("pattern", "string"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("multipleOf", "number"),
    ("minimum", "number"),
    ("maximum", "number"),
    ("exclusiveMinimum", "number"),
    ("exclusiveMaximum", "number"),
    ("items", "array"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("properties", "object"),
    ("required", "object"),
    ("additionalProperties", "object"),
    ("minProperties", "object"),
    ("maxProperties", "object"),
];

/// Keywords that belong to a type like those above, and that 3.0 has another way to say.
const MORE_KEYWORDS_OF_TYPES: [(&str, &str); 4] = [
    ("contentEncoding", "string"),
    ("contentMediaType", "string"),
    ("prefixItems", "array"),
    ("patternProperties", "object"),
];

/// Names that are no types of OpenAPI, with the type and the format that they stand for.
const OTHER_NAMES: [(&str, &str, Option<&str>); 17] = [
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("dict", "object", None),
];

/// Whether values of the type `name` are among those that a keyword of `owner` is about.
pub fn belongs(owner: &str, name: &str) -> bool {
    owner == name || (owner == "number" && name == "integer")
}

/// Leaves a schema with one type or none; null becomes `nullable`, several types become `anyOf`.
pub fn read(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    let mut names: Vec<String> = match map.get("type") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => return,
    };
    let listed = names.len();
    names.retain(|name| name != "null");
    let nullable = names.len() < listed;
    for name in &mut names {
        correct(coercion, map, name);
    }
    names.retain(|name| !name.is_empty());
    let mut distinct: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    // Every integer is a number.
    if distinct.iter().any(|name| name == "number") {
        distinct.retain(|name| name != "integer");
    }
    if nullable {
        if distinct.is_empty() {
            make_null(map);
            return;
        }
        map.insert("nullable".to_owned(), Value::Bool(true));
    }
    match distinct.as_slice() {
        [] => {
            map.shift_remove("type");
        }
        [name] => {
            if map.get("type").and_then(Value::as_str) != Some(name) {
                map.insert("type".to_owned(), json!(name));
            }
        }
        // The values of an enum say of what types they are.
        _ if map.contains_key("enum") => {
            map.shift_remove("type");
        }
        _ => split(map, &distinct),
    }
}

/// Replaces a name that is no type by the type that is meant, or by nothing.
fn correct(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>, name: &mut String) {
    if TYPES.contains(&name.as_str()) {
        return;
    }
    let lower = name.to_ascii_lowercase();
    if let Some(known) = TYPES.iter().find(|known| **known == lower) {
        coercion.warn_field(
            "type",
            "invalid-type",
            format!("`{name}` is read as `{known}`"),
            "the names of types are in lower case",
        );
        *name = (*known).to_owned();
    } else if let Some((_, known, format)) = OTHER_NAMES.iter().find(|(other, ..)| *other == lower)
    {
        let written = format.map_or_else(String::new, |format| format!(" and `format: {format}`"));
        coercion.warn_field(
            "type",
            "invalid-type",
            format!("OpenAPI has no type `{name}`; it is read as `{known}`"),
            &format!("write `type: {known}`{written}"),
        );
        if let Some(format) = format {
            map.entry("format").or_insert_with(|| json!(format));
        }
        *name = (*known).to_owned();
    } else {
        coercion.warn_field(
            "type",
            "invalid-type",
            format!("OpenAPI has no type `{name}`; it is read as any type"),
            &format!("the types are {}", TYPES.join(", ")),
        );
        name.clear();
    }
}

/// Makes a choice of a schema with several types; what is said about one type goes to the branch of that type.
fn split(map: &mut Map<String, Value>, names: &[String]) {
    map.shift_remove("type");
    let mut branches: Vec<Map<String, Value>> =
        names.iter().map(|name| Map::from_iter([("type".to_owned(), json!(name))])).collect();
    let of_texts = || names.iter().position(|name| name == "string");
    let of_numbers = || names.iter().position(|name| name == "number" || name == "integer");
    let format_owner = match map.get("format").and_then(Value::as_str).and_then(number_type) {
        Some(_) => of_numbers().or_else(of_texts),
        None => of_texts().or_else(of_numbers),
    };
    if let (Some(owner), Some(format)) = (format_owner, map.shift_remove("format")) {
        branches[owner].insert("format".to_owned(), format);
    }
    for (keyword, owner) in KEYWORDS_OF_TYPES.iter().chain(&MORE_KEYWORDS_OF_TYPES) {
        let Some(index) = names.iter().position(|name| belongs(owner, name)) else {
            continue;
        };
        if let Some(value) = map.shift_remove(*keyword) {
            branches[index].insert((*keyword).to_owned(), value);
        }
    }
    for branch in &mut branches {
        super::numbers::normalize(branch);
        super::keywords::rewrite(branch);
    }
    let branches = Value::Array(branches.into_iter().map(Value::Object).collect());
    match map.get_mut("anyOf") {
        None => {
            map.insert("anyOf".to_owned(), branches);
        }
        Some(_) => {
            let all = map.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(all) = all {
                all.push(json!({"anyOf": branches}));
            }
        }
    }
}

/// The type of the numbers that a format is for (the OpenAPI Format Registry), where it is for nothing else.
fn number_type(format: &str) -> Option<&'static str> {
    match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => {
            Some("integer")
        }
        "float" | "double" => Some("number"),
        _ => None,
    }
}

/// Gives a type to a schema that names none, where its keywords leave no doubt about what is meant.
pub fn infer(map: &mut Map<String, Value>) {
    if map.contains_key("type")
        || map.contains_key("enum")
        || map.contains_key("$ref")
        || is_composed(map)
    {
        return;
    }
    let format = map.get("format").and_then(Value::as_str);
    // Whoever says both a pattern and a format of numbers means numbers that may stand in quotes.
    if let Some(name) = format.and_then(number_type).filter(|_| map.contains_key("pattern")) {
        map.insert("type".to_owned(), json!(name));
        return;
    }
    let by_keyword = ["object", "array", "string", "number"].into_iter().find(|name| {
        KEYWORDS_OF_TYPES.iter().any(|(keyword, owner)| owner == name && map.contains_key(*keyword))
    });
    let by_format = || match map.get("format")?.as_str()? {
        "date" | "date-time" | "time" | "uuid" | "uri" | "email" | "byte" | "binary"
        | "password" => Some("string"),
        format => number_type(format),
    };
    if let Some(name) = by_keyword.or_else(by_format) {
        map.insert("type".to_owned(), json!(name));
    }
}

//! Fields that fit their objects and not each other, or not what they are for. The SDK can do without what they say, so
//! they are warned of.

use serde_json::{Map, Value};

use super::coercion::Coercion;
use crate::document::structure::{Object, is_token};

/// Pairs of fields that exclude each other: of an Example Object (OpenAPI 3.2.0, section 4.19), of what holds examples, and
/// of what has encodings (section 4.14.1).
const EXCLUDING: [(Object, &str, &str); 11] = [
    (Object::Example, "value", "externalValue"),
    (Object::Example, "value", "dataValue"),
    (Object::Example, "value", "serializedValue"),
    (Object::Example, "serializedValue", "externalValue"),
    (Object::Parameter, "example", "examples"),
    (Object::Header, "example", "examples"),
    (Object::MediaType, "example", "examples"),
    (Object::MediaType, "encoding", "prefixEncoding"),
    (Object::MediaType, "encoding", "itemEncoding"),
    (Object::Encoding, "encoding", "prefixEncoding"),
    (Object::Encoding, "encoding", "itemEncoding"),
];

/// Looks at an object whose fields have the right types.
pub fn check(coercion: &mut Coercion<'_>, map: &Map<String, Value>, object: Object) {
    for (owner, one, other) in EXCLUDING {
        if owner == object && map.contains_key(one) && map.contains_key(other) {
            let message = format!("`{one}` and `{other}` exclude each other");
            coercion.warn_field(other, "excluding-fields", message, "keep one of the two");
        }
    }
    if matches!(object, Object::Parameter | Object::Header) && map.contains_key("content") {
        for key in
            ["style", "explode", "allowReserved"].into_iter().filter(|it| map.contains_key(*it))
        {
            let message = format!("`{key}` has no effect beside `content`");
            coercion.warn_field(key, "excluding-fields", message, "remove it");
        }
    }
    let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
    match object {
        Object::Parameter if text("in") == "header" => {
            header_name(coercion, text("name"));
            reserved_in_header(coercion, map);
        }
        Object::Header => reserved_in_header(coercion, map),
        Object::Response => {
            for name in map.get("headers").and_then(Value::as_object).into_iter().flatten() {
                coercion.within("headers", |coercion| {
                    coercion.within(name.0, |coercion| header_name(coercion, name.0));
                });
            }
        }
        Object::ServerVariable => variable_values(coercion, map),
        _ => {}
    }
}

fn header_name(coercion: &mut Coercion<'_>, name: &str) {
    if !is_token(name) {
        let message = format!("`{name}` is no name of a header; it is ignored");
        let help =
            "letters, digits and a few signs, such as `-`, make a name (RFC 9110, section 5.1)";
        coercion.warn("invalid-header-name", message, help);
    }
}

fn reserved_in_header(coercion: &mut Coercion<'_>, map: &Map<String, Value>) {
    if map.contains_key("allowReserved") {
        let message = "nothing is percent-encoded in a header; this is ignored";
        coercion.warn_field("allowReserved", "unknown-field", message, "remove it");
    }
}

fn variable_values(coercion: &mut Coercion<'_>, map: &Map<String, Value>) {
    if map.get("enum").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        let message = "no value is allowed here, not even the default";
        coercion.warn_field("enum", "empty-enum", message, "list the values, or remove it");
    }
}

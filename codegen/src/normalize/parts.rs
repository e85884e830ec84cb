//! Bytes in bodies of several parts: of which media type they are, and what is sent where their schema has them as text
//! in base64, be it by `format: byte` or by `contentEncoding: base64`.
//!
//! A part of bytes whose schema names the media type is of that, unless its Encoding Object says otherwise.
//!
//! A part in base64 is either of a media type for bytes, by its Encoding Object, and then it is sent as these: HTTP takes any
//! bytes, and so a `Content-Transfer-Encoding` is not to be sent (RFC 7578, section 4.7). Or nothing is said of its media
//! type; then it is the text, and with `contentEncoding` has the media type and the header that OpenAPI 3.1.1 gives it
//! (section 4.8.14.4, and 4.8.15.1.3: "equivalent to specifying an Encoding Object with .. `Content-Transfer-Encoding`").

use serde_json::{Map, Value, json};

use crate::document::media_type::{essence, is_json};
use crate::document::{pointer, references};

use super::media_types;

/// How deep properties are looked for in the schemas that one is composed of.
const DEEPEST: usize = 8;

/// What is to be said of a part.
enum Change {
    /// The schema at this place is that of bytes.
    Bytes(String),
    /// The encoding at this place is that of base64.
    Base64(String),
    /// The encoding at this place has the media type.
    MediaType(String, String),
}

/// Describes the parts with texts in base64 of all bodies of several parts as what is sent.
pub fn read_bytes(root: &mut Value) {
    let bodies = media_types::places(root, "schema", is_of_parts);
    let changes: Vec<Change> = bodies.iter().flat_map(|at| changes(root, at)).collect();
    for change in changes {
        match change {
            Change::Bytes(at) => {
                if let Some(schema) = pointer::get_mut(root, &at) {
                    make_bytes(schema);
                }
            }
            Change::Base64(at) => say(root, &at, "application/octet-stream", true),
            Change::MediaType(at, media_type) => say(root, &at, &media_type, false),
        }
    }
}

fn is_of_parts(media_type: &str) -> bool {
    media_type.to_ascii_lowercase().starts_with("multipart/")
}

/// What is to be changed for the parts of a body.
fn changes(root: &Value, body: &str) -> Vec<Change> {
    let mut properties = Vec::new();
    collect(root, &pointer::child(body, "schema"), 0, &mut properties);
    let mut changes = Vec::new();
    for (name, at) in properties {
        let encoding = pointer::child(&pointer::child(body, "encoding"), &name);
        let said = pointer::get(root, &encoding);
        let has = |field: &str| said.is_some_and(|encoding| encoding.get(field).is_some());
        if ["style", "explode", "allowReserved"].into_iter().any(has) {
            continue;
        }
        let media_types =
            said.and_then(|encoding| encoding.get("contentType")).and_then(Value::as_str);
        let change = match (content(root, &at), media_types) {
            (Some((at, Content::Base64 { .. })), Some(media_types))
                if media_types.split(',').any(is_of_bytes) =>
            {
                Change::Bytes(at)
            }
            (Some((_, Content::Base64 { by_content_encoding: true })), None) => {
                Change::Base64(encoding)
            }
            (Some((_, Content::Of(media_type))), None) => Change::MediaType(encoding, media_type),
            _ => continue,
        };
        changes.push(change);
    }
    changes
}

/// The properties of a schema and of those that it is composed of, with their places.
fn collect(root: &Value, at: &str, depth: usize, properties: &mut Vec<(String, String)>) {
    let Some((at, schema)) = references::resolve(root, at).filter(|_| depth < DEEPEST) else {
        return;
    };
    if let Some(Value::Object(own)) = schema.get("properties") {
        let place = pointer::child(&at, "properties");
        properties.extend(own.keys().map(|name| (name.clone(), pointer::child(&place, name))));
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let list = pointer::child(&at, keyword);
        let length = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..length {
            collect(root, &pointer::child(&list, &index.to_string()), depth + 1, properties);
        }
    }
}

/// What a part holds, by its schema.
enum Content {
    /// Text in base64.
    Base64 { by_content_encoding: bool },
    /// Bytes of a media type.
    Of(String),
}

/// What a part holds, and where the schema of the property, or of the items of its list, stands.
fn content(root: &Value, at: &str) -> Option<(String, Content)> {
    let (resolved, schema) = references::resolve(root, at)?;
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        let at = pointer::child(&resolved, "items");
        return (items.get("items").is_none()).then(|| content(root, &at)).flatten();
    }
    let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
    let by_content_encoding =
        text("contentEncoding").is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    let content = if by_content_encoding || text("format") == Some("byte") {
        Content::Base64 { by_content_encoding }
    } else {
        let is_encoded = schema.get("contentEncoding").is_some();
        let media_type = text("contentMediaType").filter(|it| !is_encoded && is_of_bytes(it));
        Content::Of(media_type?.to_owned())
    };
    // The property itself is changed, and no component that others refer to.
    Some((at.to_owned(), content))
}

/// Whether what has a media type is bytes: neither JSON nor text.
fn is_of_bytes(media_type: &str) -> bool {
    !is_json(media_type) && !essence(media_type).to_ascii_lowercase().starts_with("text/")
}

/// Makes the schema of a part that of bytes.
fn make_bytes(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    if map.shift_remove("$ref").is_some() {
        map.insert("type".to_owned(), json!("string"));
    }
    map.shift_remove("contentEncoding");
    map.insert("format".to_owned(), json!("binary"));
}

/// Says of which media type a part is, and whether it is in base64, in an encoding that may not be there yet.
fn say(root: &mut Value, at: &str, media_type: &str, is_base64: bool) {
    let (Some(body), Some(name)) =
        (pointer::parent(at).and_then(pointer::parent), pointer::tokens(at).last())
    else {
        return;
    };
    let Some(Value::Object(body)) = pointer::get_mut(root, body) else { return };
    let encoding = object(object(body, "encoding"), &name);
    encoding.insert("contentType".to_owned(), json!(media_type));
    if !is_base64 {
        return;
    }
    let headers = object(encoding, "headers");
    if !headers.keys().any(|name| name.eq_ignore_ascii_case("content-transfer-encoding")) {
        let schema = json!({"type": "string", "enum": ["base64"]});
        headers.insert("Content-Transfer-Encoding".to_owned(), json!({"schema": schema}));
    }
}

/// The object that a member of another is, or becomes.
fn object<'m>(map: &'m mut Map<String, Value>, key: &str) -> &'m mut Map<String, Value> {
    let value = map.entry(key).or_insert(Value::Null);
    if !value.is_object() {
        *value = json!({});
    }
    value.as_object_mut().expect("it was made one")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The media type of a form with these properties and encodings as it is read.
    fn read(properties: Value, encoding: Value) -> (Value, Value) {
        let schema = json!({"type": "object", "properties": properties});
        let media_type = json!({"schema": {"allOf": [schema]}, "encoding": encoding});
        let body = json!({"content": {"multipart/form-data": media_type}});
        let mut root = json!({
            "paths": {"/a": {"post": {"requestBody": body}}},
            "components": {"schemas": {"Bytes": {"type": "string", "format": "byte"}}}
        });
        read_bytes(&mut root);
        let bytes = &root["components"]["schemas"]["Bytes"];
        assert_eq!(*bytes, json!({"type": "string", "format": "byte"}), "others may refer to it");
        let body = &mut root["paths"]["/a"]["post"]["requestBody"];
        let mut media_type = body["content"]["multipart/form-data"].take();
        let properties = media_type["schema"]["allOf"][0]["properties"].take();
        (properties, media_type["encoding"].take())
    }

    fn byte() -> Value {
        json!({"type": "string", "format": "byte"})
    }

    #[test]
    fn base64_of_a_media_type_of_bytes_is_sent_as_bytes() {
        let given = json!({
            "one": byte(),
            "many": {"type": "array", "items": byte()},
            "named": {"$ref": "#/components/schemas/Bytes"},
            "encoded": {"type": ["string", "null"], "contentEncoding": "base64"},
            "text": byte(),
            "unsaid": byte(),
        });
        let octets = json!({"contentType": "application/octet-stream"});
        let encoding = json!({
            "one": octets, "many": octets, "named": {"contentType": "image/*"},
            "encoded": {"contentType": "image/png, image/jpeg"}, "text": {"contentType": "text/plain"},
        });
        let (properties, after) = read(given, encoding.clone());
        let bytes = json!({"type": "string", "format": "binary"});
        let expected = json!({
            "one": bytes, "many": {"type": "array", "items": bytes}, "named": bytes,
            "encoded": {"type": ["string", "null"], "format": "binary"},
            "text": byte(), "unsaid": byte(),
        });
        assert_eq!(properties, expected);
        assert_eq!(after, encoding);
    }

    #[test]
    fn the_media_type_of_the_schema_is_that_of_the_part() {
        let given = json!({
            "one": {"contentMediaType": "image/png"},
            "many": {"type": "array", "items": {"type": "string", "contentMediaType": "application/pdf"}},
            "said": {"contentMediaType": "image/png"},
            "text": {"type": "string", "contentMediaType": "text/html"},
            "json": {"type": "string", "contentMediaType": "application/json"},
        });
        let encoding = json!({"said": {"contentType": "image/jpeg"}});
        let (properties, after) = read(given.clone(), encoding);
        assert_eq!(properties, given);
        let expected = json!({
            "said": {"contentType": "image/jpeg"},
            "one": {"contentType": "image/png"}, "many": {"contentType": "application/pdf"},
        });
        assert_eq!(after, expected);
    }

    #[test]
    fn base64_of_no_media_type_says_what_it_is() {
        let given = json!({
            "one": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
            "styled": {"type": "string", "contentEncoding": "base64"},
            "url": {"type": "string", "contentEncoding": "base64url"},
        });
        let encoding = json!({"styled": {"style": "form"}});
        let (properties, after) = read(given.clone(), encoding);
        assert_eq!(properties, given);
        let header = json!({"schema": {"type": "string", "enum": ["base64"]}});
        let one = json!({
            "contentType": "application/octet-stream", "headers": {"Content-Transfer-Encoding": header}
        });
        assert_eq!(after, json!({"styled": {"style": "form"}, "one": one}));
    }
}

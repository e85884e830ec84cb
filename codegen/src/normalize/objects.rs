//! What the objects other than schemas need before openapiv3 reads them.

use serde_json::{Map, Value, json};

use crate::document::pointer;
use crate::document::structure::{self, Object};

use super::normalized::{DeviceFlow, PositionalEncodings};
use super::{coercion::Coercion, consistency};

/// What an API without a title is called.
const UNTITLED: &str = "Untitled API";

/// The version of a document without one.
const UNVERSIONED: &str = "unknown";

/// Makes an object of what stands for one in a shorter way.
pub fn coerce(coercion: &mut Coercion<'_>, value: &mut Value, object: Object) {
    match (object, &*value) {
        (Object::Schema, Value::Bool(true)) => *value = json!({}),
        (Object::Schema, Value::Null) => {
            coercion.warn(
                "empty-field",
                "this schema is empty; anything fits it",
                "write {} if that is meant",
            );
            *value = json!({});
        }
        (Object::Discriminator, Value::String(name)) => {
            let fixed = json!({"propertyName": name});
            coercion.warn(
                "expected-object",
                "a discriminator is an object since OpenAPI 3",
                "write `propertyName` below it",
            );
            *value = fixed;
        }
        (Object::Parameter | Object::Header, Value::Object(_)) => {
            read_bare_schema(coercion, value, object);
        }
        (Object::Example, Value::Object(_)) => {}
        (Object::Example, _) => {
            coercion.warn(
                "expected-object",
                "an example here is an object; this is read as its value",
                "write `value` below it",
            );
            *value = json!({"value": value.take()});
        }
        // An operation that is null is left out: writers that write every field of a path item mean none by it.
        (Object::Response | Object::MediaType | Object::PathItem | Object::Paths, Value::Null) => {
            *value = json!({});
        }
        _ => {}
    }
}

/// Puts the keywords of a schema that stand in a parameter or header itself, as Swagger 2 has them, below `schema`.
fn read_bare_schema(coercion: &mut Coercion<'_>, value: &mut Value, object: Object) {
    let Value::Object(map) = value else { return };
    let is_bare = ["type", "items", "enum"].iter().any(|keyword| map.contains_key(*keyword))
        && ["schema", "content", "$ref"].iter().all(|field| !map.contains_key(*field));
    if !is_bare {
        return;
    }
    let is_of_schema = |key: &str| {
        structure::field(Object::Schema, key).is_some() && structure::field(object, key).is_none()
    };
    let (schema, rest): (Map<String, Value>, Map<String, Value>) =
        std::mem::take(map).into_iter().partition(|(key, _)| is_of_schema(key));
    *map = rest;
    let names: Vec<String> = schema.keys().map(|key| format!("`{key}`")).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    coercion.warn(
        "missing-schema",
        format!("{} here {is} read as the schema of {}", names.join(", "), object.name()),
        "write it below `schema`",
    );
    map.insert("schema".to_owned(), Value::Object(schema));
    let Some(format) = map.shift_remove("collectionFormat") else { return };
    let written = match format.as_str() {
        Some("csv") => ("explode", json!(false)),
        Some("multi") => ("explode", json!(true)),
        Some("ssv") => ("style", json!("spaceDelimited")),
        Some("pipes") => ("style", json!("pipeDelimited")),
        _ => {
            map.insert("collectionFormat".to_owned(), format);
            return;
        }
    };
    map.entry(written.0).or_insert(written.1);
}

/// What a required field is read as where it is missing; `None` where nothing harmless can be said.
pub fn default_of(object: Object, field: &str) -> Option<Value> {
    Some(match (object, field) {
        (Object::OpenApi, "info") => json!({"title": UNTITLED, "version": UNVERSIONED}),
        (Object::Info, "title") => json!(UNTITLED),
        (Object::Info, _) => json!(UNVERSIONED),
        (Object::OpenApi, "paths") | (Object::Operation, "responses") => json!({}),
        (Object::RequestBody, "content") | (Object::OAuthFlow, "scopes") => json!({}),
        (Object::License, "name") | (Object::Response, "description") => {
            json!("")
        }
        (Object::ServerVariable, "default") | (Object::ExternalDocumentation, "url") => json!(""),
        (Object::Server, "url") => json!("/"),
        _ => return None,
    })
}

/// Brings an object, whose fields have the right types, to what openapiv3 can say.
pub fn finish(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>, object: Object) {
    consistency::check(coercion, map, object);
    match object {
        Object::OpenApi => remove(map, &["jsonSchemaDialect", "$self"]),
        Object::Info => coercion.additions.info_summary = take_text(map, "summary"),
        Object::License => remove(map, &["identifier"]),
        Object::Response => summarize(map),
        Object::Example => example_value(map),
        Object::Server => {
            let name = take_text(map, "name").map(|name| (coercion.pointer.clone(), name));
            coercion.additions.server_names.extend(name);
        }
        Object::Tag => tag(coercion, map),
        Object::Discriminator => {
            let default = take_text(map, "defaultMapping");
            let default = default.map(|target| (coercion.pointer.clone(), target));
            coercion.additions.default_mappings.extend(default);
        }
        // openapiv3 would take an extension for a path item.
        Object::Callback => map.retain(|key, _| !key.starts_with("x-")),
        Object::Parameter => parameter(coercion, map),
        Object::Header => header(coercion, map),
        Object::Encoding => encoding(coercion, map),
        Object::MediaType => media_type(coercion, map),
        Object::Link => link(coercion, map),
        Object::SecurityScheme => security_scheme(coercion, map),
        _ => {}
    }
}

/// A tag's place in the hierarchy of 3.2.
fn tag(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    let summary = take_text(map, "summary").map(|text| (coercion.pointer.clone(), text));
    coercion.additions.tag_summaries.extend(summary);
    let name = map.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let parent = take_text(map, "parent").map(|parent| (name.clone(), parent));
    coercion.additions.tag_parents.extend(parent);
    let kind = take_text(map, "kind").map(|kind| (name, kind));
    coercion.additions.tag_kinds.extend(kind);
}

/// The summary of a response, of 3.2, describes it where nothing else does.
fn summarize(map: &mut Map<String, Value>) {
    let summary = take_text(map, "summary");
    let description = map.get("description").and_then(Value::as_str);
    if description.is_none_or(|description| description.trim().is_empty()) {
        map.insert("description".to_owned(), Value::String(summary.unwrap_or_default()));
    }
}

/// Brings the value of an example to `value`: 3.2 tells it as it is (`dataValue`) from how it is sent
/// (`serializedValue`).
fn example_value(map: &mut Map<String, Value>) {
    let data = map.shift_remove("dataValue");
    let serialized = take_text(map, "serializedValue");
    if map.contains_key("value") {
        return;
    }
    let read = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
    if let Some(value) = data.or_else(|| serialized.map(read)) {
        map.insert("value".to_owned(), value);
    }
}

/// Removes a text, and gives it unless it is blank.
fn take_text(map: &mut Map<String, Value>, field: &str) -> Option<String> {
    match map.shift_remove(field)? {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// Removes fields.
pub fn remove(map: &mut Map<String, Value>, fields: &[&str]) {
    for field in fields {
        map.shift_remove(*field);
    }
}

fn parameter(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    let Some(place) = map.get("in").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    let styles: &[&str] = match place.as_str() {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        // It has no style but its media type.
        "querystring" => {
            whole_query(coercion, map);
            return;
        }
        "body" | "formData" => {
            coercion.error(
                "invalid-parameter",
                format!("OpenAPI 3 has no `{place}` parameters"),
                "describe the body in `requestBody`",
            );
            return;
        }
        _ => {
            coercion.error(
                "invalid-parameter",
                format!("a parameter cannot be in `{place}`"),
                "it is in `path`, `query`, `querystring`, `header` or `cookie`",
            );
            return;
        }
    };
    style(coercion, map, styles, &format!("a {place} parameter"));
    if place == "cookie" && map.get("style").and_then(Value::as_str) == Some("cookie") {
        map.shift_remove("style");
        coercion.additions.plain_cookies.insert(coercion.pointer.clone());
        if map.contains_key("allowReserved") {
            let message = "nothing is percent-encoded in style `cookie`; this is ignored";
            coercion.warn_field("allowReserved", "unknown-field", message.to_owned(), "remove it");
        }
    }
    // A cookie has nothing encoded that it can hold, whatever is said here.
    if place == "path" && map.get("allowReserved") == Some(&json!(true)) {
        coercion.additions.reserved_paths.insert(coercion.pointer.clone());
    }
    if place == "path" && map.get("required") != Some(&Value::Bool(true)) {
        coercion.warn(
            "optional-path-parameter",
            "a path parameter is always required",
            "write `required: true`",
        );
        map.insert("required".to_owned(), Value::Bool(true));
    }
    schema_or_content(coercion, map, "parameter");
}

/// A parameter that is the whole query (OpenAPI 3.2.0, section 4.12.1): openapiv3 takes it for one of the query.
fn whole_query(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    if !map.contains_key("content") {
        let message = "a parameter that is the whole query is described by `content`";
        coercion.error("invalid-parameter", message, "put the schema below its media type there");
        return;
    }
    remove(map, &["schema", "style", "explode", "allowReserved"]);
    map.insert("in".to_owned(), json!("query"));
    coercion.additions.whole_queries.insert(coercion.pointer.clone());
}

fn header(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    style(coercion, map, &["simple"], "a header");
    remove(map, &["explode", "allowReserved"]);
    schema_or_content(coercion, map, "header");
}

fn encoding(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    style(
        coercion,
        map,
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "the encoding of a property",
    );
    let explode = map.get("explode").and_then(Value::as_bool);
    let explode = explode.map(|explode| (coercion.pointer.clone(), explode));
    coercion.additions.encoding_explode.extend(explode);
    for field in ["encoding", "prefixEncoding", "itemEncoding"] {
        if map.shift_remove(field).is_some() {
            let message = "the parts within a part are not written one by one";
            let help = "an overlay can make the part bytes, which the caller writes";
            coercion.warn_field(field, "keyword-not-acted-upon", message.to_owned(), help);
        }
    }
}

fn media_type(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    positional_encodings(coercion, map);
    let Some(schema) = map.shift_remove("itemSchema") else { return };
    let place = pointer::child(&coercion.pointer, "itemSchema");
    let schema = super::deserialize(schema, &place, coercion.diagnostics);
    let schema = schema.map(|schema| (coercion.pointer.clone(), schema));
    coercion.additions.item_schemas.extend(schema);
}

/// Takes out `prefixEncoding` and `itemEncoding`.
fn positional_encodings(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    let (prefix, item) = (map.shift_remove("prefixEncoding"), map.shift_remove("itemEncoding"));
    if prefix.is_none() && item.is_none() {
        return;
    }
    let mut read = |encoding: Value, place: &[&str]| {
        let place = place.iter().fold(coercion.pointer.clone(), |at, it| pointer::child(&at, it));
        super::deserialize(encoding, &place, coercion.diagnostics)
    };
    let item = item.and_then(|item| read(item, &["itemEncoding"]));
    let prefix = match prefix {
        Some(Value::Array(encodings)) => encodings,
        _ => Vec::new(),
    };
    let prefix = prefix.into_iter().enumerate().filter_map(|(position, encoding)| {
        read(encoding, &["prefixEncoding", &position.to_string()])
    });
    let encodings = PositionalEncodings { prefix: prefix.collect(), item };
    coercion.additions.positional_encodings.insert(coercion.pointer.clone(), encodings);
}

/// Removes a style that the place does not have.
fn style(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>, styles: &[&str], owner: &str) {
    let Some(style) = map.get("style").and_then(Value::as_str) else {
        return;
    };
    if styles.contains(&style) {
        return;
    }
    let message = format!("{owner} has no style `{style}`; it is read as `{}`", styles[0]);
    coercion.warn_field(
        "style",
        "invalid-style",
        message,
        &format!("the styles here are {}", styles.join(", ")),
    );
    map.shift_remove("style");
}

/// Leaves exactly one of `schema` and `content`.
fn schema_or_content(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>, owner: &str) {
    match (map.contains_key("schema"), map.contains_key("content")) {
        (true, true) => {
            coercion.warn_field(
                "content",
                "schema-and-content",
                "there is a `schema`, too; this is ignored",
                "keep one of the two",
            );
            map.shift_remove("content");
        }
        (false, false) => {
            coercion.warn(
                "missing-schema",
                format!("this {owner} has no schema; any string is taken"),
                "add a `schema`",
            );
            map.insert("schema".to_owned(), json!({"type": "string"}));
        }
        _ => {}
    }
}

fn link(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    match (map.contains_key("operationRef"), map.contains_key("operationId")) {
        (true, true) => {
            map.shift_remove("operationRef");
        }
        (false, false) => {
            coercion.warn(
                "missing-field",
                "this link names no operation",
                "add `operationId` or `operationRef`",
            );
            map.insert("operationRef".to_owned(), json!(""));
        }
        _ => {}
    }
}

fn security_scheme(coercion: &mut Coercion<'_>, map: &mut Map<String, Value>) {
    map.shift_remove("oauth2MetadataUrl");
    if map.shift_remove("deprecated") == Some(Value::Bool(true)) {
        coercion.additions.deprecated_schemes.insert(coercion.pointer.clone());
    }
    let kind = map.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let needed: &[&str] = match kind.as_str() {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        "mutualTLS" => {
            // openapiv3 knows the types of 3.0 only.
            map.insert("type".to_owned(), json!("http"));
            map.insert("scheme".to_owned(), json!("mutualTLS"));
            return;
        }
        "" => return,
        "basic" => {
            coercion.warn_field(
                "type",
                "invalid-security-scheme",
                "`basic` is a type of Swagger 2",
                "write `type: http` and `scheme: basic`",
            );
            map.insert("type".to_owned(), json!("http"));
            map.insert("scheme".to_owned(), json!("basic"));
            return;
        }
        _ => {
            coercion.error(
                "invalid-security-scheme",
                format!("there is no security scheme of type `{kind}`"),
                "it is `apiKey`, `http`, `oauth2`, `openIdConnect` or `mutualTLS`",
            );
            return;
        }
    };
    for field in needed {
        if !map.contains_key(*field) {
            coercion.error(
                "missing-field",
                format!("an `{kind}` security scheme needs `{field}`"),
                "add it: OpenAPI requires it",
            );
        }
    }
    let place = map.get("in").and_then(Value::as_str);
    if kind == "apiKey"
        && place.is_some_and(|place| !["query", "header", "cookie"].contains(&place))
    {
        coercion.error(
            "invalid-security-scheme",
            "an API key is in `query`, `header` or `cookie`",
            "choose one of them",
        );
    }
    if let Some(Value::Object(flows)) = map.get_mut("flows") {
        coercion.within("flows", |coercion| {
            device_flow(coercion, flows);
            oauth_flows(coercion, flows);
        });
    }
}

/// Takes the flow of devices out, which openapiv3 does not know.
fn device_flow(coercion: &mut Coercion<'_>, flows: &mut Map<String, Value>) {
    let Some(flow) = flows.shift_remove("deviceAuthorization") else {
        return;
    };
    let scopes = flow.get("scopes").and_then(Value::as_object).into_iter().flatten();
    let scopes = scopes
        .map(|(name, purpose)| (name.clone(), purpose.as_str().unwrap_or_default().to_owned()));
    let flow = DeviceFlow {
        token_url: flow.get("tokenUrl").and_then(Value::as_str).unwrap_or_default().to_owned(),
        scopes: scopes.collect(),
    };
    coercion.additions.device_flows.insert(coercion.pointer.clone(), flow);
}

/// Adds the URLs that a flow cannot be without.
fn oauth_flows(coercion: &mut Coercion<'_>, flows: &mut Map<String, Value>) {
    let needed: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (name, fields) in needed {
        let Some(Value::Object(flow)) = flows.get_mut(name) else {
            continue;
        };
        for field in fields {
            if !flow.contains_key(*field) {
                let at = pointer::child(&coercion.pointer, name);
                coercion
                    .diagnostics
                    .warning(
                        "missing-field",
                        at,
                        format!("this flow has no `{field}`, which OpenAPI requires"),
                    )
                    .help("it is read as empty");
                flow.insert((*field).to_owned(), json!(""));
            }
        }
    }
}

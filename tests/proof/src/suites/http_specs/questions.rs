//! The calls of the scenarios, as calls of the SDK's operations.

use codegen::document::media_type::is_json;
use codegen::ir::{BodyKind, Example, Location, Operation, Sdk};
use codegen::render::samples::Samples;
use serde_json::{Map, Value};

use super::scenarios::{Body, Call};
use super::{matching, values};

/// The call of an operation with the values of a scenario.
pub struct Question {
    /// The index of its API.
    pub api: usize,
    /// The operation, whose examples are the values.
    pub operation: Operation,
    /// The path of the server that it goes to.
    pub server: String,
    /// Whether the document leaves the media type of the body to the caller.
    pub sends_any: bool,
    /// Whether it asks for all pages of a list.
    pub pages: bool,
}

/// An operation that a path fits, and how well.
pub struct Found<'s> {
    api: usize,
    /// The operation.
    pub operation: &'s Operation,
    server: String,
    path: Vec<(&'s str, String)>,
    /// How well it fits.
    pub fit: usize,
}

/// The operation that a call is one of, given the path of the document's server.
///
/// A server whose path has the version of the API is that of the document of that version.
pub fn find<'s>(sdk: &'s Sdk, server: &'s str, call: &Call) -> Option<Found<'s>> {
    let operations = sdk.apis.iter().enumerate();
    let operations = operations.flat_map(|(api, it)| it.operations.iter().map(move |it| (api, it)));
    let fitting = operations.filter_map(|(api, operation)| {
        if !operation.http_method.as_str().eq_ignore_ascii_case(&call.method) {
            return None;
        }
        let path = operation.path.split('?').next().unwrap_or_default();
        let (server, version, path) = fit(server, path, &call.path())?;
        let is_version = version.iter().any(|(_, value)| *value == sdk.api_version);
        let fit = 20 * matching::literals(&operation.path)
            + 10 * usize::from(is_version)
            + preference(operation, call);
        Some(Found { api, operation, server, path, fit })
    });
    // Of equals the first.
    fitting.reduce(|best, other| if other.fit > best.fit { other } else { best })
}

/// Names with their values.
type Values<'s> = Vec<(&'s str, String)>;

/// The path of the server, and the values in it and in the operation's path.
fn fit<'s>(
    server: &'s str,
    template: &'s str,
    path: &str,
) -> Option<(String, Values<'s>, Values<'s>)> {
    let cuts = path.char_indices().map(|(at, _)| at).chain([path.len()]);
    cuts.filter(|at| path[*at..].is_empty() || path[*at..].starts_with('/')).find_map(|at| {
        let of_server = matching::values(server, &path[..at])?;
        // The server's router takes a path with or without a `/` at its end.
        let rest = if path[at..].is_empty() { "/" } else { &path[at..] };
        Some((path[..at].to_owned(), of_server, matching::values(template, rest)?))
    })
}

/// How many of the media types are those of the call.
fn preference(operation: &Operation, call: &Call) -> usize {
    let sent = call.body.as_ref().map(|body| body.content_type.as_str());
    let wanted = call.header("accept").and_then(Value::as_str);
    let body = operation.body.as_ref().map(|body| body.essence());
    usize::from(sent == body) * 4
        + usize::from(wanted.is_some() && wanted == operation.accept.as_deref()) * 2
        + usize::from(operation.is_main())
}

/// The question that asks for the call, or why the SDK cannot.
pub fn question(
    document: &Value,
    sdk: &Sdk,
    found: &Found<'_>,
    call: &Call,
) -> Result<Question, String> {
    let samples = Samples::new(sdk);
    let mut operation = found.operation.clone();
    let names: Vec<String> = operation.parameters.iter().map(|it| it.name.clone()).collect();
    let mut parameters = Vec::new();
    for mut parameter in operation.parameters.drain(..) {
        let wire = match parameter.location {
            Location::Path => {
                let value = found.path.iter().find(|(name, _)| *name == parameter.name);
                value.map(|(_, text)| Value::from(decoded(text)))
            }
            Location::Query => call.query.get(&parameter.name).cloned(),
            Location::Header => call.header(&parameter.name).cloned(),
            Location::Cookie => None,
        };
        let value = match &wire {
            Some(wire) => {
                let read = values::read(sdk, &parameter, wire);
                Some(read.ok_or_else(|| unfit(&parameter.name, wire))?)
            }
            None if parameter.location == Location::Query && values::is_object(sdk, &parameter) => {
                let pairs = call.query.iter().filter(|(name, _)| !names.contains(name));
                let pairs: Vec<(String, Value)> =
                    pairs.map(|(name, value)| (name.clone(), value.clone())).collect();
                let value = values::members(sdk, &parameter, &pairs);
                value.filter(|_| !pairs.is_empty())
            }
            None => None,
        };
        match value {
            Some(value) if !samples.fits(&parameter.ty, &value) => {
                return Err(unfit(&parameter.name, &value));
            }
            Some(value) => parameter.example = Some(value),
            None if parameter.required => parameter.example = None,
            None => continue,
        }
        parameters.push(parameter);
    }
    operation.parameters = parameters;
    set_body(sdk, &mut operation, call.body.as_ref())?;
    let content = document.pointer(&format!("{}/requestBody/content", operation.pointer));
    let sends_any = content.is_some_and(|content| content.get("*/*").is_some());
    Ok(Question {
        api: found.api,
        operation,
        server: found.server.clone(),
        sends_any,
        pages: false,
    })
}

/// Makes what the server wants the example of the body.
fn set_body(sdk: &Sdk, operation: &mut Operation, sent: Option<&Body>) -> Result<(), String> {
    let Some(body) = &mut operation.body else {
        return match sent {
            Some(sent) => {
                Err(format!("the operation has no body, and {} is sent", sent.content_type))
            }
            None => Ok(()),
        };
    };
    let Some(sent) = sent else {
        if !body.required {
            operation.body = None;
        }
        return Ok(());
    };
    let text = sent.content().unwrap_or_default();
    let value = match body.kind {
        BodyKind::Json => serde_json::from_str(&text).map_err(|error| error.to_string())?,
        BodyKind::Multipart => {
            let mut fields = Map::new();
            for (name, value) in &sent.parts {
                fields.insert(name.clone(), values::part(sdk, &body.ty, name, value));
            }
            for file in &sent.files {
                fields
                    .entry(&file.field)
                    .or_insert_with(|| values::placeholder(sdk, &body.ty, &file.field));
            }
            Value::Object(fields)
        }
        BodyKind::Stream(_) => text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str::<Value>(line).map_err(|error| error.to_string()))
            .collect::<Result<Value, String>>()?,
        // A text may be written as JSON there, whatever its media type.
        BodyKind::Text if is_json(&sent.content_type) => {
            serde_json::from_str(&text).unwrap_or(Value::from(text))
        }
        BodyKind::Text => Value::from(text),
        BodyKind::Form | BodyKind::Binary => Value::from(text),
    };
    body.examples = vec![Example { name: None, summary: None, value }];
    Ok(())
}

fn unfit(name: &str, value: &Value) -> String {
    format!("{name} is of another type than {value}")
}

/// A text without percent-encoding (RFC 3986, section 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| byte == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use codegen::Options;
    use codegen::diagnostics::Diagnostics;
    use serde_json::json;

    use super::*;

    /// A path parameter of each style, lists in the query, and a form in parts.
    fn document() -> Value {
        let parameter = |name: &str, location: &str, more: Value| {
            let mut parameter =
                json!({"name": name, "in": location, "required": location == "path"});
            parameter.as_object_mut().expect("an object").extend(
                more.as_object()
                    .expect("an object")
                    .iter()
                    .map(|(key, it)| (key.clone(), it.clone())),
            );
            parameter
        };
        let numbers = json!({"type": "array", "items": {"type": "integer"}});
        let form =
            json!({"type": "object", "properties": {"id": {"type": "string"}, "picture": {}}});
        json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "v2", "license": {"name": "MIT"}},
            "paths": {
                "/a/{id}/b{list}/c{object}": {"get": {
                    "operationId": "read",
                    "parameters": [
                        parameter("id", "path", json!({"schema": {"type": "integer"}})),
                        parameter("list", "path", json!({"style": "matrix", "explode": true, "schema": numbers})),
                        parameter("object", "path", json!({"style": "label", "schema":
                            {"type": "object", "additionalProperties": {"type": "string"}}})),
                        parameter("piped", "query", json!({"style": "pipeDelimited", "explode": false, "schema": numbers})),
                        parameter("many", "query", json!({"schema": numbers})),
                        parameter("other", "query", json!({"schema": {"type": "string"}}))
                    ],
                    "responses": {"204": {"description": "d"}}
                }},
                "/form": {"post": {
                    "operationId": "send",
                    "requestBody": {"required": true, "content": {"multipart/form-data": {"schema": form}}},
                    "responses": {"204": {"description": "d"}}
                }}
            }
        })
    }

    fn asked(call: Value) -> Result<Question, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let spec = folder.path().join("openapi.json");
        fs::write(&spec, document().to_string()).expect("the file is written");
        let options = Options { spec, ..Options::default() };
        let mut diagnostics = Diagnostics::new();
        let (read, config) = codegen::read(&options, &mut diagnostics).expect("it is read");
        let sdk =
            codegen::lowered(read, config, &options, &mut diagnostics).expect("it is lowered");
        let call: Call = serde_json::from_value(call).expect("it is a call");
        let found = find(&sdk, "/api/{version}", &call).ok_or("no operation")?;
        question(&document(), &sdk, &found, &call)
    }

    #[test]
    fn what_the_server_wants_to_see_becomes_values() {
        let asked = asked(json!({"uri": "/api/v2/a/5/b;list=1;list=2/c.x,y", "method": "get",
            "query": {"piped": "3|4", "many": ["5", "6"]}, "headers": {}, "answer": {"status": 204}}));
        let asked = asked.expect("it is a call of the operation");
        assert_eq!(asked.server, "/api/v2");
        let parameters = asked.operation.parameters.iter();
        let values: Vec<(&str, Value)> = parameters
            .map(|it| (it.name.as_str(), it.example.clone().unwrap_or_default()))
            .collect();
        let wanted = [
            ("id", json!(5)),
            ("list", json!([1, 2])),
            ("object", json!({"x": "y"})),
            ("piped", json!([3, 4])),
            ("many", json!([5, 6])),
        ];
        assert_eq!(values, wanted);
    }

    #[test]
    fn a_value_of_another_type_is_no_question() {
        let asked =
            asked(json!({"uri": "/api/v2/a/five/b;list=1/c.x,y", "method": "get", "query": {},
            "headers": {}, "answer": {"status": 204}}));
        assert_eq!(asked.err().as_deref(), Some("id is of another type than \"five\""));
    }

    #[test]
    fn the_parts_of_a_form_are_of_its_types() {
        let file = json!({"fieldname": "picture", "originalname": "a.png", "mimetype": "image/png",
            "buffer": "aGk="});
        let body =
            json!({"contentType": "multipart/form-data", "parts": {"id": 123}, "files": [file]});
        let asked =
            asked(json!({"uri": "/api/v2/form", "method": "post", "query": {}, "headers": {},
            "body": body, "answer": {"status": 204}}));
        let body = asked.expect("it is a call of the operation").operation.body.expect("a body");
        assert_eq!(body.examples[0].value, json!({"id": "123", "picture": "file"}));
    }
}

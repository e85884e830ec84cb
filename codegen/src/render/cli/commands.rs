//! The commands of an API, as a constant: `commands/GROUP.rs`.

use std::collections::BTreeMap;

use askama::Template;
use serde_json::Value as Json;

use super::names::{self, kebab};
use super::prose;
use super::shapes::{Shapes, about, has_fields, marks, resolved};
use crate::characters;
use crate::ir::{
    Api, Body, BodyKind, Location, ModelKind, Operation, Output, Parameter, Sdk, StreamFormat, Type,
};
use crate::render::layout::Value;
use crate::render::{Error, forms, markdown, operation_docs, part_encodings, rust};

/// How long a text of an example may be, in bytes.
const LONGEST_EXAMPLE: usize = 100;

/// How many objects deep an example is taken from.
const DEEPEST_EXAMPLE: usize = 3;

#[derive(Template)]
#[template(path = "cli/commands.rs.jinja", escape = "none")]
struct CommandsFile {
    tag: String,
    commands: String,
}

/// The file of the commands of an API.
pub fn file(
    sdk: &Sdk,
    api: &Api,
    shapes: &Shapes<'_>,
    chosen: &BTreeMap<String, String>,
) -> Result<String, Error> {
    let names = names::commands(api, chosen);
    let commands = api.operations.iter().enumerate().zip(&names);
    let commands = commands.map(|((at, _), name)| {
        let (about, description) = texts(api, at, &names);
        command(sdk, &api.operations[at], shapes, builder(api, at), [name, &about, &description])
    });
    let commands =
        Value::Array(commands.collect()).print(0, "pub static COMMANDS: &[Command] = ", ";");
    let text = CommandsFile { tag: markdown::code(&api.tag), commands };
    Ok(rust::file(&text.render()?))
}

/// The expression for what the SDK calls.
fn builder(api: &Api, at: usize) -> Value {
    let builder = &api.operations[at].builder;
    Value::Source(format!("&sdk::api::{}::{builder}::OPERATION", api.module_path()))
}

/// A command; the texts are its name, what it does on one line, and in full.
fn command(
    sdk: &Sdk,
    operation: &Operation,
    shapes: &Shapes<'_>,
    builder: Value,
    texts: [&str; 3],
) -> Value {
    let mut fields: Vec<_> =
        ["name", "about", "description"].into_iter().zip(texts.map(Value::string)).collect();
    fields.push(("operation", builder));
    fields.extend(marks(false, operation.deprecated));
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(|it| parameter(it, shapes));
        fields.push(("parameters", Value::Array(parameters.collect())));
    }
    if let Some(own) = &operation.body {
        fields.push(("body", Value::Call("Some".to_owned(), vec![body(sdk, own, shapes)])));
    }
    if let Some(answer) = answer(&operation.output) {
        fields.push(("answer", Value::Source(format!("Answer::{answer}"))));
    }
    if let Some(way) = way_to_items(sdk, operation) {
        fields.push(("items", Value::Call("Some".to_owned(), vec![Value::strings(&way)])));
    }
    Value::structure("Command", fields).with("Command::DEFAULT")
}

/// What a command does: on one line, and in full.
fn texts(api: &Api, at: usize, names: &[String]) -> (String, String) {
    let operation = &api.operations[at];
    let description = operation_docs::description(operation);
    let texts = [&operation.summary, &description].map(|text| prose::plain(text));
    let mut paragraphs: Vec<String> = as_another(api, at, names).into_iter().chain(texts).collect();
    paragraphs.retain(|text| !text.is_empty());
    paragraphs.dedup();
    if paragraphs.is_empty() {
        let Operation { http_method, path, .. } = operation;
        paragraphs.push(characters::shown(&format!("{http_method} {path}")).into_owned());
    }
    let first = paragraphs[0].split("\n\n").next().unwrap_or_default().replace('\n', " ");
    (first, paragraphs.join("\n\n"))
}

/// That a command is another one, with the body or the answer in another media type.
fn as_another(api: &Api, at: usize, names: &[String]) -> Option<String> {
    let operation = &api.operations[at];
    let main = &names[api.main_of(at)?];
    let (what, media_type) = match (&operation.other_answer_of, &operation.body) {
        (None, Some(body)) => ("body", body.media_type.as_str()),
        _ => ("answer", operation.accept.as_deref()?),
    };
    Some(format!("As {main}, with the {what} as {}", characters::shown(media_type)))
}

fn parameter(parameter: &Parameter, shapes: &Shapes<'_>) -> Value {
    let mut fields = vec![
        ("name", Value::string(&parameter.name)),
        ("flag", Value::string(&kebab(&parameter.ident))),
    ];
    let mut about =
        about(&parameter.description, parameter.default.as_ref(), &parameter.constraints);
    if about.is_empty() {
        let (place, name) = (parameter.location.as_str(), characters::shown(&parameter.name));
        about = format!("The {place} parameter `{name}`");
    }
    fields.push(("about", Value::string(&about)));
    fields.extend(place(parameter).map(|place| ("place", place)));
    fields.extend(marks(parameter.required, parameter.deprecated));
    let shape = shapes.other_than_text(&parameter.ty, None);
    fields.extend(shape.map(|shape| ("shape", shape)));
    if let Some(example) = parameter.example.as_ref().and_then(example_word) {
        fields.push(("example", Value::string(&example)));
    }
    Value::structure("Parameter", fields).with("Parameter::DEFAULT")
}

/// A short value as a word; of a list, its first item.
fn example_word(example: &Json) -> Option<String> {
    let word = match example {
        Json::String(text) => text.clone(),
        Json::Array(items) => example_word(items.first()?)?,
        Json::Null | Json::Object(_) => return None,
        other => other.to_string(),
    };
    (word.len() <= LONGEST_EXAMPLE).then_some(word)
}

/// Where a parameter goes, as an expression; none where that is the path, and its style the standard's.
fn place(parameter: &Parameter) -> Option<Value> {
    let style = Value::Source(format!("Style::{}", parameter.style.variant()));
    let explode = Value::Source(parameter.explode.to_string());
    let (constant, name) = match parameter.location {
        Location::Path => ("PATH", "Path"),
        Location::Query => ("QUERY", "Query"),
        Location::Header => ("HEADER", "Header"),
        Location::Cookie => ("COOKIE", "Cookie"),
    };
    let name = format!("Place::{name}");
    match parameter.location {
        Location::Path if parameter.has_default_style() => None,
        _ if parameter.has_default_style() => Some(Value::Source(format!("Place::{constant}"))),
        Location::Path => {
            let allow_reserved = Value::Source(parameter.allow_reserved.to_string());
            let fields =
                vec![("style", style), ("explode", explode), ("allow_reserved", allow_reserved)];
            Some(Value::structure(&name, fields))
        }
        Location::Query => {
            let style = Value::Source(forms::query_style(parameter.query_style()));
            Some(Value::Call(name, vec![style]))
        }
        Location::Header | Location::Cookie => Some(Value::Call(name, vec![style, explode])),
    }
}

fn body(sdk: &Sdk, body: &Body, shapes: &Shapes<'_>) -> Value {
    let shape = match has_fields(body.kind) {
        true if is_object(sdk, &body.ty) => shapes.reference(&body.ty, None),
        _ => Value::Source("&Shape::Json".to_owned()),
    };
    let example = body.examples.first().and_then(|example| pruned(&example.value, DEEPEST_EXAMPLE));
    let example = example.map(|example| example.to_string()).unwrap_or_default();
    let fields = vec![
        ("media_type", Value::string(&body.media_type)),
        ("format", format(body)),
        ("required", Value::Source(body.required.to_string())),
        ("shape", shape),
        ("example", Value::string(&example)),
    ];
    Value::structure("Body", fields)
}

fn is_object(sdk: &Sdk, ty: &Type) -> bool {
    let Type::Model(name) = resolved(sdk, ty) else { return false };
    let kind = sdk.model(name).map(|model| &model.kind);
    matches!(
        kind,
        Some(ModelKind::Object(_) | ModelKind::TaggedUnion(_) | ModelKind::UntaggedUnion(_))
    )
}

/// The part of an example that flags can have: objects of short values.
fn pruned(example: &Json, deepest: usize) -> Option<Json> {
    match example {
        Json::Object(members) if deepest > 0 => {
            let members = members
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), pruned(value, deepest - 1)?)));
            Some(Json::Object(members.collect())).filter(|it| it != &serde_json::json!({}))
        }
        Json::Array(items) => {
            let words = items.iter().take(2).filter(|item| !item.is_object() && !item.is_array());
            let words: Vec<Json> = words.filter_map(|item| pruned(item, 0)).collect();
            (!words.is_empty()).then_some(Json::Array(words))
        }
        Json::Null | Json::Object(_) => None,
        scalar => (scalar.to_string().len() <= LONGEST_EXAMPLE).then(|| scalar.clone()),
    }
}

/// How a body is written, as an expression.
fn format(body: &Body) -> Value {
    let source = |variant: &str| Value::Source(format!("Format::{variant}"));
    match body.kind {
        BodyKind::Json => source("Json"),
        BodyKind::Form => {
            let fields = body.encodings.iter().filter_map(forms::encoding).collect();
            Value::Call("Format::Form".to_owned(), vec![Value::Array(fields)])
        }
        BodyKind::Multipart => {
            let parts = body.encodings.iter().map(part).collect();
            Value::Call("Format::Multipart".to_owned(), vec![Value::Array(parts)])
        }
        BodyKind::Text | BodyKind::Binary => source("Content"),
        BodyKind::Stream(StreamFormat::JsonSequence) => source("JsonSequence"),
        BodyKind::Stream(format) if format.has_parts() => {
            let encodings = part_encodings::value(&body.parts);
            Value::Call("Format::Parts".to_owned(), vec![encodings])
        }
        BodyKind::Stream(_) => source("JsonLines"),
    }
}

fn part(encoding: &crate::ir::Encoding) -> Value {
    let style = match encoding.style {
        Some(style) => Value::Source(format!("Some({})", forms::query_style(style))),
        None => Value::Source("None".to_owned()),
    };
    let media_type = encoding.media_type.as_deref().unwrap_or_default();
    let fields = vec![
        ("name", Value::string(&encoding.property)),
        ("style", style),
        ("media_type", Value::string(media_type)),
        ("headers", Value::pairs(&encoding.headers)),
    ];
    Value::structure("Part", fields)
}

/// What comes back, where it is not a document.
fn answer(output: &Output) -> Option<&'static str> {
    let is_bytes = |kind: BodyKind| matches!(kind, BodyKind::Binary | BodyKind::Stream(_));
    match output.stream() {
        Some((StreamFormat::JsonLines, _)) => Some("JsonLines"),
        Some((StreamFormat::JsonSequence, _)) => Some("JsonSequence"),
        Some((format, _)) if format.has_events() => Some("Events"),
        Some(_) => Some("Parts"),
        None if output.is_download() => Some("Download"),
        None => match output {
            Output::Variants { variants, .. } => {
                variants.iter().any(|variant| is_bytes(variant.kind)).then_some("Download")
            }
            _ => None,
        },
    }
}

/// The properties that lead from a page to its items; none of what is no page.
fn way_to_items(sdk: &Sdk, operation: &Operation) -> Option<Vec<String>> {
    let paging = operation.paging.as_ref()?;
    let mut ty = *operation.output.types().first()?;
    let mut way = Vec::new();
    for step in &paging.items {
        let Type::Model(name) = resolved(sdk, ty) else { return None };
        let ModelKind::Object(object) = &sdk.model(name)?.kind else { return None };
        let field = object.fields.iter().find(|field| field.ident == step.ident)?;
        way.push(field.name.clone());
        ty = &field.ty;
    }
    Some(way)
}

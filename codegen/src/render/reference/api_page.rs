//! `docs/<Api>.md`: the operations of a tag.

use askama::Template;
use indexmap::IndexMap;
use serde_json::Value;

use super::WIDTH;
use super::links::{Links, Page};
use super::program;
use crate::characters;
use crate::ir::{
    Api, Body, BodyKind, Example, Header, Operation, Output, Parameter, Response, Scope, Sdk,
    SecurityRequirement, Status, Type,
};
use crate::render::example::Examples;
use crate::render::markdown::{self, cell, code};
use crate::render::{api, constraints, operation_docs};

#[derive(Template)]
#[template(path = "docs/api.md.jinja", escape = "none")]
pub struct ApiPage {
    name: String,
    top: String,
    library: String,
    tag: String,
    feature: String,
    client_method: String,
    description: Vec<String>,
    operations: Vec<OperationView>,
}

/// An operation as its template shows it.
struct OperationView {
    method: String,
    anchor: String,
    request: String,
    summary: String,
    deprecated: bool,
    title: Vec<String>,
    description: Vec<String>,
    other_media_types: Option<String>,
    signature: String,
    program: String,
    parameters: Vec<ParameterView>,
    body: Option<BodyView>,
    output: String,
    paging: Option<String>,
    authorization: Vec<String>,
    content_type: String,
    accept: String,
    responses: Vec<ResponseView>,
    headers: Vec<HeaderView>,
    answer_example: Option<String>,
}

struct ParameterView {
    name: String,
    ident: String,
    ty: String,
    description: String,
    notes: String,
}

struct BodyView {
    ident: &'static str,
    ty: String,
    description: String,
    notes: String,
    example: Option<String>,
}

struct ResponseView {
    status: String,
    description: String,
    body: String,
    headers: String,
}

/// A header of responses, with the statuses that it comes with.
struct HeaderView {
    name: String,
    ty: String,
    description: String,
    statuses: String,
}

/// The page of one API, which is the `index`-th of the SDK.
pub fn page(
    sdk: &Sdk,
    examples: &Examples<'_>,
    links: &Links<'_>,
    index: usize,
    api: &Api,
) -> Result<ApiPage, askama::Error> {
    let operations = api.operations.iter().enumerate().map(|(position, operation)| {
        Ok(OperationView {
            method: operation.method.clone(),
            anchor: links.operation_anchor(index, position).to_owned(),
            request: cell::span(&format!("{} {}", operation.http_method, operation.path)),
            summary: cell::text(&operation.summary),
            deprecated: operation.deprecated,
            title: markdown::lines(&operation.summary, WIDTH),
            description: description(operation),
            other_media_types: other_media_types(links, index, api, position),
            signature: signature(sdk, operation),
            program: program::calling(sdk, &examples.call(api, operation), operation)?,
            parameters: operation.parameters.iter().map(|it| parameter(links, it)).collect(),
            body: operation.body.as_ref().map(|it| body(links, it)),
            output: output(links, api, &operation.output),
            paging: operation.paging.as_ref().map(|paging| links.ty(Page::Api, &paging.item)),
            authorization: operation.security.iter().map(|it| alternative(it)).collect(),
            content_type: media_type(operation.body.as_ref().map(|body| body.media_type.as_str())),
            accept: media_type(operation.accept.as_deref()),
            responses: operation.responses.iter().map(|it| response(links, it)).collect(),
            headers: headers(links, &operation.responses),
            answer_example: answer_example(operation),
        })
    });
    Ok(ApiPage {
        name: api.name.clone(),
        top: api.name.to_lowercase(),
        library: sdk.package.library(),
        tag: code(&api.tag),
        feature: code(&api.feature),
        client_method: api.method.clone(),
        description: markdown::lines(&api.description, WIDTH),
        operations: operations.collect::<Result<_, askama::Error>>()?,
    })
}

/// The description, unless it only says the summary again.
fn description(operation: &Operation) -> Vec<String> {
    let description = operation_docs::description(operation);
    let is_said = description.trim() == operation.summary.trim();
    if is_said { Vec::new() } else { markdown::lines(&description, WIDTH) }
}

/// The methods that send the body in other media types; `index` is the API's place in the SDK.
fn other_media_types(
    links: &Links<'_>,
    index: usize,
    api: &Api,
    position: usize,
) -> Option<String> {
    operation_docs::other_media_types(api, position, |other| {
        format!("#{}", links.operation_anchor(index, other))
    })
}

fn signature(sdk: &Sdk, operation: &Operation) -> String {
    api::method_signature(sdk, operation, Scope::outside(&sdk.package.library()))
}

fn parameter(links: &Links<'_>, parameter: &Parameter) -> ParameterView {
    let ident = match parameter.required {
        true => cell::span(&parameter.ident),
        false => cell::span(&format!(".{}(..)", parameter.ident)),
    };
    ParameterView {
        name: cell::span(&parameter.name),
        ident,
        ty: links.ty(Page::Api, &parameter.ty),
        description: cell::text(&parameter.description),
        notes: parameter_notes(parameter).join(", "),
    }
}

fn parameter_notes(parameter: &Parameter) -> Vec<String> {
    let mut notes = vec![parameter.location.as_str().to_owned(), presence(parameter.required)];
    if let Some(default) = &parameter.default {
        notes.push(format!("default {}", cell::span(&default.to_string())));
    }
    notes.extend(constraints::phrases(&parameter.constraints, cell::span));
    if parameter.deprecated {
        notes.push("deprecated".to_owned());
    }
    if let Some(what) = parameter.style.whole_query() {
        notes.push(format!("the whole query, as {what}"));
    } else if !parameter.has_default_style() {
        let style = parameter.style.as_str();
        notes.push(format!("style `{style}`, explode `{}`", parameter.explode));
    }
    if let Some(nesting) = parameter.nesting {
        notes.push(format!("nested values as `{}`", nesting.as_str()));
    }
    if parameter.allow_reserved {
        notes.push("reserved characters stay".to_owned());
    }
    notes
}

fn presence(required: bool) -> String {
    if required { "required" } else { "optional" }.to_owned()
}

fn body(links: &Links<'_>, body: &Body) -> BodyView {
    BodyView {
        ident: if body.required { "`body`" } else { "`.body(..)`" },
        ty: links.ty(Page::Api, &body.ty),
        description: cell::text(&body.description),
        notes: format!("body, {}", presence(body.required)),
        example: example(&body.examples),
    }
}

/// What awaiting the request gives.
fn output(links: &Links<'_>, api: &Api, output: &Output) -> String {
    match output {
        Output::Empty => "`()`: no success has a body.".to_owned(),
        _ if output.is_download() => "`Download`: the bytes, piece by piece.".to_owned(),
        Output::Body { kind: BodyKind::Stream(format), ty: item }
        | Output::Optional { kind: BodyKind::Stream(format), ty: item } => {
            let ty = links.ty(Page::Api, item);
            if format.has_events() {
                format!(
                    "`EventStream`: server-sent events as they come, with {ty} as data. `.idle_timeout(..)` says for \
                     how long nothing may come, `.reconnect(true)` has the stream asked for again when it ends, \
                     `.download()` gives the bytes."
                )
            } else if format.has_parts() {
                format!(
                    "`PartStream`: parts as they come, with their headers, and {ty} as data. `.idle_timeout(..)` says for \
                     how long nothing may come, `.download()` gives the bytes."
                )
            } else {
                format!(
                    "`JsonStream`: items as they come, each {ty}. `.idle_timeout(..)` says for how long nothing may \
                     come, `.download()` gives the bytes."
                )
            }
        }
        Output::Body { ty, .. } => links.ty(Page::Api, ty),
        Output::Optional { ty, .. } => {
            let label = format!("Option<{}>", ty.rust(links.scope(Page::Api)));
            format!(
                "{}: `None` where the server answers without a body.",
                links.labelled(Page::Api, ty, &label)
            )
        }
        Output::Variants { name, variants } => {
            let mut described: Vec<String> = variants
                .iter()
                .map(|variant| {
                    let ident = code(&variant.ident);
                    let ty = variant
                        .ty
                        .as_ref()
                        .map_or("nothing".to_owned(), |ty| links.ty(Page::Api, ty));
                    format!("{ident} with {ty} for status {}", variant.status)
                })
                .collect();
            if !output.names_every_success() {
                let ident = code("Undocumented");
                described.push(format!("{ident} with the answer as it came for any other success"));
            }
            let ty = code(&format!("api::{}::{name}", api.module_path()));
            format!("{ty}, by the status: {}.", described.join("; "))
        }
    }
}

/// The schemes of which all are needed, with the scopes of each.
fn alternative(requirements: &[SecurityRequirement]) -> String {
    let schemes: Vec<String> = requirements
        .iter()
        .map(|requirement| {
            let scheme =
                format!("[{}](../README.md#how-calls-are-authorized)", code(&requirement.scheme));
            let scopes: Vec<String> = requirement.scopes.iter().map(|scope| code(scope)).collect();
            match scopes.as_slice() {
                [] => scheme,
                [scope] => format!("{scheme} with the scope {scope}"),
                scopes => format!("{scheme} with the scopes {}", scopes.join(", ")),
            }
        })
        .collect();
    if schemes.is_empty() { "no credential".to_owned() } else { schemes.join(" and ") }
}

fn media_type(media_type: Option<&str>) -> String {
    media_type.map_or("none".to_owned(), code)
}

fn response(links: &Links<'_>, response: &Response) -> ResponseView {
    let headers: Vec<String> =
        response.headers.iter().map(|header| cell::span(&header.name)).collect();
    ResponseView {
        status: status(response.status),
        description: cell::text(&response.description),
        body: response.ty.as_ref().map_or("none".to_owned(), |ty| links.ty(Page::Api, ty)),
        headers: headers.join(", "),
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Default => "any other".to_owned(),
        status => status.to_string(),
    }
}

/// The headers of all responses, those that say the same as one.
fn headers(links: &Links<'_>, responses: &[Response]) -> Vec<HeaderView> {
    let mut all: IndexMap<(&str, &Type, &str), (&Header, Vec<String>)> = IndexMap::new();
    for response in responses {
        for header in &response.headers {
            let key = (header.name.as_str(), &header.ty, header.description.as_str());
            let (_, statuses) = all.entry(key).or_insert_with(|| (header, Vec::new()));
            statuses.push(status(response.status));
        }
    }
    let view = |(header, statuses): (&Header, Vec<String>)| HeaderView {
        name: cell::span(&header.name),
        ty: links.ty(Page::Api, &header.ty),
        description: cell::text(&header.description),
        statuses: statuses.join(", "),
    };
    all.into_values().map(view).collect()
}

/// The first example of the first success that has one.
fn answer_example(operation: &Operation) -> Option<String> {
    let mut successes = operation.responses.iter().filter(|response| response.is_answer);
    successes.find_map(|response| example(&response.examples))
}

fn example(examples: &[Example]) -> Option<String> {
    examples.first().and_then(|example| json(&example.value))
}

/// A value as JSON for a block of code; none for what is no JSON document, such as a text.
pub fn json(value: &Value) -> Option<String> {
    match value {
        Value::Object(_) | Value::Array(_) => {
            let text = serde_json::to_string_pretty(value).ok()?;
            Some(characters::json(&text).into_owned())
        }
        _ => None,
    }
}

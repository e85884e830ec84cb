//! What rustdoc says of an operation.

use super::example::{CallExample, Examples, pretty};
use super::markdown::{self, code};
use crate::ir::{Api, Operation, Sdk, SecurityRequirement};

/// How wide a line is.
const WIDTH: usize = 92;

/// The docs of an operation's method: what it does, its method and path, authorization,
/// errors, and an example.
pub fn lines(sdk: &Sdk, examples: &Examples<'_>, api: &Api, position: usize) -> Vec<String> {
    let operation = &api.operations[position];
    let title = markdown::lines(&operation.summary, WIDTH);
    let description = markdown::lines(&description(operation), WIDTH);
    let others =
        other_media_types(api, position, |other| format!("Self::{}", api.operations[other].method));
    let mut lines = Vec::new();
    if description != title {
        paragraph(&mut lines, title);
    }
    paragraph(&mut lines, description);
    paragraph(&mut lines, others.map(|it| markdown::wrap(&it, WIDTH)).unwrap_or_default());
    paragraph(&mut lines, markdown::wrap(&request(operation), WIDTH));
    lines.extend(["", "# Example", "", "```no_run"].map(str::to_owned));
    lines.extend(example(sdk, &examples.call(api, operation), operation));
    lines.push("```".to_owned());
    lines
}

/// Adds a paragraph, if it says something, to those that are there.
fn paragraph(lines: &mut Vec<String>, paragraph: Vec<String>) {
    if !lines.is_empty() && !paragraph.is_empty() {
        lines.push(String::new());
    }
    lines.extend(paragraph);
}

/// The description; that of a method for another media type is with the preferred one.
pub fn description(operation: &Operation) -> String {
    if operation.is_main() { operation.description.clone() } else { String::new() }
}

/// The methods that send the body or ask for the answer in other media types, as sentences; `link` leads to the
/// operation at a position.
pub fn other_media_types(
    api: &Api,
    position: usize,
    link: impl Fn(usize) -> String,
) -> Option<String> {
    let own = &api.operations[position];
    let to = |other: usize| format!("[{}]({})", code(&api.operations[other].method), link(other));
    let body = |operation: &Operation| operation.body.as_ref().map(|body| code(&body.media_type));
    let answer = |operation: &Operation| operation.accept.as_deref().map(code);
    if let Some(main) = api.main_of(position) {
        let (what, media_type) = match own.other_answer_of {
            Some(_) => ("answer", answer(own)),
            None => ("body", body(own)),
        };
        return Some(format!("As {}, with the {what} as {}.", to(main), media_type?));
    }
    let sends = api
        .with_other_bodies(position)
        .filter_map(|(at, other)| Some(format!("{} sends {}", to(at), body(other)?)));
    let asks = api
        .with_other_answers(position)
        .filter_map(|(at, other)| Some(format!("{} asks for {}", to(at), answer(other)?)));
    let (sends, asks): (Vec<String>, Vec<String>) = (sends.collect(), asks.collect());
    let mut sentences = Vec::new();
    if let Some(media_type) = body(own).filter(|_| !sends.is_empty()) {
        sentences.push(format!("The body is sent as {media_type}. {}.", sends.join(", ")));
    }
    if let Some(media_type) = answer(own).filter(|_| !asks.is_empty()) {
        sentences.push(format!("The answer comes as {media_type}. {}.", asks.join(", ")));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Method and path, what authorizes the call, and which errors the server answers with.
fn request(operation: &Operation) -> String {
    let authorization = authorization(&operation.security);
    let request = code(&format!("{} {}", operation.http_method, operation.path));
    format!("{request}, {authorization}. {}", errors(operation))
}

/// What authorizes a call, as part of a sentence.
pub fn authorization(security: &[Vec<SecurityRequirement>]) -> String {
    let alternatives: Vec<String> = security.iter().map(|it| alternative(it)).collect();
    match alternatives.as_slice() {
        [] => "open to all".to_owned(),
        all => format!("authorized by {}", all.join(" or ")),
    }
}

fn alternative(requirements: &[SecurityRequirement]) -> String {
    let schemes: Vec<String> = requirements
        .iter()
        .map(|requirement| {
            let scopes: Vec<String> = requirement.scopes.iter().map(|scope| code(scope)).collect();
            match scopes.as_slice() {
                [] => code(&requirement.scheme),
                scopes => format!("{} ({})", code(&requirement.scheme), scopes.join(", ")),
            }
        })
        .collect();
    if schemes.is_empty() { "nothing".to_owned() } else { schemes.join(" with ") }
}

fn errors(operation: &Operation) -> String {
    let statuses: Vec<String> = operation
        .responses
        .iter()
        .filter(|response| !response.is_answer)
        .map(|response| response.status.to_string())
        .collect();
    match statuses.as_slice() {
        [] => "Errors are not documented.".to_owned(),
        statuses => format!("Errors: {}.", statuses.join(", ")),
    }
}

fn example(sdk: &Sdk, example: &CallExample, operation: &Operation) -> Vec<String> {
    let library = sdk.package.library();
    let mut lines = Vec::new();
    if example.names_models {
        lines.push(format!("# use {library}::models;"));
    }
    lines.push(format!(
        "# async fn example(client: {library}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(pretty(&statements(example, operation)));
    lines.push("# Ok(()) }".to_owned());
    lines
}

/// The statements of an example: the body, and the call with what it gives.
pub fn statements(example: &CallExample, operation: &Operation) -> String {
    let mut statements = example.preparation.clone().unwrap_or_default();
    let call = &example.call;
    let last = match &example.variable {
        _ if operation.paging.is_some() => format!(
            "let mut items = {call}.stream(); while let Some(item) = items.next().await {{ let item = item?; println!(\"{{item:?}}\"); }}"
        ),
        Some(variable) => match operation.output.stream() {
            Some((format, _)) => {
                let (item, shown) = format.example();
                format!(
                    "let mut {variable} = {call}.await?; while let Some({item}) = {variable}.next().await {{ let {item} = {item}?; println!(\"{{:?}}\", {shown}); }}"
                )
            }
            None => format!("let {variable} = {call}.await?;"),
        },
        None => format!("{call}.await?;"),
    };
    statements.push_str(&last);
    statements
}

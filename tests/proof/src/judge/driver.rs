//! The program that calls every operation.

use std::collections::BTreeMap;

use askama::Template;
use serde_json::Value;

use super::schema_nodes::SchemaNode;
use super::{Question, Request};
use codegen::ir::Sdk;
use codegen::names::escaped;
use codegen::output::Files;
use codegen::render::calls::{self, ApiCall, Calls};
use codegen::render::{self, rust};

/// The name of the generated crate that the driver depends on.
pub const CRATE: &str = "sdk-under-test";

/// The same in Rust.
const LIBRARY: &str = "sdk_under_test";

#[derive(Template)]
#[template(path = "judge/client.rs.jinja", escape = "none")]
struct ClientFile {
    builder: String,
}

#[derive(Template)]
#[template(path = "judge/modules.rs.jinja", escape = "none")]
struct Modules {
    modules: Vec<String>,
}

#[derive(Template)]
#[template(path = "judge/api.rs.jinja", escape = "none")]
struct ApiFile<'a> {
    imports: Vec<String>,
    calls: Vec<CallView<'a>>,
    constants: &'a [String],
}

struct CallView<'a> {
    number: usize,
    method: &'a str,
    is_deprecated: bool,
    statements: &'a [String],
}

/// A driver, and what it asks.
pub struct Driver {
    /// Its files.
    pub files: Files,
    /// Its questions. A record names one by its index.
    pub questions: Vec<Question>,
}

/// The driver for an SDK in `../sdk`, made of the document.
///
/// # Errors
///
/// [`render::Error`], where a template is wrong.
pub fn driver(sdk: &Sdk, document: &Value) -> Result<Driver, render::Error> {
    let builder = calls::client(sdk);
    let mut rendered = vec![("src/client.rs".to_owned(), ClientFile { builder }.render()?)];
    let mut questions = Vec::new();
    let mut modules = Vec::new();
    for calls in calls::calls(sdk, LIBRARY) {
        let module = escaped(&calls.api.module);
        let text = api_file(&calls, questions.len()).render()?;
        rendered.push((format!("src/api/{}.rs", calls.api.module), text));
        questions.extend(calls.calls.iter().map(|call| question(call, document)));
        modules.push(module);
    }
    rendered.push(("src/api/mod.rs".to_owned(), Modules { modules }.render()?));
    let mut files = BTreeMap::from(COPIED.map(|(path, text)| (path.to_owned(), text.to_owned())));
    for (path, text) in rendered {
        let text = rust::file(&text);
        rust::check(&path, &text)?;
        files.insert(path, text);
    }
    Ok(Driver { files, questions })
}

/// The calls of one API, whose first question has the number `first`.
fn api_file<'a>(calls: &'a Calls<'_>, first: usize) -> ApiFile<'a> {
    let mut views = Vec::new();
    let mut imports: Vec<String> = Vec::new();
    for (index, api_call) in calls.calls.iter().enumerate() {
        let Ok(call) = &api_call.call else { continue };
        imports.extend(api_call.import.clone());
        views.push(CallView {
            number: first + index,
            method: &api_call.operation.method,
            is_deprecated: call.is_deprecated,
            statements: &call.statements,
        });
    }
    let calls_made = calls.calls.iter().filter_map(|api_call| api_call.call.as_ref().ok());
    let names_models = calls_made.into_iter().any(|call| call.names_models);
    if !views.is_empty() {
        imports.push(format!("use {LIBRARY}::runtime::BoxError;"));
        imports.push(format!("use {LIBRARY}::Client;"));
    }
    if names_models {
        imports.push(format!("use {LIBRARY}::models;"));
    }
    ApiFile { imports, calls: views, constants: &calls.constants }
}

fn question(api_call: &ApiCall<'_>, document: &Value) -> Question {
    let operation = api_call.operation;
    let request = api_call.request.as_ref();
    Question {
        id: operation.id.clone(),
        operation: format!("{} {}", operation.http_method, operation.path),
        request: request
            .map(|expected| Request::new(operation.http_method.as_str(), expected))
            .map_err(Clone::clone),
        obstacle: api_call.call.as_ref().err().cloned(),
        missing: Vec::new(),
        pointer: SchemaNode::operation(document, operation).map(|place| place.pointer),
    }
}

/// The files that do not depend on the document.
static COPIED: [(&str, &str); 5] = [
    ("Cargo.toml", include_str!("../../templates/judge/manifest.toml")),
    ("src/lib.rs", include_str!("../../templates/judge/lib.rs")),
    ("src/main.rs", include_str!("../../templates/judge/main.rs")),
    ("src/record.rs", include_str!("../../templates/judge/record.rs")),
    ("src/recorder.rs", include_str!("../../templates/judge/recorder.rs")),
];

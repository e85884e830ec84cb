//! The program that makes the calls: the part of it that is about one document.

use askama::Template;
use codegen::ir::{
    Body, BodyKind, Field, Location, ModelKind, Presence, SchemeKind, Scope, Sdk, SecurityScheme,
    Type,
};
use codegen::output::Files;
use codegen::render::calls::{self, ApiCall, Calls};
use codegen::render::{self, rust};
use serde_json::Value;

use super::questions::Question;
use super::scenarios::{Call, File};

#[derive(Template)]
#[template(path = "http_specs/manifest.toml.jinja", escape = "none")]
struct Manifest<'a> {
    packages: &'a [String],
}

#[derive(Template)]
#[template(path = "http_specs/modules.rs.jinja", escape = "none")]
struct Modules<'a> {
    modules: &'a [String],
}

#[derive(Template)]
#[template(path = "http_specs/specification.rs.jinja", escape = "none")]
struct Specification<'a> {
    imports: Vec<String>,
    calls: Vec<CallView>,
    constants: &'a [String],
}

struct CallView {
    number: usize,
    server: String,
    client: String,
    statements: Vec<String>,
    pages: bool,
}

/// The program as it grows.
#[derive(Default)]
pub struct Program {
    /// How many questions it has.
    count: usize,
    modules: Vec<String>,
    files: Files,
}

impl Program {
    /// Adds the calls of one document, whose crate is in `../PACKAGE`. Gives for each of them its number, or why it
    /// cannot be made.
    ///
    /// # Errors
    ///
    /// [`render::Error`], where a template is wrong.
    pub fn add(
        &mut self,
        sdk: &Sdk,
        questions: &[(Question, &Call)],
    ) -> Result<Vec<Result<usize, String>>, render::Error> {
        let library = sdk.package.library();
        let mut asked = sdk.clone();
        for (index, api) in asked.apis.iter_mut().enumerate() {
            let own = questions.iter().filter(|(question, _)| question.api == index);
            api.operations = own.map(|(question, _)| question.operation.clone()).collect();
        }
        let mut given: Vec<Result<usize, String>> = Vec::new();
        given.resize_with(questions.len(), || Err("it is not asked".to_owned()));
        for (index, calls) in calls::calls(&asked, &library).iter().enumerate() {
            let own = questions.iter().enumerate().filter(|(_, (it, _))| it.api == index);
            let own: Vec<(usize, &(Question, &Call))> = own.collect();
            let mut views = Vec::new();
            let mut imports = vec![format!("use {library}::{{Client, Error}};")];
            let mut names_models = false;
            for ((place, (question, call)), api_call) in own.into_iter().zip(&calls.calls) {
                match view(sdk, question, call, api_call, self.count) {
                    Ok(view) => {
                        given[place] = Ok(self.count);
                        self.count += 1;
                        imports.extend(api_call.import.clone());
                        names_models |= api_call.call.as_ref().is_ok_and(|call| call.names_models);
                        views.push(view);
                    }
                    Err(reason) => given[place] = Err(reason),
                }
            }
            if views.is_empty() {
                continue;
            }
            if names_models {
                imports.push(format!("use {library}::models;"));
            }
            imports.sort();
            imports.dedup();
            self.module(&library, calls, views, imports)?;
        }
        Ok(given)
    }

    fn module(
        &mut self,
        library: &str,
        calls: &Calls<'_>,
        views: Vec<CallView>,
        imports: Vec<String>,
    ) -> Result<(), render::Error> {
        let module = format!("{library}_{}", calls.api.module);
        let file = Specification { imports, calls: views, constants: &calls.constants };
        let path = format!("src/specifications/{module}.rs");
        let text = rust::file(&file.render()?);
        rust::check(&path, &text)?;
        self.files.insert(path, text);
        self.modules.push(module);
        Ok(())
    }

    /// The files of the program, given the crates that it calls.
    ///
    /// # Errors
    ///
    /// [`render::Error`], where a template is wrong.
    pub fn files(mut self, packages: &[String]) -> Result<Files, render::Error> {
        let manifest = Manifest { packages }.render()?;
        let modules = Modules { modules: &self.modules }.render()?;
        let texts = [
            ("Cargo.toml", manifest),
            ("src/lib.rs", LIBRARY.to_owned()),
            ("src/main.rs", MAIN.to_owned()),
            ("src/outcome.rs", OUTCOME.to_owned()),
            ("src/specifications/mod.rs", rust::file(&modules)),
        ];
        self.files.extend(texts.map(|(path, text)| (path.to_owned(), text)));
        Ok(self.files)
    }
}

fn view(
    sdk: &Sdk,
    question: &Question,
    call: &Call,
    api_call: &ApiCall<'_>,
    number: usize,
) -> Result<CallView, String> {
    let made = api_call.call.as_ref().map_err(Clone::clone)?;
    let mut statements = made.statements.clone();
    let body = question.operation.body.as_ref().zip(call.body.as_ref());
    if let Some((body, _)) = body
        && let Some(example) = body.examples.first()
        && let Some(read) = statements.iter_mut().find(|it| it.starts_with("let body:"))
    {
        // Whatever the value: whether the type takes it, the crate says.
        let ty = body.ty.rust(Scope::outside(&sdk.package.library()));
        let text = rust::raw_string(&example.value.to_string());
        *read = format!("let body: {ty} = serde_json::from_str({text})?;");
    }
    match body.map(|(body, sent)| (body, body.kind, sent)) {
        Some((_, BodyKind::Binary, sent)) => {
            let bytes = match (&sent.base64, &sent.text) {
                (Some(base64), _) => content(base64),
                (None, text) => rust::string(text.as_deref().unwrap_or_default()),
            };
            if let Some(last) = statements.last_mut() {
                *last = last.replace("\"content\"", &bytes);
            }
        }
        Some((body, BodyKind::Multipart, sent)) => {
            let at = statements.len().saturating_sub(1);
            let files = files(sdk, body, &sent.files)?;
            if !files.is_empty() {
                for statement in &mut statements[..at] {
                    *statement = statement.replace("let body:", "let mut body:");
                }
            }
            statements.splice(at..at, files);
        }
        _ => {}
    }
    if let Some((body, sent)) = body
        && body.media_type != sent.content_type
        && let Some(last) = statements.last_mut()
        && question.sends_any
    {
        let header = format!(".header(\"content-type\", {});", rust::string(&sent.content_type));
        *last = format!("{}{header}", last.trim_end_matches(';'));
    }
    let client = calls::client_with(sdk, |scheme| credential(scheme, call));
    let client = client.replace("base_url(base_url)", "base_url(&base_url)");
    let server = rust::string(&question.server);
    Ok(CallView { number, server, client, statements, pages: question.pages })
}

/// The expression for bytes in Base64.
fn content(base64: &str) -> String {
    format!("crate::outcome::bytes({})", rust::string(base64))
}

/// The statements that put files into a form.
fn files(sdk: &Sdk, body: &Body, files: &[File]) -> Result<Vec<String>, String> {
    let fields: &[Field] = match &body.ty {
        Type::Model(name) => match sdk.model(name).map(|model| &model.kind) {
            Some(ModelKind::Object(object)) => &object.fields,
            _ => &[],
        },
        _ => &[],
    };
    let mut statements = Vec::new();
    for field in fields {
        let own: Vec<String> = files
            .iter()
            .filter(|file| file.field == field.name)
            .map(|it| part(sdk, body, it))
            .collect();
        let [first, ..] = own.as_slice() else { continue };
        let value = match &field.ty {
            Type::File => first.clone(),
            Type::Array(item) if **item == Type::File => format!("vec![{}]", own.join(", ")),
            other => return Err(format!("{} is no file but {other:?}", field.name)),
        };
        let value = match field.presence {
            Presence::Required => value,
            _ => format!("Some({value})"),
        };
        statements.push(format!("body.{} = {value};", field.ident));
    }
    Ok(statements)
}

/// The expression for a file. The SDK is to know its media type where the document does.
fn part(sdk: &Sdk, body: &Body, file: &File) -> String {
    let (name, library) = (rust::string(&file.name), sdk.package.library());
    let new = format!("{library}::runtime::FilePart::new({name}, {})", content(&file.base64));
    let known = body.encoding(&file.field).and_then(|encoding| encoding.media_type.as_deref());
    if known.unwrap_or("application/octet-stream") == file.media_type {
        return new;
    }
    format!("{new}.media_type({})", rust::string(&file.media_type))
}

/// The key or token that a request carries for a scheme.
fn credential(scheme: &SecurityScheme, call: &Call) -> Option<String> {
    let (header, prefix) = match &scheme.kind {
        SchemeKind::ApiKey { location: Location::Header, name, prefix } => {
            (name.as_str(), prefix.trim_end())
        }
        SchemeKind::Bearer | SchemeKind::OAuth(_) => ("authorization", "Bearer"),
        _ => return None,
    };
    match call.header(header).and_then(Value::as_str) {
        Some(value) => Some(value.strip_prefix(prefix)?.trim_start().to_owned()),
        // The server is to refuse it.
        None if call.answer.status >= 400 => Some("invalid".to_owned()),
        None => None,
    }
}

static LIBRARY: &str = include_str!("../../../templates/http_specs/lib.rs");
static MAIN: &str = include_str!("../../../templates/http_specs/main.rs");
static OUTCOME: &str = include_str!("../../../templates/http_specs/outcome.rs");

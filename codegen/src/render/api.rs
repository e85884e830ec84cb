//! The files of the APIs: operations and their request builders.

use askama::Template;
use heck::ToSnakeCase;

use super::example::{Examples, is_passed_by_value};
use super::layout::Value;
use super::multipart::{self, Form};
use super::{Error, markdown, operation_docs, rust};
use crate::lower::names::escaped;
use crate::ir::{
    Api, Body, BodyKind, Location, Operation, Output, Paging, PagingStyle, Parameter, Sdk, SecurityRequirement, Status,
    Type,
};

/// What an operation accepts unless it says otherwise.
const DEFAULT_ACCEPT: &str = "application/json";

/// How wide a line of an operation's docs is.
const WIDTH: usize = 92;

#[derive(Template)]
#[template(path = "api.rs", escape = "none")]
struct ApiFile {
    mock: String,
    docs: String,
    imports: Imports,
    name: String,
    type_docs: String,
    operations: Vec<OperationView>,
}

#[derive(Template)]
#[template(path = "api_mod.rs", escape = "none")]
struct ApiModule {
    modules: Vec<ModuleView>,
    apis: Vec<ApiView>,
}

struct ModuleView {
    cfg: String,
    name: String,
}

struct ApiView {
    docs: String,
    cfg: String,
    method: String,
    module: String,
    name: String,
    mock: String,
}

struct Imports {
    models: bool,
    runtime: String,
}

/// An operation as its template shows it.
struct OperationView {
    docs: String,
    deprecated: bool,
    method: String,
    builder: String,
    signature: String,
    statements: Vec<String>,
    arguments: Vec<Argument>,
    setters: Vec<SetterView>,
    output: String,
    decode: String,
    mock_output: String,
    encode: String,
    variants: Option<VariantsView>,
    http_method: String,
    path: String,
    id: String,
    lines: Vec<String>,
    paging: Option<PagingView>,
    form: Option<Form>,
}

/// A value that a method takes: its type, and how it is put into the request.
struct Argument {
    ident: String,
    ty: String,
    method: &'static str,
    items: Vec<String>,
}

struct SetterView {
    docs: String,
    deprecated: bool,
    signature: String,
    statement: String,
    argument: Argument,
}

impl SetterView {
    fn new(docs: &[String], deprecated: bool, argument: Argument) -> Self {
        let parameters = ["mut self".to_owned(), format!("{}: {}", argument.ident, argument.ty)];
        Self {
            docs: rust::doc(docs, 4),
            deprecated,
            signature: rust::call(
                4,
                &format!("pub fn {}", argument.ident),
                &parameters,
                " -> Self {",
            ),
            statement: rust::setter_statement(8, argument.method, &argument.items),
            argument,
        }
    }
}

/// The type of a list's items, and how a page gives them.
struct PagingView {
    item: String,
    items_of: String,
}

struct VariantsView {
    name: String,
    decode: String,
    encode: String,
    arms: Vec<ArmView>,
    fallback: Option<ArmView>,
}

#[derive(Clone)]
struct ArmView {
    docs: String,
    ident: String,
    ty: Option<String>,
    is_boxed: bool,
    pattern: String,
    decode: &'static str,
    code: u16,
    mock_body: &'static str,
}

/// `src/api/*.rs`.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let examples = Examples::new(sdk);
    let mut files = Vec::with_capacity(sdk.apis.len() + 1);
    for api in &sdk.apis {
        let path = format!("src/api/{}.rs", api.module);
        files.push((path.clone(), rust::file(&path, &api_file(sdk, &examples, api).render()?)?));
    }
    let path = "src/api/mod.rs";
    let apis: Vec<ApiView> = sdk.apis.iter().map(api_view).collect();
    let mut modules: Vec<ModuleView> = apis
        .iter()
        .map(|api| ModuleView { cfg: api.cfg.clone(), name: api.module.clone() })
        .collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    let module = ApiModule { modules, apis };
    files.push((path.to_owned(), rust::file(path, &module.render()?)?));
    Ok(files)
}

fn api_view(api: &Api) -> ApiView {
    let tag = api.tag.replace(['`', '\n'], " ");
    ApiView {
        docs: rust::doc(&[format!("The operations of the tag `{tag}`.")], 4),
        cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
        method: api.method.clone(),
        module: escaped(&api.module),
        name: api.name.clone(),
        mock: mock_name(api),
    }
}

/// The name of the mock of an API: `SessionMock` for `SessionApi`.
fn mock_name(api: &Api) -> String {
    format!("{}Mock", api.name.strip_suffix("Api").unwrap_or(&api.name))
}

fn api_file(sdk: &Sdk, examples: &Examples<'_>, api: &Api) -> ApiFile {
    let tag = api.tag.replace(['`', '\n'], " ");
    let mut docs = vec![format!("The API of the tag `{tag}`.")];
    let description = markdown::lines(&api.description, WIDTH);
    if !description.is_empty() {
        docs.push(String::new());
        docs.extend(description);
    }
    let type_docs = vec![
        format!("The operations of the tag `{tag}`."),
        String::new(),
        format!("[`Client::{}`](crate::Client::{}) gives it. The error statuses that an", api.method, api.method),
        "operation documents come as [`Error::Api`](crate::Error::Api).".to_owned(),
    ];
    let operations: Vec<OperationView> =
        api.operations.iter().map(|operation| operation_view(sdk, examples, api, operation)).collect();
    ApiFile {
        mock: mock_name(api),
        docs: rust::inner_doc(&docs),
        imports: imports(&operations),
        name: api.name.clone(),
        type_docs: rust::doc(&type_docs, 0),
        operations,
    }
}

/// Imports what the operations name, and nothing else.
fn imports(operations: &[OperationView]) -> Imports {
    let arguments = || {
        operations.iter().flat_map(|operation| {
            operation
                .arguments
                .iter()
                .chain(operation.setters.iter().map(|setter| &setter.argument))
        })
    };
    let names_models = |text: &str| text.contains("models::");
    let variants = || operations.iter().filter_map(|operation| operation.variants.as_ref());
    let mut runtime = vec!["Call", "Client"];
    if operations.iter().any(|operation| operation.paging.is_some()) {
        runtime.push("Paging");
    }
    if operations.iter().any(|operation| {
        operation.lines.iter().any(|line| line.contains("Requirement::new("))
    }) {
        runtime.push("Requirement");
    }
    if arguments().any(|argument| argument.items.iter().any(|item| item.starts_with("Style::"))) {
        runtime.push("Style");
    }
    if variants().next().is_some() {
        runtime.push("Answer");
    }
    let takes_form = |operation: &OperationView| operation.form.is_some();
    if operations.iter().any(takes_form) || arguments().any(|argument| argument.ty == "Multipart") {
        runtime.push("Multipart");
    }
    let decodes = |operation: &OperationView| !operation.decode.is_empty();
    if operations.iter().any(decodes) {
        runtime.push("decode");
    }
    let models = arguments().any(|argument| names_models(&argument.ty))
        || operations.iter().any(|operation| names_models(&operation.output))
        || variants()
            .flat_map(|variants| &variants.arms)
            .any(|arm| arm.ty.as_deref().is_some_and(names_models));
    let runtime: Vec<String> = runtime.into_iter().map(str::to_owned).collect();
    Imports { models, runtime: rust::import("crate::runtime", &runtime) }
}

fn operation_view(
    sdk: &Sdk,
    examples: &Examples<'_>,
    api: &Api,
    operation: &Operation,
) -> OperationView {
    let mut arguments: Vec<Argument> =
        operation.required_parameters().into_iter().map(parameter_argument).collect();
    let mut setters: Vec<SetterView> =
        operation.optional_parameters().into_iter().map(parameter_setter).collect();
    if let Some(body) = &operation.body {
        if body.required {
            arguments.push(body_argument(sdk, operation, body));
        } else {
            setters.push(body_setter(sdk, operation, body));
        }
    }
    let variants = variants(operation);
    let (output, decode) = output(operation, variants.as_ref());
    let (mock_output, encode) = match (output.as_str(), &variants) {
        (_, Some(variants)) => (output.clone(), variants.encode.clone()),
        ("download", None) => ("bytes::Bytes".to_owned(), "crate::runtime::encode::bytes".to_owned()),
        _ => (output.clone(), decode.replace("decode::", "crate::runtime::encode::")),
    };
    OperationView {
        docs: rust::doc(&operation_docs::lines(sdk, examples, api, operation), 4),
        deprecated: operation.deprecated,
        method: operation.method.clone(),
        builder: operation.builder.clone(),
        http_method: operation.http_method.clone(),
        path: rust::string(&operation.path),
        id: rust::string(&operation.id),
        lines: lines(operation),
        paging: operation.paging.as_ref().map(paging_view),
        form: multipart::form(sdk, operation),
        signature: signature(operation, &arguments),
        statements: statements(&operation.builder, &arguments),
        arguments,
        setters,
        output,
        decode,
        mock_output,
        encode,
        variants,
    }
}

fn signature(operation: &Operation, arguments: &[Argument]) -> String {
    let mut parameters = vec!["&self".to_owned()];
    parameters
        .extend(arguments.iter().map(|argument| format!("{}: {}", argument.ident, argument.ty)));
    let after = format!(" -> {} {{", operation.builder);
    rust::call(4, &format!("pub fn {}", operation.method), &parameters, &after)
}

/// The signature of an operation's method, as the reference shows it.
pub fn method_signature(sdk: &Sdk, operation: &Operation) -> String {
    let mut arguments: Vec<Argument> =
        operation.required_parameters().into_iter().map(parameter_argument).collect();
    let body = operation.body.as_ref().filter(|body| body.required);
    arguments.extend(body.map(|body| body_argument(sdk, operation, body)));
    let signature = signature(operation, &arguments).replace("\n    ", "\n");
    signature.trim_end_matches(" {").to_owned()
}

/// The statements that make the call and put the arguments into it.
fn statements(builder: &str, arguments: &[Argument]) -> Vec<String> {
    let operation = format!("&{builder}::OPERATION");
    let new = ["&self.client".to_owned(), operation];
    let first = rust::assignment(8, "let call", "Call::new", &new);
    let others = arguments.iter().map(|argument| {
        rust::assignment(8, "let call", &format!("call.{}", argument.method), &argument.items)
    });
    std::iter::once(first).chain(others).collect()
}

fn parameter_argument(parameter: &Parameter) -> Argument {
    let ident = &parameter.ident;
    let (ty, value) = match &parameter.ty {
        Type::String => ("impl AsRef<str>".to_owned(), format!("&{ident}.as_ref()")),
        Type::Array(item) if **item == Type::String => (
            "impl IntoIterator<Item = impl Into<String>>".to_owned(),
            format!("&{ident}.into_iter().map(Into::into).collect::<Vec<String>>()"),
        ),
        Type::Array(item) => (format!("&[{}]", item.rust("models::")), format!("&{ident}")),
        ty if is_passed_by_value(ty) => (ty.rust("models::"), format!("&{ident}")),
        ty => (format!("&{}", ty.rust("models::")), ident.clone()),
    };
    let (method, items) = parameter_call(parameter, value);
    Argument { ident: ident.clone(), ty, method, items }
}

/// The method of `Call` that takes a parameter, and what it takes.
fn parameter_call(parameter: &Parameter, value: String) -> (&'static str, Vec<String>) {
    let name = rust::string(&parameter.name);
    if parameter.has_default_style() {
        let method = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header_parameter",
            Location::Cookie => "cookie",
        };
        return (method, vec![name, value]);
    }
    let method = match parameter.location {
        Location::Path => "path_with",
        Location::Query if parameter.allow_reserved => "query_reserved",
        Location::Query => "query_with",
        Location::Header => "header_parameter_with",
        Location::Cookie => "cookie_with",
    };
    let style = format!("Style::{}", parameter.style.variant());
    (method, vec![name, style, parameter.explode.to_string(), value])
}

fn parameter_setter(parameter: &Parameter) -> SetterView {
    let mut lines = markdown::lines(&parameter.description, WIDTH);
    if lines.is_empty() {
        lines.push(format!(
            "Sets the {} parameter `{}`.",
            parameter.location.as_str(),
            parameter.name.replace(['`', '\n'], " ")
        ));
    }
    if let Some(default) = &parameter.default {
        lines.extend([
            String::new(),
            format!("Default: `{}`.", default.to_string().replace(['`', '\n'], " ")),
        ]);
    }
    SetterView::new(&lines, parameter.deprecated, parameter_argument(parameter))
}

fn body_argument(sdk: &Sdk, operation: &Operation, body: &Body) -> Argument {
    let media_type = rust::string(&body.media_type);
    let typed = |ty: &Type| match ty {
        Type::Array(item) => (format!("&[{}]", item.rust("models::")), "&body".to_owned()),
        ty => (format!("&{}", ty.rust("models::")), "body".to_owned()),
    };
    let (ty, method, items) = match body.kind {
        BodyKind::Json => {
            let (ty, value) = typed(&body.ty);
            (ty, "json", vec![media_type, value])
        }
        BodyKind::Form => {
            let (ty, value) = typed(&body.ty);
            (ty, "form", vec![value])
        }
        BodyKind::Text => {
            ("impl Into<String>".to_owned(), "text", vec![media_type, "body".to_owned()])
        }
        BodyKind::Binary => {
            let items = vec![media_type, "body".to_owned()];
            ("impl Into<reqwest::Body>".to_owned(), "upload", items)
        }
        BodyKind::Multipart => match multipart::form(sdk, operation) {
            Some(form) => (form.ty, "multipart", vec![format!("{}(body)", form.name)]),
            None => ("Multipart".to_owned(), "multipart", vec!["body".to_owned()]),
        },
    };
    Argument { ident: "body".to_owned(), ty, method, items }
}

fn body_setter(sdk: &Sdk, operation: &Operation, body: &Body) -> SetterView {
    let mut lines = markdown::lines(&body.description, WIDTH);
    if lines.is_empty() {
        lines.push("Sets the request body.".to_owned());
    }
    SetterView::new(&lines, false, body_argument(sdk, operation, body))
}

/// The type of the answer's body, and the function that reads it.
fn output(operation: &Operation, variants: Option<&VariantsView>) -> (String, String) {
    match (&operation.output, variants) {
        (Output::Variants { name, .. }, Some(variants)) => (name.clone(), variants.decode.clone()),
        (Output::Empty | Output::Variants { .. }, _) => {
            ("()".to_owned(), "decode::empty".to_owned())
        }
        (Output::Body { kind: BodyKind::Binary, .. } | Output::Optional { kind: BodyKind::Binary, .. }, _) => {
            ("download".to_owned(), String::new())
        }
        (Output::Optional { ty, kind: BodyKind::Json }, _) => {
            (format!("Option<{}>", ty.rust("models::")), "decode::optional_json".to_owned())
        }
        // An empty text is a text.
        (Output::Body { ty, kind } | Output::Optional { ty, kind }, _) => {
            (ty.rust("models::"), format!("decode::{}", decode(*kind)))
        }
    }
}

fn decode(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "json",
        BodyKind::Text | BodyKind::Form => "text",
        BodyKind::Binary | BodyKind::Multipart => "bytes",
    }
}

fn variants(operation: &Operation) -> Option<VariantsView> {
    let Output::Variants { name, variants } = &operation.output else { return None };
    let arms: Vec<ArmView> = variants
        .iter()
        .map(|variant| ArmView {
            docs: rust::doc(&[format!("The server answered {}.", variant.status)], 4),
            ident: variant.ident.clone(),
            is_boxed: matches!(variant.ty, Some(Type::Model(_))),
            ty: variant.ty.as_ref().map(|ty| match ty {
                Type::Model(_) => format!("Box<{}>", ty.rust("models::")),
                ty => ty.rust("models::"),
            }),
            pattern: match variant.status {
                Status::Code(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}00..={digit}99"),
                Status::Default => "_".to_owned(),
            },
            decode: if variant.ty.is_some() { decode(variant.kind) } else { "empty" },
            code: match variant.status {
                Status::Code(code) => code,
                Status::Range(digit) => digit * 100,
                Status::Default => 200,
            },
            mock_body: match (&variant.ty, variant.kind) {
                (None, _) => "",
                (_, BodyKind::Json) => ".json(body)",
                (_, BodyKind::Text | BodyKind::Form) => ".body(\"text/plain\", body.clone())",
                (_, BodyKind::Binary | BodyKind::Multipart) => {
                    ".body(\"application/octet-stream\", body.clone())"
                }
            },
        })
        .collect();
    // A success that the document does not list is read as the last one that it does.
    let is_total = arms.iter().any(|arm| arm.pattern == "_");
    let fallback = arms.last().filter(|_| !is_total).cloned();
    let decode = format!("decode_{}", operation.builder.to_snake_case());
    let encode = format!("encode_{}", operation.builder.to_snake_case());
    Some(VariantsView { name: name.clone(), decode, encode, arms, fallback })
}

/// What the document says of the operation beyond method, path and id.
fn lines(operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fields = Vec::new();
    let is_optional = operation.security.iter().any(Vec::is_empty);
    if is_optional {
        let alternatives = operation
            .security
            .iter()
            .map(|alternative| Value::Array(alternative.iter().map(requirement).collect()));
        fields.push(("security", Value::Array(alternatives.collect())));
    } else {
        lines.extend(security(&operation.security));
    }
    fields.extend(operation.server.as_deref().map(|server| ("server", Value::string(server))));
    if operation.accept.as_deref() != Some(DEFAULT_ACCEPT) {
        fields.push(("accept", Value::string(operation.accept.as_deref().unwrap_or_default())));
    }
    fields.extend(operation.paging.as_ref().map(|paging| ("paging", paging_value(&paging.style))));
    if !fields.is_empty() {
        lines.push("{".to_owned());
        let print = |(name, value): (&str, Value)| value.print(8, &format!("    {name}: "), ",");
        lines.extend(fields.into_iter().map(print));
        lines.push("}".to_owned());
    }
    lines
}

/// The alternatives on one line, or with an alternative a line where that is too long.
fn security(alternatives: &[Vec<SecurityRequirement>]) -> Option<String> {
    let scheme = |requirement: &SecurityRequirement| {
        let name = rust::string(&requirement.scheme);
        let scopes: Vec<String> =
            requirement.scopes.iter().map(|scope| rust::string(scope)).collect();
        if scopes.is_empty() { name } else { format!("{name} [{}]", scopes.join(", ")) }
    };
    let alternatives: Vec<String> = alternatives
        .iter()
        .map(|it| it.iter().map(scheme).collect::<Vec<_>>().join(" and "))
        .collect();
    let line = format!("security {};", alternatives.join(" or "));
    match alternatives.as_slice() {
        [] => None,
        _ if rust::fits(4, &line) => Some(line),
        _ => Some(format!("security {};", alternatives.join("\n        or "))),
    }
}

fn paging_view(paging: &Paging) -> PagingView {
    let items_of = match &paging.items {
        None => "|page| page".to_owned(),
        Some(items) if items.required => format!("|page| page.{}", items.ident),
        Some(items) => format!("|page| page.{}.unwrap_or_default()", items.ident),
    };
    PagingView { item: paging.item.rust("models::"), items_of }
}

fn paging_value(style: &PagingStyle) -> Value {
    let (name, fields) = match style {
        PagingStyle::Link => return Value::Source("Paging::Link".to_owned()),
        PagingStyle::Url { next } => ("Url", vec![("next", Value::string(next))]),
        PagingStyle::Cursor { parameter, next } => {
            ("Cursor", vec![("parameter", Value::string(parameter)), ("next", Value::string(next))])
        }
        PagingStyle::Offset { parameter, items, total } => (
            "Offset",
            vec![
                ("parameter", Value::string(parameter)),
                ("items", Value::string(items)),
                ("total", Value::string(total)),
            ],
        ),
        PagingStyle::PageNumber { parameter, first, items } => (
            "PageNumber",
            vec![
                ("parameter", Value::string(parameter)),
                ("first", Value::Source(first.to_string())),
                ("items", Value::string(items)),
            ],
        ),
    };
    Value::Struct(format!("Paging::{name}"), fields, None)
}

fn requirement(requirement: &SecurityRequirement) -> Value {
    let arguments = vec![Value::string(&requirement.scheme), Value::strings(&requirement.scopes)];
    Value::Call("Requirement::new".to_owned(), arguments)
}

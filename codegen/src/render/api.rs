//! The files of the APIs: operations and their request builders.

use askama::Template;
use heck::ToSnakeCase;

use super::layout::Value;
use super::{Error, markdown, operation_docs, rust};
use crate::ir::{
    Api, Body, BodyKind, Location, Operation, Output, Paging, PagingStyle, Parameter, Sdk, SecurityRequirement, Status,
    Type,
};

/// How wide a line of an operation's docs is.
const WIDTH: usize = 92;

#[derive(Template)]
#[template(path = "api.rs", escape = "none")]
struct ApiFile {
    docs: String,
    imports: Imports,
    name: String,
    type_docs: String,
    operations: Vec<OperationView>,
}

#[derive(Template)]
#[template(path = "api_mod.rs", escape = "none")]
struct ApiModule {
    apis: Vec<ApiView>,
}

struct ApiView {
    docs: String,
    cfg: String,
    module: String,
    method: String,
    name: String,
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
    variants: Option<VariantsView>,
    http_method: String,
    path: String,
    fields: Vec<String>,
    paging: Option<PagingView>,
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
        let method = format!("self.call.{}", argument.method);
        Self {
            docs: rust::doc(docs, 4),
            deprecated,
            signature: rust::call(
                4,
                &format!("pub fn {}", argument.ident),
                &parameters,
                " -> Self {",
            ),
            statement: rust::assignment(8, "self.call", &method, &argument.items),
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
    arms: Vec<ArmView>,
    fallback: Option<ArmView>,
}

#[derive(Clone)]
struct ArmView {
    docs: String,
    ident: String,
    ty: Option<String>,
    pattern: String,
    decode: &'static str,
}

/// `src/api/*.rs`.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let mut files = Vec::with_capacity(sdk.apis.len() + 1);
    for api in &sdk.apis {
        let path = format!("src/api/{}.rs", api.module);
        files.push((path.clone(), rust::file(&path, &api_file(sdk, api).render()?)?));
    }
    let path = "src/api/mod.rs";
    let module = ApiModule { apis: sdk.apis.iter().map(api_view).collect() };
    files.push((path.to_owned(), rust::file(path, &module.render()?)?));
    Ok(files)
}

fn api_view(api: &Api) -> ApiView {
    ApiView {
        docs: rust::doc(
            &[format!("The operations of the tag `{}`.", api.tag.replace(['`', '\n'], " "))],
            4,
        ),
        cfg: super::models::cfg(std::slice::from_ref(&api.feature)),
        module: crate::lower::names::escaped(&api.module),
        method: api.method.clone(),
        name: api.name.clone(),
    }
}

fn api_file(sdk: &Sdk, api: &Api) -> ApiFile {
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
        format!("[`Client::{}`](crate::Client::{}) gives it.", api.method, api.method),
    ];
    let operations: Vec<OperationView> =
        api.operations.iter().map(|operation| operation_view(sdk, api, operation)).collect();
    ApiFile {
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
    let mut runtime = vec!["Call", "Client", "decode"];
    if operations.iter().any(|operation| operation.paging.is_some()) {
        runtime.push("Paging");
    }
    if operations.iter().any(|operation| {
        operation.fields.iter().any(|field| field.contains("Requirement::new("))
    }) {
        runtime.push("Requirement");
    }
    if arguments().any(|argument| argument.items.iter().any(|item| item.starts_with("Style::"))) {
        runtime.push("Style");
    }
    if variants().next().is_some() {
        runtime.push("Answer");
    }
    let models = arguments().any(|argument| names_models(&argument.ty))
        || operations.iter().any(|operation| names_models(&operation.output))
        || variants()
            .flat_map(|variants| &variants.arms)
            .any(|arm| arm.ty.as_deref().is_some_and(names_models));
    let runtime: Vec<String> = runtime.into_iter().map(str::to_owned).collect();
    Imports { models, runtime: rust::import("crate::runtime", &runtime) }
}

fn operation_view(sdk: &Sdk, api: &Api, operation: &Operation) -> OperationView {
    let mut arguments: Vec<Argument> =
        operation.required_parameters().into_iter().map(parameter_argument).collect();
    let mut setters: Vec<SetterView> =
        operation.optional_parameters().into_iter().map(parameter_setter).collect();
    if let Some(body) = &operation.body {
        if body.required {
            arguments.push(body_argument(body));
        } else {
            setters.push(body_setter(body));
        }
    }
    let variants = variants(operation);
    let (output, decode) = output(operation, variants.as_ref());
    OperationView {
        docs: rust::doc(&operation_docs::lines(sdk, api, operation), 4),
        deprecated: operation.deprecated,
        method: operation.method.clone(),
        builder: operation.builder.clone(),
        http_method: operation.http_method.clone(),
        path: rust::string(&operation.path),
        fields: fields(operation),
        paging: operation.paging.as_ref().map(paging_view),
        signature: signature(operation, &arguments),
        statements: statements(&arguments),
        arguments,
        setters,
        output,
        decode,
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

/// The statements that put the arguments into the call.
fn statements(arguments: &[Argument]) -> Vec<String> {
    arguments
        .iter()
        .map(|argument| {
            rust::assignment(8, "let call", &format!("call.{}", argument.method), &argument.items)
        })
        .collect()
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

fn is_passed_by_value(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::UInt64
            | Type::Float
            | Type::Double
            | Type::Date
            | Type::DateTime
    )
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

fn body_argument(body: &Body) -> Argument {
    let (ty, value) = match (body.kind, &body.ty) {
        (BodyKind::Text, _) => ("impl Into<String>".to_owned(), "body"),
        (BodyKind::Binary, _) => ("impl Into<bytes::Bytes>".to_owned(), "body"),
        (BodyKind::Json, Type::Array(item)) => (format!("&[{}]", item.rust("models::")), "&body"),
        (_, ty) => (format!("&{}", ty.rust("models::")), "body"),
    };
    let method = match body.kind {
        BodyKind::Json => "json",
        BodyKind::Form => "form",
        BodyKind::Multipart => "multipart",
        BodyKind::Text => "text",
        BodyKind::Binary => "bytes",
    };
    let items = vec![rust::string(&body.media_type), value.to_owned()];
    Argument { ident: "body".to_owned(), ty, method, items }
}

fn body_setter(body: &Body) -> SetterView {
    let mut lines = markdown::lines(&body.description, WIDTH);
    if lines.is_empty() {
        lines.push("Sets the request body.".to_owned());
    }
    SetterView::new(&lines, false, body_argument(body))
}

/// The type of the answer's body, and the function that reads it.
fn output(operation: &Operation, variants: Option<&VariantsView>) -> (String, String) {
    match (&operation.output, variants) {
        (Output::Empty, _) => ("()".to_owned(), "decode::empty".to_owned()),
        (Output::Body { ty, kind }, _) => {
            (ty.rust("models::"), format!("decode::{}", decode(*kind)))
        }
        (Output::Optional { ty, kind }, _) => (
            format!("Option<{}>", ty.rust("models::")),
            format!("decode::optional_{}", decode(*kind)),
        ),
        (Output::Variants { name, .. }, Some(variants)) => (name.clone(), variants.decode.clone()),
        (Output::Variants { name, .. }, None) => (name.clone(), "decode::empty".to_owned()),
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
            ty: variant.ty.as_ref().map(|ty| ty.rust("models::")),
            pattern: match variant.status {
                Status::Code(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}00..={digit}99"),
                Status::Default => "_".to_owned(),
            },
            decode: if variant.ty.is_some() { decode(variant.kind) } else { "empty" },
        })
        .collect();
    // A success that the document does not list is read as the last one that it does.
    let is_total = arms.iter().any(|arm| arm.pattern == "_");
    let fallback = arms.last().filter(|_| !is_total).cloned();
    let decode = format!("decode_{}", operation.builder.to_snake_case());
    Some(VariantsView { name: name.clone(), decode, arms, fallback })
}

/// What the document says of the operation, as fields of the runtime's `Operation`.
fn fields(operation: &Operation) -> Vec<String> {
    let alternatives = operation
        .security
        .iter()
        .map(|alternative| Value::Array(alternative.iter().map(requirement).collect()));
    let mut fields = vec![("id", Value::string(&operation.id))];
    if !operation.security.is_empty() {
        fields.push(("security", Value::Array(alternatives.collect())));
    }
    fields.extend(operation.server.as_deref().map(|server| ("server", Value::string(server))));
    fields.extend(operation.accept.as_deref().map(|accept| ("accept", Value::string(accept))));
    fields.extend(operation.paging.as_ref().map(|paging| ("paging", paging_value(&paging.style))));
    fields.into_iter().map(|(name, value)| value.print(8, &format!("{name}: "), ",")).collect()
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

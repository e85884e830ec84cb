//! The files of the APIs: operations and their request builders.

use askama::Template;

use super::{Error, markdown, operation_docs, rust};
use crate::ir::{
    Api, Body, BodyKind, Location, Operation, Output, Parameter, Sdk, SecurityRequirement, Status,
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

#[derive(Default)]
struct Imports {
    models: bool,
    runtime: Vec<&'static str>,
}

/// An operation as its template shows it.
struct OperationView {
    docs: String,
    deprecated: bool,
    method: String,
    builder: String,
    constant: String,
    arguments: Vec<Argument>,
    setters: Vec<SetterView>,
    output: String,
    decode: String,
    variants: Option<VariantsView>,
    id: String,
    http_method: String,
    path: String,
    security: String,
    accept: Option<String>,
}

/// A value that a method takes: its type, and the call that puts it into the request.
struct Argument {
    ident: String,
    ty: String,
    call: String,
}

struct SetterView {
    docs: String,
    deprecated: bool,
    argument: Argument,
}

struct VariantsView {
    name: String,
    decode: String,
    arms: Vec<ArmView>,
    fallback: ArmView,
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
        docs: rust::doc(&[format!("The operations of the tag `{}`.", api.tag.replace(['`', '\n'], " "))], 4),
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
            operation.arguments.iter().chain(operation.setters.iter().map(|setter| &setter.argument))
        })
    };
    let names_models = |text: &str| text.contains("models::");
    let variants = || operations.iter().filter_map(|operation| operation.variants.as_ref());
    let mut runtime = vec!["Call", "Client", "Method", "Operation", "decode"];
    if operations.iter().any(|operation| operation.security.contains("Requirement")) {
        runtime.push("Requirement");
    }
    if arguments().any(|argument| argument.call.contains("Style::")) {
        runtime.push("Style");
    }
    if variants().next().is_some() {
        runtime.push("Answer");
    }
    let models = arguments().any(|argument| names_models(&argument.ty))
        || operations.iter().any(|operation| names_models(&operation.output))
        || variants().flat_map(|variants| &variants.arms).any(|arm| arm.ty.as_deref().is_some_and(names_models));
    runtime.sort_unstable();
    Imports { models, runtime }
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
    let constant = operation.builder.chars().collect::<String>();
    let constant = heck::ToShoutySnakeCase::to_shouty_snake_case(constant.as_str());
    let variants = variants(operation);
    let (output, decode) = output(operation, variants.as_ref());
    OperationView {
        docs: rust::doc(&operation_docs::lines(sdk, api, operation), 4),
        deprecated: operation.deprecated,
        method: operation.method.clone(),
        builder: operation.builder.clone(),
        constant,
        arguments,
        setters,
        output,
        decode,
        variants,
        id: rust::string(&operation.id),
        http_method: operation.http_method.clone(),
        path: rust::string(&operation.path),
        security: security(&operation.security),
        accept: operation.accept.as_deref().map(rust::string),
    }
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
    Argument { ident: ident.clone(), ty, call: parameter_call(parameter, &value) }
}

fn is_passed_by_value(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Boolean | Type::Int32 | Type::Int64 | Type::UInt64 | Type::Float | Type::Double | Type::Date | Type::DateTime
    )
}

fn parameter_call(parameter: &Parameter, value: &str) -> String {
    let name = rust::string(&parameter.name);
    let method = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header_parameter",
        Location::Cookie => "cookie",
    };
    if parameter.has_default_style() {
        return format!("{method}({name}, {value})");
    }
    let suffix = if parameter.allow_reserved { "reserved" } else { "with" };
    format!("{method}_{suffix}({name}, Style::{}, {}, {value})", parameter.style.variant(), parameter.explode)
}

fn parameter_setter(parameter: &Parameter) -> SetterView {
    let mut lines = markdown::lines(&parameter.description, WIDTH);
    if lines.is_empty() {
        lines.push(format!("Sets the {} parameter `{}`.", parameter.location.as_str(), parameter.name.replace(['`', '\n'], " ")));
    }
    if let Some(default) = &parameter.default {
        lines.extend([String::new(), format!("Default: `{}`.", default.to_string().replace(['`', '\n'], " "))]);
    }
    SetterView {
        docs: rust::doc(&lines, 4),
        deprecated: parameter.deprecated,
        argument: parameter_argument(parameter),
    }
}

fn body_argument(body: &Body) -> Argument {
    let media_type = rust::string(&body.media_type);
    let (ty, call) = match (body.kind, &body.ty) {
        (BodyKind::Text, _) => ("impl Into<String>".to_owned(), format!("text({media_type}, body)")),
        (BodyKind::Binary, _) => ("impl Into<bytes::Bytes>".to_owned(), format!("bytes({media_type}, body)")),
        (BodyKind::Json, Type::Array(item)) => {
            (format!("&[{}]", item.rust("models::")), format!("json({media_type}, &body)"))
        }
        (BodyKind::Json, ty) => (format!("&{}", ty.rust("models::")), format!("json({media_type}, body)")),
        (BodyKind::Form, ty) => (format!("&{}", ty.rust("models::")), format!("form({media_type}, body)")),
        (BodyKind::Multipart, ty) => (format!("&{}", ty.rust("models::")), format!("multipart({media_type}, body)")),
    };
    Argument { ident: "body".to_owned(), ty, call }
}

fn body_setter(body: &Body) -> SetterView {
    let mut lines = markdown::lines(&body.description, WIDTH);
    if lines.is_empty() {
        lines.push("Sets the request body.".to_owned());
    }
    SetterView { docs: rust::doc(&lines, 4), deprecated: false, argument: body_argument(body) }
}

/// The type of the answer's body, and the function that reads it.
fn output(operation: &Operation, variants: Option<&VariantsView>) -> (String, String) {
    match (&operation.output, variants) {
        (Output::Empty, _) => ("()".to_owned(), "decode::empty".to_owned()),
        (Output::Body { ty, kind }, _) => (ty.rust("models::"), format!("decode::{}", decode(*kind))),
        (Output::Optional { ty, kind }, _) => {
            (format!("Option<{}>", ty.rust("models::")), format!("decode::optional_{}", decode(*kind)))
        }
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
    let fallback = arms.last()?.clone();
    let decode = format!("decode_{}", heck::ToSnakeCase::to_snake_case(operation.builder.as_str()));
    Some(VariantsView { name: name.clone(), decode, arms, fallback })
}

fn security(alternatives: &[Vec<SecurityRequirement>]) -> String {
    let alternatives: Vec<String> = alternatives
        .iter()
        .map(|alternative| {
            let requirements: Vec<String> = alternative.iter().map(requirement).collect();
            format!("&[{}]", requirements.join(", "))
        })
        .collect();
    format!("&[{}]", alternatives.join(", "))
}

fn requirement(requirement: &SecurityRequirement) -> String {
    let scopes: Vec<String> = requirement.scopes.iter().map(|scope| rust::string(scope)).collect();
    format!("Requirement {{ scheme: {}, scopes: &[{}] }}", rust::string(&requirement.scheme), scopes.join(", "))
}

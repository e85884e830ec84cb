//! What an operation's method takes, and how it gets into the request.

use super::WIDTH;
use super::imports::Imports;
use crate::ir::{
    Body, BodyKind, Location, ModelKind, Operation, Parameter, Scope, Sdk, StreamFormat, Type,
};
use crate::render::example::is_passed_by_value;
use crate::render::{constraints, forms, markdown, multipart, part_encodings, rust};

/// A value that a method takes: its type, and how it is put into the request.
pub(super) struct Argument {
    pub(super) ident: String,
    pub(super) ty: String,
    pub(super) method: &'static str,
    pub(super) items: Vec<String>,
    pub(super) imports: Imports,
}

pub(super) struct SetterView {
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) signature: String,
    pub(super) statement: String,
    pub(super) argument: Argument,
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
            statement: rust::method_assignment(
                8,
                "self.call",
                "self.call",
                argument.method,
                &argument.items,
            ),
            argument,
        }
    }
}

pub(super) fn signature(operation: &Operation, arguments: &[Argument]) -> String {
    let mut parameters = vec!["&self".to_owned()];
    parameters
        .extend(arguments.iter().map(|argument| format!("{}: {}", argument.ident, argument.ty)));
    let after = format!(" -> {} {{", operation.builder);
    rust::call(4, &format!("pub fn {}", operation.method), &parameters, &after)
}

/// The signature of an operation's method, as the reference shows it.
pub fn method_signature(sdk: &Sdk, operation: &Operation, scope: Scope<'_>) -> String {
    let parameters = operation.required_parameters().into_iter();
    let mut arguments: Vec<Argument> =
        parameters.map(|parameter| parameter_argument(parameter, scope)).collect();
    let body = operation.body.as_ref().filter(|body| body.required);
    arguments.extend(body.map(|body| body_argument(sdk, operation, body, scope)));
    let signature = signature(operation, &arguments).replace("\n    ", "\n");
    signature.trim_end_matches(" {").to_owned()
}

/// The statements that make the call and put the arguments into it.
pub(super) fn statements(builder: &str, arguments: &[Argument]) -> Vec<String> {
    let operation = format!("&{builder}::OPERATION");
    let new = ["&self.client".to_owned(), operation];
    let first = rust::assignment(8, "let call", "Call::new", &new);
    let others = arguments.iter().map(|argument| {
        rust::method_assignment(8, "let call", "call", argument.method, &argument.items)
    });
    std::iter::once(first).chain(others).collect()
}

pub(super) fn parameter_argument(parameter: &Parameter, scope: Scope<'_>) -> Argument {
    let ident = &parameter.ident;
    let (ty, value, names_type) = match &parameter.ty {
        Type::String => ("impl AsRef<str>".to_owned(), format!("&{ident}.as_ref()"), false),
        Type::Array(item) if **item == Type::String => (
            "impl IntoIterator<Item = impl Into<String>>".to_owned(),
            format!("&{ident}.into_iter().map(Into::into).collect::<Vec<String>>()"),
            false,
        ),
        Type::Array(item) => (format!("&[{}]", item.rust(scope)), format!("&{ident}"), true),
        ty if is_passed_by_value(ty) => (ty.rust(scope), format!("&{ident}"), true),
        ty => (format!("&{}", ty.rust(scope)), ident.clone(), true),
    };
    let name = rust::string(&parameter.name);
    let (items, style) = if parameter.has_default_style() {
        (vec![name, value], Imports::default())
    } else if parameter.nesting.is_some() {
        let style = parameter.query_style();
        (vec![name, forms::query_style(style), value], Imports::of_style(style))
    } else {
        let style = format!("Style::{}", parameter.style.variant());
        let items = vec![name, style, parameter.explode.to_string(), value];
        (items, Imports { style: true, ..Imports::default() })
    };
    let models = names_type && parameter.ty.names_models();
    let imports = Imports { models, ..style };
    Argument { ident: ident.clone(), ty, method: parameter_method(parameter), items, imports }
}

/// The method of `Call` that takes a parameter.
fn parameter_method(parameter: &Parameter) -> &'static str {
    match (parameter.location, parameter.has_default_style()) {
        (Location::Path, true) => "path",
        (Location::Path, false) if parameter.allow_reserved => "path_reserved",
        (Location::Path, false) => "path_with",
        (Location::Query, true) => "query",
        (Location::Query, false) if parameter.nesting.is_some() => "query_as",
        (Location::Query, false) if parameter.allow_reserved => "query_reserved",
        (Location::Query, false) => "query_with",
        (Location::Header, true) => "header_parameter",
        (Location::Header, false) => "header_parameter_with",
        (Location::Cookie, true) => "cookie",
        (Location::Cookie, false) => "cookie_with",
    }
}

pub(super) fn parameter_setter(parameter: &Parameter) -> SetterView {
    let mut lines = markdown::lines(&parameter.description, WIDTH);
    if lines.is_empty() {
        lines.push(format!(
            "Sets the {} parameter {}.",
            parameter.location.as_str(),
            markdown::code(&parameter.name)
        ));
    }
    let sentences = constraints::sentences(parameter.default.as_ref(), &parameter.constraints);
    if let Some(sentences) = sentences {
        lines.push(String::new());
        lines.extend(markdown::wrap(&sentences, WIDTH));
    }
    SetterView::new(&lines, parameter.deprecated, parameter_argument(parameter, Scope::CRATE))
}

pub(super) fn body_argument(
    sdk: &Sdk,
    operation: &Operation,
    body: &Body,
    scope: Scope<'_>,
) -> Argument {
    let media_type = rust::string(&body.media_type);
    let mut imports = Imports::default();
    let (ty, method, items) = match body.kind {
        BodyKind::Json | BodyKind::Form => {
            imports.models = body.ty.names_models();
            let (ty, value) = match &body.ty {
                Type::Array(item) => (format!("&[{}]", item.rust(scope)), "&body".to_owned()),
                ty => (format!("&{}", ty.rust(scope)), "body".to_owned()),
            };
            match forms::call(operation, value.clone()) {
                Some(form) => {
                    let needed = Imports::of_encodings(body);
                    let field_encoding = form.fields.is_some();
                    imports = Imports { field_encoding, ..imports.and(needed) };
                    (ty, form.method, form.arguments)
                }
                None if is_of_numbers(sdk, &body.ty) => {
                    let written = "&crate::runtime::model::Written(body)".to_owned();
                    (ty, "json", vec![media_type, written])
                }
                None => (ty, "json", vec![media_type, value]),
            }
        }
        BodyKind::Text => {
            ("impl Into<String>".to_owned(), "text", vec![media_type, "body".to_owned()])
        }
        BodyKind::Stream(format) if format.has_parts() => {
            imports.models = body.ty.names_models();
            let files = format == StreamFormat::BinaryParts;
            let method = if files { "file_parts_body" } else { "parts_body" };
            let ty = body.ty.rust(scope);
            (imports.parts, imports.part_encoding) = (true, !body.parts.is_empty());
            let encodings = part_encodings::expression(operation, body);
            (
                format!("impl Into<PartItems<{ty}>>"),
                method,
                vec![media_type, "body".to_owned(), encodings],
            )
        }
        BodyKind::Stream(format) => {
            imports.models = body.ty.names_models();
            let ty = body.ty.rust(scope);
            let method = match format {
                StreamFormat::JsonSequence => "json_sequence_body",
                _ => "json_lines_body",
            };
            let ty = format!("impl Into<{}::runtime::JsonItems<{ty}>>", scope.library());
            (ty, method, vec![media_type, "body".to_owned()])
        }
        BodyKind::Binary => {
            let items = vec![media_type, "body".to_owned()];
            ("impl Into<reqwest::Body>".to_owned(), "upload", items)
        }
        BodyKind::Multipart => {
            let (ty, value) = match multipart::form(sdk, operation) {
                Some(form) => {
                    imports = Imports { models: true, ..Imports::of_encodings(body) };
                    (form.ty, format!("{}(body)", form.name))
                }
                None => ("Multipart".to_owned(), "body".to_owned()),
            };
            imports.multipart = true;
            match body.media_type == "multipart/form-data" {
                true => (ty, "multipart", vec![value]),
                false => (ty, "multipart_as", vec![media_type, value]),
            }
        }
    };
    Argument { ident: "body".to_owned(), ty, method, items, imports }
}

/// Whether a type is a number or holds nothing but numbers, which no model writes as JSON has them.
fn is_of_numbers(sdk: &Sdk, ty: &Type) -> bool {
    match ty {
        Type::Double => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is_of_numbers(sdk, inner),
        Type::Model(name) => match sdk.model(name).map(|model| &model.kind) {
            Some(ModelKind::Alias(target)) => is_of_numbers(sdk, target),
            _ => false,
        },
        _ => false,
    }
}

pub(super) fn body_setter(sdk: &Sdk, operation: &Operation, body: &Body) -> SetterView {
    let mut lines = markdown::lines(&body.description, WIDTH);
    if lines.is_empty() {
        lines.push("Sets the request body.".to_owned());
    }
    SetterView::new(&lines, false, body_argument(sdk, operation, body, Scope::CRATE))
}

//! What a call gives: one type, one of several, or the pages of a list.

use heck::ToSnakeCase;

use crate::ir::{BodyKind, Operation, Output, Paging, Status, Type};
use crate::render::rust;

/// The type of a list's items, and how a page gives them.
pub(super) struct PagingView {
    pub(super) item: String,
    pub(super) items_of: String,
}

pub(super) struct VariantsView {
    pub(super) name: String,
    pub(super) decode: String,
    pub(super) encode: String,
    pub(super) arms: Vec<ArmView>,
    pub(super) fallback: Option<ArmView>,
}

#[derive(Clone)]
pub(super) struct ArmView {
    pub(super) docs: String,
    pub(super) ident: String,
    pub(super) ty: Option<String>,
    pub(super) is_boxed: bool,
    pub(super) pattern: String,
    pub(super) decode: &'static str,
    pub(super) code: u16,
    pub(super) mock_body: &'static str,
}

/// The type of the answer's body, and the function that reads it.
pub(super) fn output(operation: &Operation, variants: Option<&VariantsView>) -> (String, String) {
    match (&operation.output, variants) {
        (Output::Variants { name, .. }, Some(variants)) => (name.clone(), variants.decode.clone()),
        (Output::Empty | Output::Variants { .. }, _) => {
            ("()".to_owned(), "decode::empty".to_owned())
        }
        (
            Output::Body { kind: BodyKind::Binary, .. }
            | Output::Optional { kind: BodyKind::Binary, .. },
            _,
        ) => ("download".to_owned(), String::new()),
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

pub(super) fn variants(operation: &Operation) -> Option<VariantsView> {
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
    let function = name.to_snake_case();
    let function = function.strip_suffix("_output").unwrap_or(&function);
    let (decode, encode) = (format!("decode_{function}"), format!("encode_{function}"));
    Some(VariantsView { name: name.clone(), decode, encode, arms, fallback })
}

pub(super) fn paging_view(paging: &Paging) -> PagingView {
    let items_of = match &paging.items {
        None => "|page| page".to_owned(),
        Some(items) if items.required => format!("|page| page.{}", items.ident),
        Some(items) => format!("|page| page.{}.unwrap_or_default()", items.ident),
    };
    PagingView { item: paging.item.rust("models::"), items_of }
}

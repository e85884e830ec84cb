//! What a call gives: one type, one of several, or the pages of a list.

use crate::ir::{
    BodyKind, ItemsField, Operation, Output, Paging, Scope, Status, StreamFormat, Type,
};
use crate::names::snake_name;
use crate::render::rust;

/// The type of a list's items, and how a page gives them.
pub(super) struct PagingView {
    pub(super) item: String,
    pub(super) items_of: String,
}

pub(super) struct VariantsView {
    pub(super) name: String,
    pub(super) decode: String,
    pub(super) decode_signature: String,
    pub(super) encode: String,
    pub(super) encode_signature: String,
    pub(super) arms: Vec<ArmView>,
}

impl VariantsView {
    /// The variants in the order in which a status is compared: what takes any comes last.
    pub(super) fn by_status(&self) -> impl Iterator<Item = &ArmView> {
        let takes_any = |arm: &&ArmView| arm.pattern == ANY;
        let single = self.arms.iter().filter(move |arm| !takes_any(arm));
        single.chain(self.arms.iter().filter(takes_any))
    }

    /// Whether there are successes that the document does not name.
    pub(super) fn is_open(&self) -> bool {
        self.arms.iter().all(|arm| arm.pattern != ANY)
    }
}

/// The pattern of all statuses that no other one is for.
const ANY: &str = "_";

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

/// The type of the answer's body, with the functions that read it and that answer with it in a mock.
pub(super) struct OutputView {
    /// The macro of the runtime that declares the request.
    pub(super) declaration: &'static str,
    /// `download` for a body that is read piece by piece.
    pub(super) ty: String,
    /// None for a download.
    pub(super) decode: Option<String>,
    pub(super) mock_ty: String,
    pub(super) encode: String,
}

impl OutputView {
    fn new(ty: String, decode: &str, encode: &str) -> Self {
        Self {
            declaration: "request",
            mock_ty: ty.clone(),
            ty,
            decode: Some(format!("decode::{decode}")),
            encode: format!("crate::runtime::encode::{encode}"),
        }
    }
}

pub(super) fn output(operation: &Operation, variants: Option<&VariantsView>) -> OutputView {
    if let Some((format, item)) = operation.output.stream() {
        return stream(format, item);
    }
    match (&operation.output, variants) {
        (Output::Variants { name, .. }, Some(variants)) => OutputView {
            declaration: "request",
            ty: name.clone(),
            decode: Some(variants.decode.clone()),
            mock_ty: name.clone(),
            encode: variants.encode.clone(),
        },
        (Output::Empty | Output::Variants { .. }, _) => {
            OutputView::new("()".to_owned(), "empty", "empty")
        }
        (output, _) if output.is_download() => OutputView {
            declaration: "request",
            ty: "download".to_owned(),
            decode: None,
            mock_ty: "bytes::Bytes".to_owned(),
            encode: "crate::runtime::encode::bytes".to_owned(),
        },
        (Output::Optional { ty, kind: BodyKind::Json }, _) => {
            let ty = format!("Option<{}>", ty.rust(Scope::CRATE));
            OutputView::new(ty, "optional_model", "optional_json")
        }
        // An empty text is a text.
        (Output::Body { ty, kind } | Output::Optional { ty, kind }, _) => {
            let encode = match kind {
                BodyKind::Json => "json",
                BodyKind::Text | BodyKind::Form => "text",
                BodyKind::Binary | BodyKind::Multipart | BodyKind::Stream(_) => "bytes",
            };
            OutputView::new(ty.rust(Scope::CRATE), decode(*kind), encode)
        }
    }
}

/// The items of an answer that is given as it comes.
fn stream(format: StreamFormat, item: &Type) -> OutputView {
    let item = item.rust(Scope::CRATE);
    let (word, encode) = match format {
        StreamFormat::Events => ("events", "events"),
        StreamFormat::TextEvents => ("events", "text_events"),
        StreamFormat::JsonLines => ("json_lines", "json_lines"),
        StreamFormat::JsonSequence => ("json_sequence", "json_sequence"),
        StreamFormat::Parts => ("parts", "parts"),
        StreamFormat::TextParts => ("parts", "text_parts"),
        StreamFormat::BinaryParts => ("parts", "binary_parts"),
    };
    let decode = match format {
        StreamFormat::TextEvents => "event_data",
        StreamFormat::TextParts => "text",
        StreamFormat::BinaryParts => "bytes",
        _ => "model",
    };
    let given = match format {
        _ if format.has_events() => format!("crate::runtime::Event<{item}>"),
        _ if format.has_parts() => format!("crate::runtime::StreamedPart<{item}>"),
        _ => item.clone(),
    };
    OutputView {
        declaration: "stream_request",
        mock_ty: format!("crate::runtime::MockStream<{given}>"),
        ..OutputView::new(format!("{word} {item}"), decode, encode)
    }
}

fn decode(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "model",
        BodyKind::Text | BodyKind::Form => "text",
        BodyKind::Binary | BodyKind::Multipart | BodyKind::Stream(_) => "bytes",
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
                Type::Model(_) => format!("Box<{}>", ty.rust(Scope::CRATE)),
                ty => ty.rust(Scope::CRATE),
            }),
            pattern: match variant.status {
                Status::Code(code) => code.to_string(),
                // Only a success is decoded, and this is the range of all successes.
                Status::Range(_) | Status::Default => ANY.to_owned(),
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
                (_, BodyKind::Binary | BodyKind::Multipart | BodyKind::Stream(_)) => {
                    ".body(\"application/octet-stream\", body.clone())"
                }
            },
        })
        .collect();
    let function = snake_name(name);
    let function = function.strip_suffix("_output").unwrap_or(&function);
    let (decode, encode) = (format!("decode_{function}"), format!("encode_{function}"));
    let signature = |function: &str, parameter: String, gives: &str| {
        rust::call(0, &format!("fn {function}"), &[parameter], &format!(" -> {gives} {{"))
    };
    Some(VariantsView {
        name: name.clone(),
        decode_signature: signature(
            &decode,
            "answer: &Answer".to_owned(),
            &format!("crate::Result<{name}>"),
        ),
        decode,
        encode_signature: signature(
            &encode,
            format!("output: &{name}"),
            "crate::runtime::MockAnswer",
        ),
        encode,
        arms,
    })
}

pub(super) fn paging_view(paging: &Paging) -> PagingView {
    let items_of = format!("|page| {}", items_of("page", &paging.items));
    PagingView { item: paging.item.rust(Scope::CRATE), items_of }
}

/// The expression for what the fields lead to, without any item where one of them is absent.
fn items_of(root: &str, fields: &[ItemsField]) -> String {
    let Some((first, rest)) = fields.split_first() else { return root.to_owned() };
    let field = format!("{root}.{}", first.ident);
    match (first.required, rest) {
        (true, rest) => items_of(&field, rest),
        (false, []) => format!("{field}.unwrap_or_default()"),
        (false, rest) => {
            format!("{field}.map(|inner| {}).unwrap_or_default()", items_of("inner", rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_lead_to_the_items_of_a_page() {
        let field = |ident: &str, required| ItemsField { ident: ident.to_owned(), required };
        let of = |fields: &[ItemsField]| items_of("page", fields);
        assert_eq!(of(&[]), "page");
        assert_eq!(of(&[field("a", true)]), "page.a");
        assert_eq!(of(&[field("a", false)]), "page.a.unwrap_or_default()");
        assert_eq!(of(&[field("a", true), field("b", true)]), "page.a.b");
        assert_eq!(
            of(&[field("a", false), field("b", false)]),
            "page.a.map(|inner| inner.b.unwrap_or_default()).unwrap_or_default()"
        );
    }
}

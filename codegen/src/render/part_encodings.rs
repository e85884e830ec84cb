//! How the parts of a body are written that have no names.

use super::layout::Value;
use crate::ir::{Body, BodyKind, Operation, PartEncoding, PartEncodings};
use crate::names::snake_name;

/// The expression for the encodings of an operation's body.
pub fn expression(operation: &Operation, body: &Body) -> String {
    if body.parts.is_empty() { "PartEncodings::DEFAULT".to_owned() } else { name(operation) }
}

/// The constant for the encodings of an operation's body, where it says anything of them.
pub fn constant(operation: &Operation) -> Option<String> {
    let body = operation.body.as_ref()?;
    let has_parts = matches!(body.kind, BodyKind::Stream(format) if format.has_parts());
    if !has_parts || body.parts.is_empty() {
        return None;
    }
    let value = value(&body.parts);
    Some(value.print(0, &format!("const {}: PartEncodings = ", name(operation)), ";"))
}

/// The expression for encodings.
pub fn value(encodings: &PartEncodings) -> Value {
    if encodings.is_empty() {
        return Value::Source("PartEncodings::DEFAULT".to_owned());
    }
    let PartEncodings { prefix, item } = encodings;
    let fields = vec![
        ("prefix", Value::Array(prefix.iter().map(encoding).collect())),
        ("item", encoding(item)),
    ];
    Value::structure("PartEncodings", fields)
}

fn name(operation: &Operation) -> String {
    format!("{}_PARTS", snake_name(&operation.builder).to_uppercase())
}

fn encoding(encoding: &PartEncoding) -> Value {
    let fields = vec![
        ("media_type", Value::string(encoding.media_type.as_deref().unwrap_or_default())),
        ("headers", Value::pairs(&encoding.headers)),
    ];
    Value::structure("PartEncoding", fields)
}

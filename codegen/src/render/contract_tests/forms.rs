//! The fields of forms as the server has to see them (OpenAPI 3.1.1, section 4.8.15, Encoding Object).
//!
//! As in [`styles`], nothing is shared with the runtime's encoder.

use serde_json::Value;

use super::styles::{self, Pair};
use crate::ir::{Body, BodyKind, ModelKind, Sdk, Type};

/// The fields of a form, in the order in which they are sent; none where the standard leaves open how they are written.
/// In a body of several parts that is no `multipart/form-data`, fields have no names.
pub fn pairs(sdk: &Sdk, body: &Body, value: &Value) -> Option<Vec<Pair>> {
    let members = value.as_object()?;
    let order = order(sdk, &body.ty);
    let position = |name: &str| order.iter().position(|it| *it == name).unwrap_or(order.len());
    let mut names: Vec<&String> = members.keys().collect();
    names.sort_by_key(|name| position(name));
    let mut pairs = Vec::new();
    for name in names {
        pairs.extend(field(body, name, &members[name])?);
    }
    if body.kind == BodyKind::Multipart && !body.is_form_data() {
        pairs.iter_mut().for_each(|(name, _)| name.clear());
    }
    Some(pairs)
}

/// One field: a pair for each item of a list, and none for null.
fn field(body: &Body, name: &str, value: &Value) -> Option<Vec<Pair>> {
    let encoding = body.encoding(name);
    if value.is_null() {
        return Some(Vec::new());
    }
    if let Some(style) = encoding.and_then(|encoding| encoding.style) {
        return styles::query(name, style, value);
    }
    let is_json = encoding.is_some_and(|encoding| encoding.is_json());
    let write = |value: &Value| match styles::scalar(value) {
        Some(text) if !is_json => text,
        _ => styles::json(value),
    };
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let items = items.iter().filter(|item| !item.is_null());
    Some(items.map(|item| (name.to_owned(), write(item))).collect())
}

/// The properties of a form that its schema names, in their order.
fn order<'s>(sdk: &'s Sdk, ty: &Type) -> Vec<&'s str> {
    let Type::Model(name) = ty else { return Vec::new() };
    match sdk.model(name).map(|model| &model.kind) {
        Some(ModelKind::Object(object)) => {
            object.fields.iter().map(|field| field.name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

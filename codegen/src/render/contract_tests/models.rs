//! The tests of the models: which properties and values they know.
//!
//! A model keeps what it does not know, so that an answer comes back unchanged even where a
//! name is wrong. What it knows is therefore held against the schema by itself.

use std::collections::HashSet;

use super::samples::Samples;
use crate::ir::{Api, EnumValue, Model, ModelKind, Object, Sdk, Type};
use crate::render::layout::Value as Layout;
use crate::render::rust;

/// How far the body of a test is indented.
const INDENT: usize = 4;

/// The statements of the tests for one API.
pub struct ModelTests {
    /// One for each object.
    pub objects: Vec<String>,
    /// One for each enum.
    pub enums: Vec<String>,
}

/// The tests for each API, in the order of the APIs: each model is tested with the first API
/// that reaches it.
pub fn tests(sdk: &Sdk, samples: &Samples<'_>) -> Vec<ModelTests> {
    let mut seen = HashSet::new();
    sdk.apis.iter().map(|api| tests_of(api, samples, &mut seen)).collect()
}

fn tests_of<'a>(api: &'a Api, samples: &Samples<'a>, seen: &mut HashSet<&'a str>) -> ModelTests {
    let mut models = Vec::new();
    for operation in &api.operations {
        let bodies = operation.body.iter().map(|body| &body.ty);
        let responses = operation.responses.iter().filter_map(|response| response.ty.as_ref());
        for ty in bodies.chain(responses) {
            reach(ty, samples, seen, &mut models);
        }
    }
    let objects = models.iter().filter_map(|model| match &model.kind {
        ModelKind::Object(object) => Some(object_statement(model, object)),
        _ => None,
    });
    let enums = models.iter().filter_map(|model| match &model.kind {
        ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => {
            Some(enum_statement(model, values))
        }
        _ => None,
    });
    ModelTests { objects: objects.collect(), enums: enums.collect() }
}

/// Adds the models within a type that were not seen yet, each before what it is made of.
fn reach<'a>(
    ty: &'a Type,
    samples: &Samples<'a>,
    seen: &mut HashSet<&'a str>,
    models: &mut Vec<&'a Model>,
) {
    // A stack of types, the next one last: models may lead to each other in any number.
    let mut waiting = vec![ty];
    while let Some(ty) = waiting.pop() {
        let mut found = None;
        ty.visit_models(&mut |name| found = Some(name));
        let Some(name) = found else { continue };
        let Some(model) = samples.model(name).filter(|_| seen.insert(name)) else { continue };
        models.push(model);
        waiting.extend(types(&model.kind).into_iter().rev());
    }
}

/// The types that a model is made of.
fn types(kind: &ModelKind) -> Vec<&Type> {
    match kind {
        ModelKind::Alias(ty) => vec![ty],
        ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_) => Vec::new(),
        ModelKind::Object(object) => {
            object.fields.iter().map(|field| &field.ty).chain([&object.additional.ty]).collect()
        }
        ModelKind::TaggedUnion(union) => {
            union.variants.iter().map(|variant| &variant.ty).chain([&union.unknown]).collect()
        }
        ModelKind::UntaggedUnion(union) => {
            union.variants.iter().map(|variant| &variant.ty).collect()
        }
    }
}

fn object_statement(model: &Model, object: &Object) -> String {
    let names = Layout::strings(object.fields.iter().map(|field| &field.name));
    statement("has_properties", model, &names)
}

fn enum_statement(model: &Model, values: &[EnumValue]) -> String {
    let literal = |value: &EnumValue| match value.value.as_str() {
        Some(text) => Layout::string(text),
        None => Layout::Source(number(&value.value)),
    };
    statement("has_values", model, &Layout::Array(values.iter().map(literal).collect()))
}

/// An integer as a literal. One that is none of an `i32`, which literals are by default, says its type.
fn number(value: &serde_json::Value) -> String {
    let is_small = value.as_i64().is_none_or(|value| i32::try_from(value).is_ok());
    if is_small { value.to_string() } else { format!("{value}_i64") }
}

/// `function::<models::Model>(&[items]);`, broken as rustfmt would. It leaves room for the
/// closing `])`, and does not count the parenthesis after a function.
fn statement(function: &str, model: &Model, items: &Layout) -> String {
    let ty = format!("models::{}", model.name);
    let head = format!("{function}::<{ty}>");
    let hugging = items.print(INDENT, &format!("{head}("), ");");
    let first_line = hugging.lines().next().unwrap_or_default();
    if hugging.lines().count() == 1 || rust::fits(INDENT, &format!("{first_line}])")) {
        hugging
    } else if rust::fits(INDENT - 1, &head) {
        format!("{head}(\n        {}\n    );", items.print(INDENT + 4, "", ","))
    } else if rust::fits(INDENT + 4, &format!("{ty},")) {
        let items = items.print(INDENT, ">(", ");");
        format!("{function}::<\n        {ty},\n    {items}")
    } else {
        hugging
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::number;

    #[test]
    fn a_large_integer_says_its_type() {
        assert_eq!(number(&json!(-1)), "-1");
        assert_eq!(number(&json!(2_147_483_647)), "2147483647");
        assert_eq!(number(&json!(i64::MIN)), "-9223372036854775808_i64");
    }
}

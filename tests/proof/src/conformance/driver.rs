//! The program that reads each example into its type and writes it back.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::examples::Example;
use super::subtypes::Subtype;
use codegen::ir::Scope;
use codegen::output::Files;
use codegen::render;

/// The name of the generated crate that the driver depends on.
pub const CRATE: &str = "sdk-under-test";

#[derive(Template)]
#[template(path = "conformance/types.rs.jinja", escape = "none")]
struct TypesFile {
    types: Vec<String>,
    unions: Vec<String>,
}

/// What came of one value.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It was read, and this was written; of a union, in which variant it was.
    Written {
        /// What was written.
        json: Value,
        /// The variant, where it was asked for.
        variant: Option<String>,
    },
    /// It was not read.
    Refused {
        /// The place, as a JSONPath (RFC 9535).
        path: String,
        /// What is wrong there.
        message: String,
    },
    /// The program panicked.
    Panicked(String),
}

/// The files of a driver beside the crate in `../sdk`, and its questions, as JSON: first the examples
/// that have a type and then the subtypes. Its answers come in the same order.
///
/// # Errors
///
/// [`render::Error`], where a template is wrong.
pub fn files(
    examples: &[Example<'_>],
    subtypes: &[Subtype],
) -> Result<(Files, String), render::Error> {
    let typed: Vec<(String, &Value)> = examples
        .iter()
        .filter_map(|example| Some((example.ty.as_ref()?.rust(Scope::CRATE), example.value)))
        .collect();
    let unions: Vec<(String, &Value)> = subtypes
        .iter()
        .map(|subtype| (format!("models::{}", subtype.union), &subtype.value))
        .collect();
    let arms = |values: &[(String, &Value)]| -> Vec<String> {
        let types: BTreeSet<&String> = values.iter().map(|(ty, _)| ty).collect();
        types.into_iter().cloned().collect()
    };
    let file = TypesFile { types: arms(&typed), unions: arms(&unions) };
    let question = |(ty, value): &(String, &Value), is_union| json!({"ty": ty, "json": value, "is_union": is_union});
    let questions: Vec<Value> = typed
        .iter()
        .map(|typed| question(typed, false))
        .chain(unions.iter().map(|union| question(union, true)))
        .collect();
    let texts = [
        ("Cargo.toml", MANIFEST.to_owned()),
        ("src/lib.rs", LIBRARY.to_owned()),
        ("src/main.rs", MAIN.to_owned()),
        ("src/json_path.rs", JSON_PATH.to_owned()),
        ("src/types.rs", file.render()?),
    ];
    let files = BTreeMap::from(texts.map(|(path, text)| (path.to_owned(), text)));
    Ok((files, Value::from(questions).to_string()))
}

static MANIFEST: &str = include_str!("../../templates/conformance/manifest.toml");
static LIBRARY: &str = include_str!("../../templates/conformance/lib.rs");
static MAIN: &str = include_str!("../../templates/conformance/main.rs");
static JSON_PATH: &str = include_str!("../../../../templates/runtime/src/json_path.rs");

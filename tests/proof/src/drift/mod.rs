//! Proves that no answer is lost to a server that does not follow its document.
//!
//! Each valid example of an answer, or a value made of its schema where it has none, is changed once in each of seven ways, served by a local server,
//! and decoded by the client as it is shipped. It has to come back whole, and every change of a type
//! or of what has to be there has to be told.

mod changes;
mod report;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use askama::Template;
use codegen::diagnostics::Diagnostics;
use codegen::ir::{Scope, Type};
use codegen::output::Files;
use codegen::render::samples::Sender;
use codegen::{Options, render};
use fastrand::Rng;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::conformance::{self, Example, Owner, Program, Proven};
use crate::judge::schema_nodes::SchemaNode;
use crate::judge::schema_values;
use crate::validity::{Formats, Schemas, Validity};

pub use changes::Kind;
pub use report::{Line, Outcome, Report};

/// What is needed to ask an SDK, and to make sense of the answers.
#[derive(Debug)]
pub struct Prepared {
    /// The crate and the program that asks it.
    pub program: Program,
    served: Vec<Served>,
}

/// A changed example.
#[derive(Debug)]
struct Served {
    pointer: String,
    kind: Option<Kind>,
    at: String,
    ty: String,
    value: Value,
    /// What is wrong with it by its schema.
    fault: Option<String>,
}

/// What the client made of an answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Decoded { json: Value, deviations: Vec<String> },
    Refused(String),
}

#[derive(Template)]
#[template(path = "drift/types.rs.jinja", escape = "none")]
struct TypesFile {
    types: BTreeSet<String>,
}

/// Generates the crate of a document in memory, and the driver that asks it, with changes that are the
/// same for the same seed. All problems of the document go to `diagnostics`; there is nothing to ask
/// where any of them is an error.
pub fn prepare(options: &Options, seed: u64, diagnostics: &mut Diagnostics) -> Option<Prepared> {
    let proven = Proven::new(options, diagnostics)?;
    let mut schemas = proven.schemas(diagnostics)?;
    let served = served(&proven, &mut schemas, seed);
    Some(Prepared { program: proven.program(driver(&served), diagnostics)?, served })
}

/// As [`prepare`], with the examples of answers as they are, be they valid or not.
pub fn prepare_unchanged(options: &Options, diagnostics: &mut Diagnostics) -> Option<Prepared> {
    let proven = Proven::new(options, diagnostics)?;
    let shown = shown_answers(&proven).into_iter();
    let served = shown.map(|Shown { pointer, ty, value, .. }| Served {
        pointer,
        kind: None,
        at: String::new(),
        ty: ty.rust(Scope::CRATE),
        fault: None,
        value,
    });
    let served: Vec<Served> = served.collect();
    Some(Prepared { program: proven.program(driver(&served), diagnostics)?, served })
}

/// What a server may answer, and the type that it is decoded into.
struct Shown {
    pointer: String,
    schema: String,
    ty: Type,
    value: Value,
}

/// The examples of answers.
fn shown_answers(proven: &Proven) -> Vec<Shown> {
    let is_of_answer =
        |example: &Example<'_>| example.owner == Owner::Body && example.sender == Sender::Server;
    let examples = proven.parts().examples().into_iter().filter(is_of_answer);
    let shown = examples.filter_map(|example| {
        let (pointer, schema, value) = (example.pointer, example.schema, example.value.clone());
        Some(Shown { pointer, schema, ty: example.ty?, value })
    });
    shown.collect()
}

/// The valid examples of answers; for an answer without one, a valid value that is made of its schema.
fn valid_answers(proven: &Proven, schemas: &mut Schemas) -> Vec<Shown> {
    let mut is_valid = |schema: &str, value: &Value| {
        schemas.check(schema, Sender::Server, Formats::Asserted, value) == Validity::Valid
    };
    let parts = proven.parts();
    let mut valid = shown_answers(proven);
    valid.retain(|shown| is_valid(&shown.schema, &shown.value));
    let shown: HashSet<String> = valid.iter().map(|valid| valid.schema.clone()).collect();
    for (pointer, schema, ty) in parts.answers() {
        let Some(place) = SchemaNode::at(&proven.document, &schema) else { continue };
        if shown.contains(&schema) {
            continue;
        }
        let mut made = schema_values::values(&place, Sender::Server);
        if let Some(value) = made.find(|value| is_valid(&schema, value)) {
            valid.push(Shown { pointer, schema, ty, value });
        }
    }
    valid
}

/// Each valid answer, changed once in each way.
fn served(proven: &Proven, schemas: &mut Schemas, seed: u64) -> Vec<Served> {
    let mut random = Rng::with_seed(seed);
    let mut served = Vec::new();
    for Shown { pointer, schema, ty, value } in valid_answers(proven, schemas) {
        for kind in Kind::ALL {
            let Some((at, value)) = changes::change(&value, kind, &mut random) else { continue };
            served.push(Served {
                pointer: pointer.clone(),
                kind: Some(kind),
                at,
                ty: ty.rust(Scope::CRATE),
                fault: schemas.fault(&schema, Sender::Server, &value),
                value,
            });
        }
    }
    served
}

/// The files of the driver, and its questions, as JSON.
fn driver(served: &[Served]) -> Result<(Files, String), render::Error> {
    let types = TypesFile { types: served.iter().map(|served| served.ty.clone()).collect() };
    let texts = [
        ("Cargo.toml", include_str!("../../templates/drift/manifest.toml").to_owned()),
        ("src/lib.rs", include_str!("../../templates/drift/lib.rs").to_owned()),
        ("src/main.rs", include_str!("../../templates/drift/main.rs").to_owned()),
        ("src/server.rs", include_str!("../../templates/drift/server.rs").to_owned()),
        ("src/types.rs", types.render()?),
    ];
    let files = BTreeMap::from(texts.map(|(path, text)| (path.to_owned(), text)));
    let question = |served: &Served| json!({ "ty": served.ty, "json": served.value });
    let questions: Vec<Value> = served.iter().map(question).collect();
    Ok((files, Value::from(questions).to_string()))
}

impl Prepared {
    /// The report on the answers of the driver, which it writes to its standard output as JSON.
    ///
    /// # Errors
    ///
    /// The answers are not those of the driver.
    pub fn report(&self, answers: &[u8]) -> serde_json::Result<Report> {
        let answers = serde_json::from_slice::<Vec<Answer>>(answers)?;
        if answers.len() != self.served.len() {
            let message = format!("{} answers to {} questions", answers.len(), self.served.len());
            return Err(serde::de::Error::custom(message));
        }
        Ok(Report { lines: self.served.iter().zip(answers).map(line).collect() })
    }
}

fn line((served, answer): (&Served, Answer)) -> Line {
    let (outcome, deviations) = match answer {
        Answer::Refused(message) => (Outcome::Refused(message), Vec::new()),
        Answer::Decoded { json, deviations } => {
            let differences = conformance::differences(&served.value, &json);
            let texts: Vec<String> = differences.iter().map(ToString::to_string).collect();
            let is_whole = texts.is_empty();
            (if is_whole { Outcome::Whole } else { Outcome::Lost(texts.join("; ")) }, deviations)
        }
    };
    Line {
        pointer: served.pointer.clone(),
        ty: served.ty.clone(),
        kind: served.kind,
        at: served.at.clone(),
        value: served.value.clone(),
        fault: served.fault.clone(),
        deviations,
        outcome,
    }
}

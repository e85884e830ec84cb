//! Proves that an SDK loses nothing: every example of its document is read into its type and
//! written back.
//!
//! [`prepare`] makes the crate, and a driver beside it that asks the crate. Whoever runs the
//! driver hands its answers to [`Prepared::report`], which says of each example whether it is
//! valid by an independent judge, and what came of it; which schemas are typed as a raw value
//! although they say more; and whether each subtype came out as its variant.

mod difference;
mod driver;
mod examples;
mod report;
mod subtypes;
mod types;
mod untyped;
mod walk;

#[cfg(test)]
mod testing;

use serde_json::Value;

pub use difference::{Change, Difference, differences};
pub use driver::Answer;
pub use examples::{Example, Owner};
pub use report::{Line, LostSubtype, Outcome, Report};
pub use untyped::{SchemaUse, Typed};

pub use crate::validity::Validity;

use crate::validity::{Formats, Schemas};
use codegen::diagnostics::Diagnostics;
use codegen::document::structure::Object;
use codegen::ir::{Scope, Sdk, Type};
use codegen::output::Files;
use codegen::render::samples::Sender;
use codegen::{Options, render};
use subtypes::Subtype;
use types::Types;

/// What is needed to ask an SDK, and to make sense of the answers.
#[derive(Debug)]
pub struct Prepared {
    /// The crate and the program that asks it.
    pub program: Program,
    asked: Vec<Asked>,
    subtypes: Vec<Subtype>,
    typed: Vec<Typed>,
}

/// A crate, and the program beside it that asks it.
#[derive(Debug)]
pub struct Program {
    /// The files of the crate, for the folder `sdk`.
    pub sdk: Files,
    /// The files of the driver, for a folder beside it.
    pub driver: Files,
    /// What the driver is asked: the content of the file that it takes as its argument.
    pub questions: String,
}

/// An example, with all but its outcome.
#[derive(Debug)]
struct Asked {
    pointer: String,
    schema: String,
    owner: Owner,
    ty: Option<String>,
    verdict: Validity,
    value: Value,
}

/// A document, and the SDK that is made of it.
#[derive(Debug)]
pub struct Proven {
    /// The document, as it was read.
    pub document: Value,
    /// The SDK.
    pub sdk: Sdk,
}

impl Proven {
    /// Reads a document and lowers it, to the crate that drivers depend on. All its problems go to
    /// `diagnostics`; `None`: one of them is an error.
    pub fn new(options: &Options, diagnostics: &mut Diagnostics) -> Option<Self> {
        let options = Options { name: Some(driver::CRATE.to_owned()), ..options.clone() };
        let (read, mut config) = codegen::read(&options, diagnostics)?;
        // The driver names models of all tags.
        if let Some(config) = &mut config {
            config.features.default = None;
        }
        let document = read.root.clone();
        let sdk = codegen::lowered(read, config, &options, diagnostics)?;
        Some(Self { document, sdk })
    }

    /// The parts of the document, with the types of the SDK.
    pub fn parts(&self) -> Parts<'_> {
        Parts {
            proven: self,
            nodes: walk::nodes(&self.document),
            types: Types::new(&self.document, &self.sdk),
        }
    }

    /// The schemas of the document, for an independent judge. `None`, with the reason in `diagnostics`: it
    /// cannot read them.
    pub fn schemas(&self, diagnostics: &mut Diagnostics) -> Option<Schemas> {
        let read = Schemas::new(&self.document).map_err(|message| {
            diagnostics.error("not-judged", None, format!("the schemas cannot be read: {message}"));
        });
        read.ok()
    }

    /// The crate, beside the files of a driver and what it is asked. `None`, with the reason in
    /// `diagnostics`: a template is wrong.
    pub fn program(
        &self,
        driver: Result<(Files, String), render::Error>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Program> {
        let rendered = driver.and_then(|(driver, questions)| {
            let sdk = render::render(&self.sdk, false, None)?;
            Ok(Program { sdk, driver, questions })
        });
        rendered
            .map_err(|error| {
                diagnostics.error("not-rendered", None, error.to_string());
            })
            .ok()
    }
}

/// The parts of a document that hold examples or schemas, with the types of its SDK.
pub struct Parts<'a> {
    proven: &'a Proven,
    nodes: Vec<walk::Node<'a>>,
    types: Types<'a>,
}

impl<'a> Parts<'a> {
    /// The schemas of the JSON bodies of answers that have a type: the place of the media type, that of the
    /// schema, and the type.
    pub fn answers(&self) -> Vec<(String, String, Type)> {
        let is_answer = |node: &&walk::Node<'_>| {
            node.object == Object::MediaType
                && node.sender == Sender::Server
                && node.fields.contains_key("schema")
                && examples::is_json(&node.name())
        };
        let typed = self.nodes.iter().filter(is_answer).filter_map(|node| {
            let schema = node.field("schema");
            let ty = self.types.of_schema(&schema)?;
            Some((node.pointer.clone(), schema, ty))
        });
        typed.collect()
    }

    /// The examples of the document.
    pub fn examples(&self) -> Vec<Example<'a>> {
        examples::examples(&self.proven.document, &self.nodes, &self.types)
    }

    fn typed(&self) -> Vec<Typed> {
        untyped::typed(&self.proven.document, &self.nodes, &self.proven.sdk, &self.types)
    }
}

/// Generates the crate of a document in memory, and the driver that asks it. All problems of the
/// document go to `diagnostics`; there is nothing to ask where any of them is an error.
pub fn prepare(options: &Options, diagnostics: &mut Diagnostics) -> Option<Prepared> {
    let proven = Proven::new(options, diagnostics)?;
    let parts = proven.parts();
    let examples = parts.examples();
    let mut schemas = proven.schemas(diagnostics)?;
    let subtypes = subtypes::subtypes(&proven.sdk, &examples, &mut schemas);
    Some(Prepared {
        program: proven.program(driver::files(&examples, &subtypes), diagnostics)?,
        typed: parts.typed(),
        asked: judged(examples, &mut schemas),
        subtypes,
    })
}

fn judged(examples: Vec<Example<'_>>, schemas: &mut Schemas) -> Vec<Asked> {
    let asked = examples.into_iter().map(|example| Asked {
        verdict: schemas.check(&example.schema, example.sender, Formats::Asserted, example.value),
        ty: example.ty.map(|ty| ty.rust(Scope::CRATE)),
        value: example.value.clone(),
        pointer: example.pointer,
        schema: example.schema,
        owner: example.owner,
    });
    asked.collect()
}

impl Prepared {
    /// The report on the answers of the driver, which it writes to its standard output as JSON.
    ///
    /// # Errors
    ///
    /// The answers are not those of the driver.
    pub fn report(&self, answers: &[u8]) -> serde_json::Result<Report> {
        let mut answers = serde_json::from_slice::<Vec<Answer>>(answers)?.into_iter();
        let examples = self.asked.iter().map(|asked| {
            let answer = if asked.ty.is_some() { answers.next() } else { None };
            let outcome = answer.map_or(Outcome::Untyped, |answer| outcome(&asked.value, answer));
            Line {
                pointer: asked.pointer.clone(),
                schema: asked.schema.clone(),
                owner: asked.owner,
                ty: asked.ty.clone(),
                verdict: asked.verdict.clone(),
                detail: outcome.to_string(),
                outcome,
            }
        });
        let examples = examples.collect();
        let lost_subtypes = self.subtypes.iter().zip(answers);
        Ok(Report {
            examples,
            typed: self.typed.clone(),
            subtypes: self.subtypes.len(),
            subtype_examples: self.subtypes.iter().filter(|subtype| subtype.is_example).count(),
            lost_subtypes: lost_subtypes
                .filter_map(|(subtype, answer)| lost_subtype(subtype, answer))
                .collect(),
        })
    }
}

fn outcome(value: &Value, answer: Answer) -> Outcome {
    match answer {
        Answer::Refused { path, message } => Outcome::Refused { path, message },
        Answer::Panicked(message) => Outcome::Panicked(message),
        Answer::Written { json, .. } => match difference::differences(value, &json) {
            none if none.is_empty() => Outcome::Exact,
            some => Outcome::Lossy(some),
        },
    }
}

/// What is wrong with a subtype's answer, where anything is.
fn lost_subtype(subtype: &Subtype, answer: Answer) -> Option<LostSubtype> {
    let variant = match &answer {
        Answer::Written { variant, .. } => variant.clone().unwrap_or_default(),
        _ => subtype.variant.clone(),
    };
    let problem = match outcome(&subtype.value, answer) {
        Outcome::Exact if variant == subtype.variant => return None,
        Outcome::Exact => format!("came out as `{variant}`, not as `{}`", subtype.variant),
        other => format!("{}: {other}", other.as_str()),
    };
    Some(LostSubtype {
        pointer: subtype.pointer.clone(),
        tag: subtype.tag.clone(),
        problem,
        is_example: subtype.is_example,
    })
}

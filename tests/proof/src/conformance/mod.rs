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
mod raw;
mod report;
mod subtypes;
mod types;
mod walk;

#[cfg(test)]
mod testing;

use serde_json::Value;

pub use difference::{Change, Difference, differences};
pub use driver::{Answer, CRATE};
pub use examples::{Example, Owner};
pub use raw::{Place, Typed};
pub use report::{Line, Outcome, Report, Stray};

pub use crate::validity::Validity;

use crate::validity::{Formats, Schemas};
use codegen::config::Config;
use codegen::diagnostics::Diagnostics;
use codegen::document::pointer;
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
    /// The files of the crate, for the folder `sdk`.
    pub sdk: Files,
    /// The files of the driver, for a folder beside it.
    pub driver: Files,
    /// What the driver is asked: the content of the file that it takes as its argument.
    pub questions: String,
    asked: Vec<Asked>,
    subtypes: Vec<Subtype>,
    typed: Vec<Typed>,
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
    /// How it is rendered.
    pub config: Config,
}

impl Proven {
    /// Reads a document and lowers it. All its problems go to `diagnostics`; `None`: one of them is an
    /// error.
    pub fn new(options: &Options, diagnostics: &mut Diagnostics) -> Option<Self> {
        let (read, mut config) = codegen::read(options, diagnostics)?;
        // The driver names models of all tags.
        if let Some(config) = &mut config {
            config.features.default = None;
        }
        let document = read.root.clone();
        let (sdk, config) = codegen::lowered(read, config, options, diagnostics)?;
        Some(Self { document, sdk, config })
    }

    /// The schemas of the JSON bodies of answers that have a type: the place of the media type, that of the
    /// schema, and the type.
    pub fn answers(&self) -> Vec<(String, String, Type)> {
        let types = Types::new(&self.document, &self.sdk);
        let nodes = walk::nodes(&self.document);
        let is_answer = |node: &&walk::Node<'_>| {
            let name = pointer::tokens(&node.pointer).last().unwrap_or_default();
            node.object == Object::MediaType
                && node.sender == Sender::Server
                && node.fields.contains_key("schema")
                && examples::is_json(&name)
        };
        let typed = nodes.iter().filter(is_answer).filter_map(|node| {
            let schema = node.field("schema");
            let ty = types.of_schema(&schema)?;
            Some((node.pointer.clone(), schema, ty))
        });
        typed.collect()
    }

    /// The examples of the document, with the types of the SDK.
    pub fn examples(&self) -> Vec<Example<'_>> {
        let types = Types::new(&self.document, &self.sdk);
        examples::examples(&self.document, &walk::nodes(&self.document), &types)
    }
}

/// Generates the crate of a document in memory, and the driver that asks it. All problems of the
/// document go to `diagnostics`; there is nothing to ask where any of them is an error.
pub fn prepare(options: &Options, diagnostics: &mut Diagnostics) -> Option<Prepared> {
    let options = Options { name: Some(driver::CRATE.to_owned()), ..options.clone() };
    let proven = Proven::new(&options, diagnostics)?;
    let Proven { document, sdk, config } = &proven;
    let examples = proven.examples();
    let mut schemas = match Schemas::new(document) {
        Ok(schemas) => schemas,
        Err(message) => {
            diagnostics.error("not-judged", None, format!("the schemas cannot be read: {message}"));
            return None;
        }
    };
    let subtypes = subtypes::subtypes(sdk, &examples, &mut schemas);
    let files = driver::files(&examples, &subtypes)
        .and_then(|driver| Ok((render::render(sdk, config, false, None)?, driver)));
    let (sdk_files, (driver, questions)) = match files {
        Ok(files) => files,
        Err(error) => {
            diagnostics.error("not-rendered", None, error.to_string());
            return None;
        }
    };
    Some(Prepared {
        sdk: sdk_files,
        driver,
        questions,
        typed: raw::typed(document, &walk::nodes(document), sdk, &Types::new(document, sdk)),
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
        let strays = self.subtypes.iter().zip(answers);
        Ok(Report {
            examples,
            typed: self.typed.clone(),
            subtypes: self.subtypes.len(),
            subtype_examples: self.subtypes.iter().filter(|subtype| subtype.is_example).count(),
            strays: strays.filter_map(|(subtype, answer)| stray(subtype, answer)).collect(),
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
fn stray(subtype: &Subtype, answer: Answer) -> Option<Stray> {
    let variant = match &answer {
        Answer::Written { variant, .. } => variant.clone().unwrap_or_default(),
        _ => subtype.variant.clone(),
    };
    let problem = match outcome(&subtype.value, answer) {
        Outcome::Exact if variant == subtype.variant => return None,
        Outcome::Exact => format!("came out as `{variant}`, not as `{}`", subtype.variant),
        other => format!("{}: {other}", other.as_str()),
    };
    Some(Stray {
        pointer: subtype.pointer.clone(),
        tag: subtype.tag.clone(),
        problem,
        is_example: subtype.is_example,
    })
}

//! The values that the driver calls with: they have to be what their schemas say, since the judge
//! holds every one of them against its schema.

use serde_json::Value;

use super::schema_nodes::SchemaNode;
use super::schema_values;
use crate::validity::{Formats, Schemas};
use codegen::ir::{BodyKind, Example, Operation, Sdk, Type};
use codegen::render::samples::{Samples, Sender};

/// Gives each parameter and body of an SDK one example that is valid: one of the document's, or else
/// one made of its type, or else one made of its schema. Where none is found, the examples stay.
///
/// Says of each operation, in their order, for what of it there is no valid value.
pub fn choose(sdk: &mut Sdk, document: &Value, schemas: &mut Schemas) -> Vec<Vec<Missing>> {
    let chosen: Vec<Choice> = {
        let samples = Samples::new(sdk);
        let mut chooser = Chooser { document, schemas, samples };
        let operations = sdk.apis.iter().flat_map(|api| &api.operations);
        operations.map(|operation| chooser.operation(operation)).collect()
    };
    let operations = sdk.apis.iter_mut().flat_map(|api| &mut api.operations);
    let take = |(operation, choice): (&mut Operation, Choice)| {
        for (index, value) in choice.parameters {
            operation.parameters[index].example = Some(value);
        }
        if let (Some(body), Some(value)) = (&mut operation.body, choice.body) {
            body.examples = vec![Example { name: None, summary: None, value }];
        }
        choice.missing
    };
    operations.zip(chosen).map(take).collect()
}

/// A parameter or body for which no valid value is found.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The parameter, or `the body`.
    pub name: String,
    /// Whether it is called with an example of the document all the same.
    pub has_example: bool,
}

/// The values for one operation.
#[derive(Default)]
struct Choice {
    /// Those of parameters, by their index.
    parameters: Vec<(usize, Value)>,
    /// That of the body.
    body: Option<Value>,
    /// What there is no valid value for.
    missing: Vec<Missing>,
}

struct Chooser<'a> {
    document: &'a Value,
    schemas: &'a mut Schemas,
    samples: Samples<'a>,
}

impl Chooser<'_> {
    fn operation(&mut self, operation: &Operation) -> Choice {
        let mut choice = Choice::default();
        let Some(place) = SchemaNode::operation(self.document, operation) else { return choice };
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let schema = place.parameter(&parameter.name, parameter.location);
            let examples = parameter.example.iter().cloned().collect();
            match schema.map(|schema| self.value(&schema, &parameter.ty, examples)) {
                Some(Some(value)) => choice.parameters.push((index, value)),
                Some(None) => {
                    let mut examples = parameter.example.iter();
                    choice.missing.push(Missing {
                        name: parameter.name.clone(),
                        has_example: examples.any(|it| self.samples.fits(&parameter.ty, it)),
                    });
                }
                None => {}
            }
        }
        if let Some(body) = &operation.body
            && matches!(body.kind, BodyKind::Json | BodyKind::Form | BodyKind::Multipart)
        {
            let media_type = place.request_body(&body.media_type);
            let schema = media_type.and_then(|media_type| media_type.child("schema"));
            let examples = body.examples.iter().map(|example| example.value.clone()).collect();
            match schema.map(|schema| self.value(&schema, &body.ty, examples)) {
                Some(None) => {
                    let mut examples = body.examples.iter();
                    choice.missing.push(Missing {
                        name: "the body".to_owned(),
                        has_example: examples.any(|it| self.samples.fits(&body.ty, &it.value)),
                    });
                }
                found => choice.body = found.flatten(),
            }
        }
        choice
    }

    /// The first value that both the schema and the type take.
    fn value(&mut self, schema: &SchemaNode<'_>, ty: &Type, examples: Vec<Value>) -> Option<Value> {
        let made = self.samples.value(ty, Sender::Client);
        let by_schema = schema_values::values(schema, Sender::Client);
        let Self { schemas, samples, .. } = self;
        let mut check = |value: &Value| {
            schemas.check(&schema.pointer, Sender::Client, Formats::Asserted, value)
        };
        let mut candidates = examples.into_iter().chain(made).chain(by_schema);
        candidates.find(|value| samples.fits(ty, value) && check(value).problem().is_none())
    }
}

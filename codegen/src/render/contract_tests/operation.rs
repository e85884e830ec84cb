//! The test of one operation.

use super::arguments::{Argument, Arguments, INDENT};
use super::chain::Chain;
use super::fixtures::Fixtures;
use super::request::Expected;
use super::{closure, credentials};
use crate::ir::{
    Api, Body, BodyKind, Example, Operation, Output, Parameter, Scope, Sdk, StreamFormat, Type,
};
use crate::render::layout::Value as Layout;
use crate::render::{markdown, rust};

/// A test as its template shows it.
pub struct TestView {
    /// The doc comment.
    pub docs: String,
    /// The function's signature, its opening brace included.
    pub signature: String,
    /// Whether it uses what the document advises against.
    pub is_deprecated: bool,
    /// Whether it reads values before the call.
    pub is_fallible: bool,
    /// The statements up to the call.
    pub statements: Vec<String>,
    /// The fields of the contract.
    pub fields: Vec<String>,
    /// The type of the answer.
    pub output: String,
    /// The type that the test imports, where the answer is one of several.
    pub import: Option<String>,
    /// Whether the module `models` is needed.
    pub names_models: bool,
}

/// The call of an operation.
pub struct Call<'o> {
    /// The statements that read its values, and the one that makes the closure `call`.
    pub statements: Vec<String>,
    /// Whether it reads values before the call.
    pub is_fallible: bool,
    /// Whether the module `models` is needed.
    pub names_models: bool,
    /// Whether it uses what the document advises against.
    pub is_deprecated: bool,
    /// The parameters with their values.
    pub parameters: Vec<(&'o Parameter, Argument)>,
    /// The body with its value.
    pub body: Option<(&'o Body, Argument)>,
}

/// Writes the tests of one API.
pub struct Tests<'a> {
    /// The SDK.
    pub sdk: &'a Sdk,
    /// The API.
    pub api: &'a Api,
    /// What operations are called with.
    pub arguments: Arguments<'a>,
    /// The JSON texts.
    pub fixtures: Fixtures,
    /// What of the document is in no test, and why.
    pub left_out: Vec<String>,
}

impl Tests<'_> {
    /// Notes what is left out of the test of an operation.
    pub fn leave_out(&mut self, operation: &Operation, what: &str) {
        self.left_out.push(format!("- {}: {what}", markdown::code(&operation.id)));
    }

    /// The test of an operation, or why there is none.
    pub fn test(&mut self, operation: &Operation) -> Result<TestView, String> {
        let authorization = credentials::authorization(self.sdk, operation)
            .ok_or("it needs a security scheme that the document does not describe")?;
        let call = self.call(operation)?;
        let expected = self.expected(operation, &call, authorization)?;
        let body = self.body_expression(operation, &expected.body);
        let answers = self.answers(operation)?;
        let (refusals, refusals_name_models) = self.refusals(operation);
        let fields = Fields { body, answers, refusals };
        let output_names_models = match &operation.output {
            Output::Body { kind: BodyKind::Json, ty }
            | Output::Optional { kind: BodyKind::Json, ty } => ty.names_models(),
            output => output.stream().is_some_and(|(_, item)| item.names_models()),
        };
        Ok(TestView {
            docs: docs(operation),
            signature: signature(&operation.method, call.is_fallible),
            is_deprecated: call.is_deprecated,
            is_fallible: call.is_fallible,
            statements: call.statements,
            fields: fields.print(operation, &expected),
            output: self.output(&operation.output),
            import: self.import(&operation.output),
            names_models: call.names_models || refusals_name_models || output_names_models,
        })
    }

    /// The call of an operation with values for all that it takes, or why there is none.
    pub fn call<'o>(&mut self, operation: &'o Operation) -> Result<Call<'o>, String> {
        let parameters = self.parameters(operation)?;
        let body = match &operation.body {
            Some(body) => {
                let all = match body.kind {
                    BodyKind::Stream(_) => Type::Array(Box::new(body.ty.clone())),
                    _ => body.ty.clone(),
                };
                for example in self.unfit(&all, &body.examples) {
                    let what = format!("{example} of its body is not as the schema says");
                    self.leave_out(operation, &what);
                }
                let argument = self.arguments.body(operation, &mut self.fixtures);
                Some((body, argument.ok_or("no value can be made for its body")?))
            }
            None => None,
        };
        let chain = self.chain(operation, &parameters, body.as_ref());
        let arguments = parameters.iter().map(|(_, argument)| argument);
        let arguments: Vec<&Argument> =
            arguments.chain(body.as_ref().map(|(_, argument)| argument)).collect();
        let is_fallible = arguments.iter().any(|argument| argument.is_fallible);
        let names_models = arguments.iter().any(|argument| argument.names_models);
        let mut statements: Vec<String> =
            arguments.iter().filter_map(|argument| argument.statement.clone()).collect();
        statements.push(closure::call(&operation.output, &chain));
        let is_deprecated = operation.deprecated
            || parameters.iter().any(|(parameter, _)| parameter.deprecated && !parameter.required);
        Ok(Call { statements, is_fallible, names_models, is_deprecated, parameters, body })
    }

    fn parameters<'o>(
        &mut self,
        operation: &'o Operation,
    ) -> Result<Vec<(&'o Parameter, Argument)>, String> {
        let mut parameters = Vec::new();
        for parameter in &operation.parameters {
            let argument = self.arguments.parameter(operation, parameter, &mut self.fixtures);
            match argument {
                Some(argument) => parameters.push((parameter, argument)),
                None if parameter.required => {
                    return Err(format!(
                        "no value can be made for {}",
                        markdown::code(&parameter.name)
                    ));
                }
                None => {
                    let what =
                        format!("no value can be made for {}", markdown::code(&parameter.name));
                    self.leave_out(operation, &what);
                }
            }
        }
        Ok(parameters)
    }

    /// The call of the operation's method with its setters.
    fn chain(
        &self,
        operation: &Operation,
        parameters: &[(&Parameter, Argument)],
        body: Option<&(&Body, Argument)>,
    ) -> Chain {
        let expression = |argument: &Argument| argument.expression.clone();
        let required = parameters.iter().filter(|(parameter, _)| parameter.required);
        let mut arguments: Vec<String> =
            required.map(|(_, argument)| expression(argument)).collect();
        let optional = parameters.iter().filter(|(parameter, _)| !parameter.required);
        let mut setters: Vec<(String, Vec<String>)> = optional
            .map(|(parameter, argument)| (parameter.ident.clone(), vec![expression(argument)]))
            .collect();
        match body {
            Some((body, argument)) if body.required => arguments.push(expression(argument)),
            Some((_, argument)) => setters.push(("body".to_owned(), vec![expression(argument)])),
            None => {}
        }
        let mut calls =
            vec![(self.api.method.clone(), Vec::new()), (operation.method.clone(), arguments)];
        calls.extend(setters);
        if operation.reconnects {
            // The server of a test answers once.
            calls.push(("reconnect".to_owned(), vec!["false".to_owned()]));
        }
        Chain { root: "client", calls }
    }

    /// The examples that are not of their type, as the notes name them.
    pub fn unfit(&self, ty: &Type, examples: &[Example]) -> Vec<String> {
        let unfit = examples.iter().filter(|it| !self.arguments.samples.fits(ty, &it.value));
        let name = |example: &Example| match &example.name {
            Some(name) => format!("the example {}", markdown::code(name)),
            None => "the example".to_owned(),
        };
        unfit.map(name).collect()
    }

    /// The type of the answer, as the test writes it.
    fn output(&self, output: &Output) -> String {
        match output {
            Output::Empty => "()".to_owned(),
            Output::Variants { .. } => "serde_json::Value".to_owned(),
            Output::Body { kind: BodyKind::Json, ty } => self.qualified(ty),
            Output::Optional { kind: BodyKind::Json, ty } => {
                format!("Option<{}>", self.qualified(ty))
            }
            Output::Body { .. } | Output::Optional { .. } => match output.stream() {
                Some((StreamFormat::BinaryParts, _)) => "Vec<String>".to_owned(),
                Some((_, item)) => format!("Vec<{}>", self.qualified(item)),
                None => "String".to_owned(),
            },
        }
    }

    /// A type as it is written outside of the crate.
    pub fn qualified(&self, ty: &Type) -> String {
        ty.rust(Scope::outside(self.arguments.library))
    }

    /// The type of the answer that the test has to import, where it is one of several.
    pub fn import(&self, output: &Output) -> Option<String> {
        let Output::Variants { name, .. } = output else { return None };
        Some(format!("use {}::api::{}::{name};", self.arguments.library, self.api.module_path()))
    }
}

fn signature(method: &str, is_fallible: bool) -> String {
    if !is_fallible {
        return format!("fn {method}() {{");
    }
    let gives = "-> Result<(), BoxError>";
    let line = format!("fn {method}() {gives}");
    if rust::fits(0, &format!("{line} {{")) {
        format!("{line} {{")
    } else if line.len() <= rust::WIDTH + 1 {
        // rustfmt does not count the brace.
        format!("{line}\n{{")
    } else {
        format!("fn {method}()\n{gives} {{")
    }
}

fn docs(operation: &Operation) -> String {
    rust::doc(&[markdown::code(&format!("{} {}", operation.http_method, operation.path))], 0)
}

/// The fields of a contract that are no part of the request's head.
struct Fields {
    body: String,
    answers: Vec<Layout>,
    refusals: Vec<Layout>,
}

impl Fields {
    fn print(self, operation: &Operation, expected: &Expected) -> Vec<String> {
        [
            ("method", Layout::string(operation.http_method.as_str())),
            ("path", Layout::string(&expected.path)),
            ("query", Layout::pairs(&expected.query)),
            ("headers", Layout::pairs(&expected.headers)),
            ("body", Layout::Source(self.body)),
            ("answers", Layout::Array(self.answers)),
            ("refusals", Layout::Array(self.refusals)),
        ]
        .into_iter()
        .map(|(name, value)| value.print(INDENT + 4, &format!("{name}: "), ","))
        .collect()
    }
}

//! Examples in Rust, made of the document's examples.

mod expression;
mod scalar;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::HashMap;

use expression::from_json;

use crate::ir::{Api, Body, BodyKind, Model, Operation, Output, Parameter, Scope, Sdk, Type};
use crate::names::{is_keyword, snake_name};

/// Writes examples against one SDK.
pub struct Examples<'a> {
    models: HashMap<&'a str, &'a Model>,
    library: String,
    /// How many types may still be compared with the value that is written.
    looks_left: Cell<usize>,
    /// Whether the expressions since this was last unset name a model.
    names_models: Cell<bool>,
}

/// How an operation is called.
#[derive(Clone, Debug, PartialEq)]
pub struct CallExample {
    /// What has to stand before the call: the request body.
    pub preparation: Option<String>,
    /// The call up to the request builder, such as `client.user().get_user("00u1")`.
    pub call: String,
    /// The name of a variable for what the call gives; none where it gives nothing.
    pub variable: Option<String>,
    /// Whether the module `models` is needed.
    pub names_models: bool,
}

impl<'a> Examples<'a> {
    /// Examples against the models of an SDK.
    pub fn new(sdk: &'a Sdk) -> Self {
        let models = sdk.models.iter().map(|model| (model.name.as_str(), model)).collect();
        Self {
            models,
            library: sdk.package.library(),
            looks_left: Cell::new(0),
            names_models: Cell::new(false),
        }
    }

    /// The call of an operation with the document's example values, or with minimal ones.
    pub fn call(&self, api: &Api, operation: &Operation) -> CallExample {
        self.names_models.set(false);
        let mut arguments: Vec<String> = operation
            .required_parameters()
            .into_iter()
            .map(|parameter| self.argument(parameter))
            .collect();
        let mut preparation = None;
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            let (prepared, argument) = self.body(body);
            preparation = prepared;
            arguments.push(argument);
        }
        let call =
            format!("client.{}().{}({})", api.method, operation.method, arguments.join(", "));
        let names_models = self.names_models.get();
        CallExample { preparation, call, variable: variable(operation), names_models }
    }

    fn argument(&self, parameter: &Parameter) -> String {
        let example = parameter.example.as_ref();
        match &parameter.ty {
            Type::String => self.loose(&Type::String, example),
            Type::Array(item) if **item == Type::String => {
                format!("[{}]", self.items(item, example, false).join(", "))
            }
            Type::Array(item) => format!("&[{}]", self.items(item, example, true).join(", ")),
            ty if is_passed_by_value(ty) => self.exact(ty, example),
            ty => format!("&{}", self.exact(ty, example)),
        }
    }

    /// What makes the body, and the argument that passes it.
    fn body(&self, body: &Body) -> (Option<String>, String) {
        let example = body.examples.first().map(|example| &example.value);
        match body.kind {
            BodyKind::Text => (None, self.loose(&Type::String, example)),
            BodyKind::Binary => (None, "\"content\"".to_owned()),
            BodyKind::Stream(_) => {
                let example = example.filter(|it| it.is_array());
                (None, format!("vec![{}]", self.items(&body.ty, example, true).join(", ")))
            }
            BodyKind::Multipart if !self.is_form(&body.ty) => {
                (None, format!("{}::Multipart::new()", self.library))
            }
            _ => match &body.ty {
                Type::Array(item) => {
                    let items = self.items(item, example, true).join(", ");
                    (Some(format!("let body = [{items}];")), "&body".to_owned())
                }
                ty => {
                    let statement = match self.typed(ty, example, true) {
                        Some(value) => format!("let body = {value};"),
                        None => {
                            self.names_models.set(self.names_models.get() || ty.names_models());
                            let annotation = ty.rust(Scope::outside(&self.library));
                            format!("let body: {annotation} = {};", from_json(example))
                        }
                    };
                    (Some(statement), "&body".to_owned())
                }
            },
        }
    }
}

/// Whether a parameter of that type is passed by value.
pub fn is_passed_by_value(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::UInt64
            | Type::Double
            | Type::Date
            | Type::DateTime
    )
}

/// A name for what an operation gives.
fn variable(operation: &Operation) -> Option<String> {
    if let Some((format, _)) = operation.output.stream() {
        let (item, _) = format.example();
        return Some(format!("{item}s"));
    }
    let ty = match &operation.output {
        Output::Empty => return None,
        Output::Variants { .. } => return Some("answer".to_owned()),
        Output::Body { ty, .. } | Output::Optional { ty, .. } => ty,
    };
    let name = match ty {
        Type::Model(name) => snake_name(name),
        Type::Array(_) => "items".to_owned(),
        Type::Binary => "download".to_owned(),
        _ => "answer".to_owned(),
    };
    let is_taken = name == "client" || is_keyword(&name);
    Some(if is_taken { "answer".to_owned() } else { name })
}

/// Lays statements out as prettyplease does; as they are, where they are no Rust.
pub fn pretty(statements: &str) -> Vec<String> {
    let function = format!("async fn example() {{ {statements} }}");
    let Ok(file) = syn::parse_file(&function) else {
        return statements.lines().map(str::to_owned).collect();
    };
    let text = prettyplease::unparse(&file);
    let lines: Vec<&str> = text.lines().collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect()
}

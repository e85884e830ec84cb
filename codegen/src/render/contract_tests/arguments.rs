//! The arguments of a call: in Rust, and as JSON for what the server has to see.

use serde_json::{Number, Value};

use super::fixtures::Fixtures;
use super::samples::{Samples, Sender, date_parts};
use crate::ir::{Body, BodyKind, Location, ModelKind, Operation, Parameter, Scope, Type};
use crate::render::example::is_passed_by_value;
use crate::render::{multipart, rust};

/// How far the body of a test is indented.
pub const INDENT: usize = 4;

/// How long a list gets within a call.
const MAX_LITERAL: usize = 60;

/// A value for a parameter or body.
pub struct Argument {
    /// The statement that has to stand before the call; none where the value is a literal.
    pub statement: Option<String>,
    /// The expression that the method takes.
    pub expression: String,
    /// The value on the wire.
    pub value: Value,
    /// Whether the module `models` is needed.
    pub names_models: bool,
    /// Whether the statement can fail.
    pub is_fallible: bool,
}

/// Makes arguments for the operations of one API.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    /// Makes values.
    pub samples: &'a Samples<'a>,
    /// The crate's name in Rust.
    pub library: &'a str,
}

impl Arguments<'_> {
    /// A value for a parameter: the document's example, or else one made of the schema.
    pub fn parameter(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        fixtures: &mut Fixtures,
    ) -> Option<Argument> {
        let ty = &parameter.ty;
        let example = parameter.example.as_ref().and_then(|example| self.adapted(ty, example));
        let value = example
            .filter(|value| is_usable(parameter, value))
            .or_else(|| self.samples.value(ty, Sender::Client))?;
        let ident = &parameter.ident;
        if let Some(literal) = self.literal(ty, &value) {
            let by_reference = match ty {
                Type::Array(item) => **item != Type::String,
                ty => !matches!(ty, Type::String) && !is_passed_by_value(ty),
            };
            let reference = if by_reference { "&" } else { "" };
            let items = self.items(ty, &value).filter(|_| literal.len() > MAX_LITERAL);
            let statement = items.map(|items| list_statement(ident, &items));
            let expression = if statement.is_some() { ident } else { &literal };
            return Some(Argument {
                expression: format!("{reference}{expression}"),
                statement,
                value,
                names_models: self.is_of_models(ty),
                is_fallible: false,
            });
        }
        let wanted = format!("{}_{}", operation.method, parameter.ident);
        let statement = self.read(ident, ty, &value, &wanted, fixtures);
        let reference = if is_passed_by_value(ty) { "" } else { "&" };
        let expression = format!("{reference}{ident}");
        Some(Argument {
            statement: Some(statement),
            expression,
            value,
            names_models: ty.names_models(),
            is_fallible: true,
        })
    }

    /// A value for the request body, under the same conditions.
    pub fn body(&self, operation: &Operation, fixtures: &mut Fixtures) -> Option<Argument> {
        let body = operation.body.as_ref()?;
        let examples = || body.examples.iter().map(|example| &example.value);
        let literal = |text: &str| {
            let expression = rust::string(text);
            constant(expression, Value::from(text))
        };
        match body.kind {
            BodyKind::Text => {
                return Some(literal(examples().find_map(Value::as_str).unwrap_or("text")));
            }
            BodyKind::Binary => return Some(literal("content")),
            BodyKind::Stream(_) => return self.stream_body(operation, body, fixtures),
            BodyKind::Multipart
                if !multipart::is_model(&|name| self.samples.model(name), &body.ty) =>
            {
                let expression =
                    format!("{}::Multipart::new().field(\"name\", &\"value\")", self.library);
                let value = serde_json::json!({ "name": "value" });
                return Some(constant(expression, value));
            }
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart => {}
        }
        let chosen =
            body.examples.iter().find(|example| self.samples.fits(&body.ty, &example.value));
        let (value, name) = match chosen {
            Some(example) => (example.value.clone(), example.name.clone()),
            None => (self.samples.value(&body.ty, Sender::Client)?, None),
        };
        let wanted = name.unwrap_or_else(|| format!("{}_body", operation.method));
        let statement = self.read("body", &body.ty, &value, &wanted, fixtures);
        Some(Argument {
            statement: Some(statement),
            expression: "&body".to_owned(),
            value,
            names_models: body.ty.names_models(),
            is_fallible: true,
        })
    }

    /// One item for a request body that flows.
    fn stream_body(
        &self,
        operation: &Operation,
        body: &Body,
        fixtures: &mut Fixtures,
    ) -> Option<Argument> {
        let items = body.examples.iter().filter_map(|example| example.value.as_array()).flatten();
        let mut fitting = items.filter(|item| self.samples.fits(&body.ty, item)).cloned();
        let value = fitting.next().or_else(|| self.samples.value(&body.ty, Sender::Client))?;
        let wanted = format!("{}_item", operation.method);
        let statement = self.read("item", &body.ty, &value, &wanted, fixtures);
        Some(Argument {
            statement: Some(statement),
            expression: "vec![item.clone()]".to_owned(),
            value,
            names_models: body.ty.names_models(),
            is_fallible: true,
        })
    }

    /// The statement that reads a value from its JSON text.
    fn read(
        &self,
        ident: &str,
        ty: &Type,
        value: &Value,
        wanted: &str,
        fixtures: &mut Fixtures,
    ) -> String {
        if *ty == Type::DateTime {
            let text = rust::string(value.as_str().unwrap_or_default());
            return format!("let {ident}: jiff::Timestamp = {text}.parse()?;");
        }
        let call = format!("serde_json::from_str({})?;", fixtures.json(wanted, value));
        read_statement(ident, ty, Scope::outside(self.library), &call)
    }

    /// The example as a value of the type, where it can pass for one: documents write numbers
    /// for texts, and one item for a list.
    fn adapted(&self, ty: &Type, example: &Value) -> Option<Value> {
        let adapted = match (ty, example) {
            (Type::String, Value::Number(_) | Value::Bool(_)) => Value::from(example.to_string()),
            (Type::Double, Value::Number(number)) => {
                Value::Number(number.as_f64().and_then(Number::from_f64)?)
            }
            (Type::Array(item), single) if !single.is_array() => {
                Value::Array(vec![self.adapted(item, single)?])
            }
            (Type::Model(name), example) => match &self.samples.model(name)?.kind {
                ModelKind::Alias(ty) => self.adapted(ty, example)?,
                _ => example.clone(),
            },
            _ => example.clone(),
        };
        self.samples.fits(ty, &adapted).then_some(adapted)
    }

    /// A literal of the type; none where there is no such literal.
    fn literal(&self, ty: &Type, value: &Value) -> Option<String> {
        match ty {
            Type::String => Some(rust::string(value.as_str()?)),
            Type::Boolean | Type::Int32 | Type::Int64 | Type::UInt64 => Some(value.to_string()),
            Type::Double => Some(format!("{:?}", value.as_f64()?)),
            Type::Date => {
                let [year, month, day] = date_parts(value.as_str()?)?;
                Some(format!("jiff::civil::date({year}, {month}, {day})"))
            }
            Type::Array(_) => Some(format!("[{}]", self.items(ty, value)?.join(", "))),
            Type::Model(name) => {
                let model = self.samples.model(name)?;
                let values = match &model.kind {
                    ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => values,
                    _ => return None,
                };
                match values.iter().find(|listed| listed.value == *value) {
                    Some(listed) => Some(format!("models::{name}::{}", listed.ident)),
                    None => {
                        Some(format!("models::{name}::from({})", rust::string(value.as_str()?)))
                    }
                }
            }
            _ => None,
        }
    }

    /// Whether a literal of the type names a model.
    fn is_of_models(&self, ty: &Type) -> bool {
        match ty {
            Type::Model(_) => true,
            Type::Array(item) => self.is_of_models(item),
            _ => false,
        }
    }

    /// Literals for the items of a list, at least one.
    fn items(&self, ty: &Type, value: &Value) -> Option<Vec<String>> {
        let Type::Array(item) = ty else { return None };
        if matches!(**item, Type::Array(_)) {
            return None;
        }
        let values = value.as_array().filter(|values| !values.is_empty())?;
        values.iter().map(|value| self.literal(item, value)).collect()
    }
}

/// `let ident = [items];`, an item a line where that is too long.
fn list_statement(ident: &str, items: &[String]) -> String {
    let line = format!("let {ident} = [{}];", items.join(", "));
    if rust::fits(INDENT, &line) {
        return line;
    }
    let items: String = items.iter().map(|item| format!("\n        {item},")).collect();
    format!("let {ident} = [{items}\n    ];")
}

/// Whether a request can carry the value: no part of a path can be empty or mean another path.
fn is_usable(parameter: &Parameter, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) if parameter.location == Location::Path => {
            !matches!(text.as_str(), "" | "." | "..")
        }
        Value::String(text) => !text.chars().any(char::is_control),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}

/// A literal that needs nothing before the call.
fn constant(expression: String, value: Value) -> Argument {
    Argument { statement: None, expression, value, names_models: false, is_fallible: false }
}

/// `let ident: ty = call`, broken as rustfmt would.
fn read_statement(ident: &str, ty: &Type, scope: Scope<'_>, call: &str) -> String {
    let head = format!("let {ident}: {} =", ty.rust(scope));
    if rust::fits(INDENT, &format!("{head} {call}")) {
        return format!("{head} {call}");
    }
    match ty {
        Type::Array(item) if !rust::fits(INDENT, &head) => {
            format!("let {ident}: Vec<\n        {},\n    > = {call}", item.rust(scope))
        }
        _ => format!("{head}\n        {call}"),
    }
}

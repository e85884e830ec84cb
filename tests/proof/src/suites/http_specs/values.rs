//! The values of parameters, read from what the server wants to see of them.

use codegen::ir::{ModelKind, Parameter, Sdk, Style, Type};
use serde_json::{Map, Number, Value};

/// The value of a parameter whose text on the wire is known; lists that are several parameters are a list of texts.
pub fn read(sdk: &Sdk, parameter: &Parameter, wire: &Value) -> Option<Value> {
    let ty = plain(sdk, &parameter.ty);
    if parameter.style == Style::Json {
        return serde_json::from_str(&text(wire)).ok();
    }
    match ty {
        Type::Array(item) => {
            let texts: Vec<String> = match wire {
                Value::Array(items) => items.iter().map(text).collect(),
                single => split(parameter, &text(single)),
            };
            texts.iter().map(|text| scalar(sdk, item, text)).collect()
        }
        Type::Map(_) => object(sdk, parameter, ty, &text(wire)),
        Type::Model(name) if matches!(sdk.model(name)?.kind, ModelKind::Object(_)) => {
            object(sdk, parameter, ty, &text(wire))
        }
        ty => scalar(sdk, ty, &undecorated(parameter, &text(wire))),
    }
}

/// The value of an object whose members are parameters of their own.
pub fn members(sdk: &Sdk, parameter: &Parameter, pairs: &[(String, Value)]) -> Option<Value> {
    let ty = plain(sdk, &parameter.ty);
    let members = pairs.iter().map(|(name, value)| {
        Some((name.clone(), scalar(sdk, member(sdk, ty, name)?, &text(value))?))
    });
    Some(Value::Object(members.collect::<Option<Map<String, Value>>>()?))
}

/// The value of a part of a form: as what is no list and no object is sent as text, a text may stand there as a number.
pub fn part(sdk: &Sdk, form: &Type, name: &str, value: &Value) -> Value {
    let ty = member(sdk, plain(sdk, form), name);
    let is_text = !value.is_array() && !value.is_object();
    let read = ty.filter(|_| is_text).and_then(|ty| scalar(sdk, ty, &text(value)));
    read.unwrap_or_else(|| value.clone())
}

/// What stands for a file, or for files, until the program has put them there.
pub fn placeholder(sdk: &Sdk, form: &Type, name: &str) -> Value {
    match member(sdk, plain(sdk, form), name) {
        Some(Type::Array(_)) => Value::Array(Vec::new()),
        _ => Value::from("file"),
    }
}

/// Whether values of the parameter are objects.
pub fn is_object(sdk: &Sdk, parameter: &Parameter) -> bool {
    match plain(sdk, &parameter.ty) {
        Type::Map(_) => true,
        Type::Model(name) => {
            sdk.model(name).is_some_and(|model| matches!(model.kind, ModelKind::Object(_)))
        }
        _ => false,
    }
}

/// A type without the names that only stand for another.
fn plain<'a>(sdk: &'a Sdk, ty: &'a Type) -> &'a Type {
    match ty {
        Type::Nullable(inner) => plain(sdk, inner),
        Type::Model(name) => match sdk.model(name).map(|model| &model.kind) {
            Some(ModelKind::Alias(ty)) => plain(sdk, ty),
            _ => ty,
        },
        ty => ty,
    }
}

/// The type of a member of an object.
fn member<'a>(sdk: &'a Sdk, ty: &'a Type, name: &str) -> Option<&'a Type> {
    match ty {
        Type::Map(value) => Some(value),
        Type::Model(model) => match &sdk.model(model)?.kind {
            ModelKind::Object(object) => {
                let field = object.fields.iter().find(|field| field.name == name);
                Some(field.map_or(&object.additional.ty, |field| &field.ty))
            }
            _ => None,
        },
        _ => None,
    }
}

/// A text that says what is no text, such as a number, by its type.
fn scalar(sdk: &Sdk, ty: &Type, text: &str) -> Option<Value> {
    match plain(sdk, ty) {
        Type::Boolean => text.parse().ok().map(Value::Bool),
        Type::Int32 | Type::Int64 | Type::UInt64 | Type::Double => number(text),
        Type::Model(name) => match &sdk.model(name)?.kind {
            ModelKind::IntegerEnum(_) => number(text),
            ModelKind::UntaggedUnion(_) => Some(number(text).unwrap_or_else(|| Value::from(text))),
            _ => Some(Value::from(text)),
        },
        _ => Some(Value::from(text)),
    }
}

fn number(text: &str) -> Option<Value> {
    text.parse::<Number>().ok().map(Value::Number)
}

/// The items of a list in one text.
fn split(parameter: &Parameter, text: &str) -> Vec<String> {
    let name = &parameter.name;
    let (text, separator) = match (parameter.style, parameter.explode) {
        (Style::Label, true) => (text.strip_prefix('.').unwrap_or(text).to_owned(), "."),
        (Style::Label, false) => (text.strip_prefix('.').unwrap_or(text).to_owned(), ","),
        (Style::Matrix, true) => {
            let first = format!(";{name}=");
            (text.strip_prefix(&first).unwrap_or(text).replace(&first, "\n"), "\n")
        }
        (Style::Matrix, false) => {
            (text.strip_prefix(&format!(";{name}=")).unwrap_or(text).to_owned(), ",")
        }
        (Style::SpaceDelimited, _) => (text.to_owned(), " "),
        (Style::PipeDelimited, _) => (text.to_owned(), "|"),
        _ => (text.to_owned(), ","),
    };
    text.split(separator).map(str::to_owned).collect()
}

/// An object in one text.
fn object(sdk: &Sdk, parameter: &Parameter, ty: &Type, text: &str) -> Option<Value> {
    let pairs: Vec<(String, String)> = if parameter.explode {
        let separator = match parameter.style {
            Style::Label => '.',
            Style::Matrix => ';',
            _ => ',',
        };
        let pairs = text.trim_start_matches(['.', ';']).split(separator);
        pairs
            .map(|pair| {
                pair.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()))
            })
            .collect::<Option<_>>()?
    } else {
        let items = split(parameter, text);
        items.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
    };
    let pairs: Vec<(String, Value)> =
        pairs.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
    let members = pairs.iter().map(|(name, value)| {
        Some((name.clone(), scalar(sdk, member(sdk, ty, name)?, &self::text(value))?))
    });
    Some(Value::Object(members.collect::<Option<Map<String, Value>>>()?))
}

/// A single value without what its style puts before it.
fn undecorated(parameter: &Parameter, text: &str) -> String {
    let prefix = match parameter.style {
        Style::Label => ".".to_owned(),
        Style::Matrix => format!(";{}=", parameter.name),
        _ => String::new(),
    };
    text.strip_prefix(&prefix).unwrap_or(text).to_owned()
}

/// A value as the wire has it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

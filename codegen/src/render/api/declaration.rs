//! What a request builder is declared with: what the document says of the operation.

use crate::ir::{Method, Operation, PagingStyle, SecurityRequirement};
use crate::render::layout::Value;
use crate::render::rust;

/// What an operation accepts unless it says otherwise.
const DEFAULT_ACCEPT: &str = "application/json";

/// The method as `request!` takes it.
pub(super) fn method(method: &Method) -> String {
    match method {
        Method::Other(token) => format!("Other({})", rust::string(token)),
        known => known.to_string(),
    }
}

/// What the document says of the operation beyond method, path and id.
pub(super) fn lines(operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fields = Vec::new();
    let is_optional = operation.security.iter().any(Vec::is_empty);
    if is_optional {
        let alternatives = operation
            .security
            .iter()
            .map(|alternative| Value::Array(alternative.iter().map(requirement).collect()));
        fields.push(("security", Value::Array(alternatives.collect())));
    } else {
        lines.extend(security(&operation.security));
    }
    fields.extend(operation.server.as_deref().map(|server| ("server", Value::string(server))));
    if operation.accept.as_deref() != Some(DEFAULT_ACCEPT) {
        fields.push(("accept", Value::string(operation.accept.as_deref().unwrap_or_default())));
    }
    fields.extend(operation.paging.as_ref().map(|paging| ("paging", paging_value(&paging.style))));
    if !fields.is_empty() {
        lines.push("{".to_owned());
        let print = |(name, value): (&str, Value)| value.print(8, &format!("    {name}: "), ",");
        lines.extend(fields.into_iter().map(print));
        lines.push("}".to_owned());
    }
    lines
}

/// The alternatives on one line, or with an alternative a line where that is too long.
fn security(alternatives: &[Vec<SecurityRequirement>]) -> Option<String> {
    let scheme = |requirement: &SecurityRequirement| {
        let name = rust::string(&requirement.scheme);
        let scopes: Vec<String> =
            requirement.scopes.iter().map(|scope| rust::string(scope)).collect();
        if scopes.is_empty() { name } else { format!("{name} [{}]", scopes.join(", ")) }
    };
    let alternatives: Vec<String> = alternatives
        .iter()
        .map(|it| it.iter().map(scheme).collect::<Vec<_>>().join(" and "))
        .collect();
    let line = format!("security {};", alternatives.join(" or "));
    match alternatives.as_slice() {
        [] => None,
        _ if rust::fits(4, &line) => Some(line),
        _ => Some(format!("security {};", alternatives.join("\n        or "))),
    }
}

fn paging_value(style: &PagingStyle) -> Value {
    let (name, fields) = match style {
        PagingStyle::Link => return Value::Source("Paging::Link".to_owned()),
        PagingStyle::Url { next } => ("Url", vec![("next", Value::string(next))]),
        PagingStyle::Cursor { parameter, next } => {
            ("Cursor", vec![("parameter", Value::string(parameter)), ("next", Value::string(next))])
        }
        PagingStyle::Offset { parameter, items, total } => (
            "Offset",
            vec![
                ("parameter", Value::string(parameter)),
                ("items", Value::string(items)),
                ("total", Value::string(total)),
            ],
        ),
        PagingStyle::PageNumber { parameter, first, items } => (
            "PageNumber",
            vec![
                ("parameter", Value::string(parameter)),
                ("first", Value::Source(first.to_string())),
                ("items", Value::string(items)),
            ],
        ),
    };
    Value::Struct(format!("Paging::{name}"), fields, None)
}

fn requirement(requirement: &SecurityRequirement) -> Value {
    let arguments = vec![Value::string(&requirement.scheme), Value::strings(&requirement.scopes)];
    Value::Call("Requirement::new".to_owned(), arguments)
}

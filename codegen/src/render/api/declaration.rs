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

/// Whether the alternatives of its security are written as values: one of them needs no credential.
pub(super) fn needs_requirements(operation: &Operation) -> bool {
    operation.security.iter().any(Vec::is_empty)
}

/// What the document says of the operation beyond method, path and id.
pub(super) struct Declaration {
    /// The alternatives of which one authorizes the call, unless they stand in a field.
    pub(super) security: Option<String>,
    /// Further fields of the runtime's `Operation`.
    pub(super) fields: Vec<String>,
}

pub(super) fn declaration(operation: &Operation) -> Declaration {
    let mut line = None;
    let mut fields = Vec::new();
    if needs_requirements(operation) {
        let alternatives = operation
            .security
            .iter()
            .map(|alternative| Value::Array(alternative.iter().map(requirement).collect()));
        fields.push(("security", Value::Array(alternatives.collect())));
    } else {
        line = security(&operation.security);
    }
    fields.extend(operation.server.as_deref().map(|server| ("server", Value::string(server))));
    if operation.accept.as_deref() != Some(DEFAULT_ACCEPT) {
        fields.push(("accept", Value::string(operation.accept.as_deref().unwrap_or_default())));
    }
    let redirects = operation.redirects_that_answer();
    if !redirects.is_empty() {
        let redirects = redirects.iter().map(|code| Value::Source(code.to_string()));
        fields.push(("redirects_that_answer", Value::Array(redirects.collect())));
    }
    if let Some(paging) = &operation.paging {
        fields.push(("paging", paging_value(&paging.style)));
        if paging.empty_page_ends {
            fields.push(("empty_page_ends", Value::Source("true".to_owned())));
        }
        if !paging.kept_parameters.is_empty() {
            fields.push(("kept_parameters", Value::strings(&paging.kept_parameters)));
        }
    }
    if let Some(sentinel) = &operation.sentinel {
        fields.push(("sentinel", Value::string(sentinel)));
    }
    if operation.reconnects {
        fields.push(("reconnects", Value::Source("true".to_owned())));
    }
    let print = |(name, value): (&str, Value)| value.print(8, &format!("{name}: "), ",");
    Declaration { security: line, fields: fields.into_iter().map(print).collect() }
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
    Value::structure(&format!("Paging::{name}"), fields)
}

fn requirement(requirement: &SecurityRequirement) -> Value {
    let arguments = vec![Value::string(&requirement.scheme), Value::strings(&requirement.scopes)];
    Value::Call("Requirement::new".to_owned(), arguments)
}

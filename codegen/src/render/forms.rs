//! Forms that are sent like a query: how their fields are written.

use super::layout::Value;
use super::rust;
use crate::ir::{BodyKind, Encoding, Operation, QueryStyle};
use crate::names::snake_name;

/// The media type of such a form.
const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// How a form goes into a call.
pub struct FormCall {
    /// The method of `Call`.
    pub method: &'static str,
    /// What the method takes.
    pub arguments: Vec<String>,
    /// The constant that one of them is.
    pub fields: Option<String>,
}

/// The call of an operation whose body is such a form; `value` is the expression for it.
pub fn call(operation: &Operation, value: String) -> Option<FormCall> {
    let body = operation.body.as_ref().filter(|body| body.kind == BodyKind::Form)?;
    let encodings: Vec<Value> = body.encodings.iter().filter_map(encoding).collect();
    if encodings.is_empty() && body.media_type == MEDIA_TYPE {
        return Some(FormCall { method: "form", arguments: vec![value], fields: None });
    }
    let media_type = rust::string(&body.media_type);
    if encodings.is_empty() {
        let arguments = vec![media_type, value, "&[]".to_owned()];
        return Some(FormCall { method: "form_with", arguments, fields: None });
    }
    let name = format!("{}_FIELDS", snake_name(&operation.builder).to_uppercase());
    let declared = format!("const {name}: &[(&str, FieldEncoding)] = ");
    let fields = Value::Array(encodings).print(0, &declared, ";");
    let arguments = vec![media_type, value, name];
    Some(FormCall { method: "form_with", arguments, fields: Some(fields) })
}

/// The name of a field and how it is written; none where that is the default.
pub fn encoding(encoding: &Encoding) -> Option<Value> {
    let written = match encoding.style {
        None if encoding.is_json() => Value::Source("FieldEncoding::Json".to_owned()),
        None => return None,
        Some(style) if style.is_plain() => {
            let arguments = arguments(style).into_iter().map(Value::Source).collect();
            Value::Call("FieldEncoding::style".to_owned(), arguments)
        }
        Some(style) => {
            let style = Value::Source(query_style(style));
            Value::Call("FieldEncoding::Style".to_owned(), vec![style])
        }
    };
    Some(Value::Call(String::new(), vec![Value::string(&encoding.property), written]))
}

fn arguments(style: QueryStyle) -> Vec<String> {
    vec![format!("Style::{}", style.style.variant()), style.explode.to_string()]
}

/// The expression for a style.
pub fn query_style(style: QueryStyle) -> String {
    let mut expression = format!("QueryStyle::new({})", arguments(style).join(", "));
    if style.allow_reserved {
        expression.push_str(".allow_reserved()");
    }
    if let Some(nesting) = style.nesting {
        expression.push_str(&format!(".nesting(Nesting::{})", nesting.variant()));
    }
    expression
}

//! Bodies of several parts: from the fields of a model to the parts of a form.

use heck::ToSnakeCase;

use super::rust;
use crate::ir::{BodyKind, Field, ModelKind, Operation, Presence, Sdk, Type};

/// The function that makes a form of a body.
pub struct Form {
    /// The function's name.
    pub name: String,
    /// The function's signature, its opening brace included.
    pub signature: String,
    /// The type of the body that it takes.
    pub ty: String,
    /// The expression that it gives.
    pub expression: String,
}

/// The function for an operation whose body is a form of a known model.
pub fn form(sdk: &Sdk, operation: &Operation) -> Option<Form> {
    let body = operation.body.as_ref().filter(|body| body.kind == BodyKind::Multipart)?;
    let Type::Model(name) = &body.ty else { return None };
    let ModelKind::Object(object) = &sdk.model(name)?.kind else { return None };
    let media_types = body.part_media_types.iter().map(|(property, media_type)| {
        format!(".media_type({}, {})", rust::string(property), rust::string(media_type))
    });
    let fields = object.fields.iter().map(|field| part(sdk, field));
    let parts: Vec<String> = fields.chain(media_types).collect();
    let line = format!("Multipart::new(){}", parts.concat());
    let expression = if rust::fits(4, &line) {
        line
    } else {
        let parts: String = parts.iter().map(|part| format!("\n        {part}")).collect();
        format!("Multipart::new(){parts}")
    };
    let function = format!("{}_form", operation.builder.to_snake_case());
    let ty = format!("&models::{name}");
    let parameters = [format!("body: {ty}")];
    let signature = rust::call(0, &format!("fn {function}"), &parameters, " -> Multipart {");
    Some(Form { name: function, signature, ty, expression })
}

/// The call that adds a field to the form.
fn part(sdk: &Sdk, field: &Field) -> String {
    let name = rust::string(&field.name);
    let value = format!("body.{}", field.ident);
    let is_required = field.presence == Presence::Required;
    match aliased(sdk, &field.ty) {
        Type::File if is_required => format!(".files({name}, [&{value}])"),
        Type::File => format!(".files({name}, &{value})"),
        Type::Array(item) if **item == Type::File && is_required => {
            format!(".files({name}, &{value})")
        }
        Type::Array(item) if **item == Type::File => {
            format!(".files({name}, {value}.iter().flatten())")
        }
        _ => format!(".field({name}, &{value})"),
    }
}

/// What a type stands for, where it is another name of one.
fn aliased<'a>(sdk: &'a Sdk, ty: &'a Type) -> &'a Type {
    let kind = match ty {
        Type::Model(name) => sdk.model(name).map(|model| &model.kind),
        _ => None,
    };
    match kind {
        Some(ModelKind::Alias(target)) => aliased(sdk, target),
        _ => ty,
    }
}

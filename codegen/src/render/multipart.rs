//! Bodies of several parts: from the fields of a model to the parts of a form.

use super::rust;
use crate::ir::{BodyKind, Field, ModelKind, Operation, Presence, Sdk, Type};
use crate::names::snake_name;

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
    let function = format!("{}_form", snake_name(&operation.builder));
    let ty = format!("&models::{name}");
    let parameters = [format!("body: {ty}")];
    let signature = rust::call(0, &format!("fn {function}"), &parameters, " -> Multipart {");
    Some(Form { name: function, signature, ty, expression })
}

/// The call that adds a field to the form.
fn part(sdk: &Sdk, field: &Field) -> String {
    let name = rust::string(&field.name);
    let value = format!("body.{}", field.ident);
    let mut options = match field.presence {
        Presence::Required => 0,
        Presence::Optional => 1,
        Presence::Nullable => 2,
    };
    let mut ty = aliased(sdk, &field.ty);
    if let Type::Nullable(inner) = ty {
        options += 1;
        ty = aliased(sdk, inner);
    }
    let is_list = matches!(ty, Type::Array(item) if *aliased(sdk, item) == Type::File);
    if !is_list && *ty != Type::File {
        return format!(".field({name}, &{value})");
    }
    // A list is one more level to go through, as an option is.
    let files = match options + usize::from(is_list) {
        0 => format!("[&{value}]"),
        1 => format!("&{value}"),
        levels => format!("{value}.iter(){}", ".flatten()".repeat(levels - 1)),
    };
    format!(".files({name}, {files})")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::testing::lower_document;

    #[test]
    fn files_are_sent_as_files_however_they_are_described() {
        let sdk = lower_document(
            "
  /files:
    post:
      operationId: send
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [one, null_or_one, several]
              properties:
                one: {$ref: '#/components/schemas/Content'}
                null_or_one: {oneOf: [{$ref: '#/components/schemas/Content'}, {type: 'null'}]}
                several: {type: array, items: {$ref: '#/components/schemas/Content'}}
                optional: {type: string, format: binary}
                nullable: {type: [string, 'null'], format: binary}
                list: {type: [array, 'null'], items: {type: string, format: binary}}
                text: {type: string}
      responses: {'200': {description: ok}}",
            "  schemas:\n    Content: {type: string, format: binary}",
        );
        let form = form(&sdk, &sdk.apis[0].operations[0]).expect("the body is a form");
        assert_eq!(
            form.expression,
            "Multipart::new()
        .files(\"one\", [&body.one])
        .files(\"null_or_one\", &body.null_or_one)
        .files(\"several\", &body.several)
        .files(\"optional\", &body.optional)
        .files(\"nullable\", body.nullable.iter().flatten())
        .files(\"list\", body.list.iter().flatten().flatten())
        .field(\"text\", &body.text)"
        );
    }
}

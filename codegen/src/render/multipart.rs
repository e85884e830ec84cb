//! Bodies of several parts: from the fields of a model to the parts of a form.

use super::{forms, rust};
use crate::ir::{Body, BodyKind, Encoding, Field, ModelKind, Operation, Presence, Sdk, Type};
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
    let fields = object.fields.iter().map(|field| part(sdk, body, field));
    let further = std::iter::once(further(sdk, &object.additional.ty));
    let parts: Vec<String> =
        fields.chain(further).chain(of_parts(sdk, body, &object.fields)).collect();
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
fn part(sdk: &Sdk, body: &Body, field: &Field) -> String {
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
    let is_list = is_list_of_files(sdk, ty);
    if !is_list && *ty != Type::File {
        return text(sdk, body.encoding(&field.name), ty, [name, format!("&{value}")]);
    }
    // A list is one more level to go through, as an option is.
    let files = match options + usize::from(is_list) {
        0 => format!("[&{value}]"),
        1 => format!("&{value}"),
        levels => format!("{value}.iter(){}", ".flatten()".repeat(levels - 1)),
    };
    format!(".files({name}, {files})")
}

/// The call that adds what is no file.
fn text(sdk: &Sdk, encoding: Option<&Encoding>, ty: &Type, [name, value]: [String; 2]) -> String {
    let Some(encoding) = encoding else { return format!(".field({name}, {value})") };
    match (encoding.style, &encoding.media_type) {
        (Some(style), _) => {
            rust::call(8, ".field_with", &[name, forms::query_style(style), value], "")
        }
        // What is an object is JSON, whatever the document wants it to be.
        (None, Some(media_type)) if encoding.is_json() || !holds_objects(sdk, ty) => {
            rust::call(8, ".field_as", &[name, rust::string(media_type), value], "")
        }
        _ => format!(".field({name}, {value})"),
    }
}

/// The call that adds the properties that have no field.
fn further(sdk: &Sdk, ty: &Type) -> String {
    let properties = "body.additional_properties.iter()";
    let ty = aliased(sdk, ty);
    if *ty == Type::File {
        return format!(".named_files({properties})");
    }
    if is_list_of_files(sdk, ty) {
        let files = "|(name, files)| files.iter().map(move |file| (name, file))";
        return format!(".named_files({properties}.flat_map({files}))");
    }
    format!(".fields({properties})")
}

/// The calls that set the media types and headers of parts.
fn of_parts(sdk: &Sdk, body: &Body, fields: &[Field]) -> Vec<String> {
    let mut calls = Vec::new();
    for encoding in &body.encodings {
        let name = rust::string(&encoding.property);
        let field = fields.iter().find(|field| field.name == encoding.property);
        // What is no file was added with its media type.
        let is_file = field.is_none_or(|field| is_file(sdk, &field.ty));
        if let Some(media_type) = encoding.media_type.as_ref().filter(|_| is_file) {
            calls.push(format!(".media_type({name}, {})", rust::string(media_type)));
        }
        for (header, value) in &encoding.headers {
            let items = [name.clone(), rust::string(header), rust::string(value)];
            calls.push(rust::call(8, ".header", &items, ""));
        }
    }
    calls
}

/// Whether a type is a file or several, or may be null instead.
fn is_file(sdk: &Sdk, ty: &Type) -> bool {
    match aliased(sdk, ty) {
        Type::Nullable(inner) => is_file(sdk, inner),
        ty => *ty == Type::File || is_list_of_files(sdk, ty),
    }
}

fn is_list_of_files(sdk: &Sdk, ty: &Type) -> bool {
    matches!(ty, Type::Array(item) if *aliased(sdk, item) == Type::File)
}

/// Whether a type is one of objects, or of lists of them.
fn holds_objects(sdk: &Sdk, ty: &Type) -> bool {
    let kind = match aliased(sdk, ty) {
        Type::Map(_) => return true,
        Type::Array(inner) | Type::Nullable(inner) => return holds_objects(sdk, inner),
        Type::Model(name) => sdk.model(name).map(|model| &model.kind),
        _ => None,
    };
    matches!(kind, Some(ModelKind::Object(_) | ModelKind::TaggedUnion(_)))
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
        .field(\"text\", &body.text)
        .fields(body.additional_properties.iter())"
        );
    }
}

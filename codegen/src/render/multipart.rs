//! Bodies of several parts: from the fields of a model to the parts of a form.

use super::{forms, rust};
use crate::ir::{
    Body, BodyKind, Encoding, Field, Model, ModelKind, Operation, Presence, Sdk, Type,
};
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

/// How deep unions are looked for in the variants of others.
const DEEPEST: usize = 8;

/// The expression that makes a form of what is called `body`.
enum Written {
    /// A form with a call for each of its parts.
    Parts(Vec<Call>),
    /// What the variants of a union are written as, each with its pattern.
    Variants(Vec<(String, Self)>),
}

/// A call that adds a part or more to a form, or says something of one.
struct Call {
    method: &'static str,
    arguments: Vec<String>,
}

impl Call {
    fn new(method: &'static str, arguments: impl Into<Vec<String>>) -> Self {
        Self { method, arguments: arguments.into() }
    }

    fn line(&self) -> String {
        format!(".{}({})", self.method, self.arguments.join(", "))
    }

    /// The call behind an indent, with an argument a line where it is too long.
    fn print(&self, indent: usize) -> String {
        match self.arguments.as_slice() {
            [_] => self.line(),
            arguments => rust::call(indent, &format!(".{}", self.method), arguments, ""),
        }
    }
}

/// The function for an operation whose body is a form of a known model, be it a struct or a union of such.
pub fn form(sdk: &Sdk, operation: &Operation) -> Option<Form> {
    let body = operation.body.as_ref().filter(|body| body.kind == BodyKind::Multipart)?;
    if !is_model(&|name| sdk.model(name), &body.ty) {
        return None;
    }
    let Type::Model(name) = &body.ty else { return None };
    let expression = written(sdk, body, &body.ty, None, false)?.print(4);
    let function = format!("{}_form", snake_name(&operation.builder));
    let ty = format!("&models::{name}");
    let parameters = [format!("body: {ty}")];
    let signature = rust::call(0, &format!("fn {function}"), &parameters, " -> Multipart {");
    Some(Form { name: function, signature, ty, expression })
}

/// Whether the caller gives a form of that type as a model, a struct or a union of such, and not as its parts.
pub fn is_model<'m>(models: &impl Fn(&str) -> Option<&'m Model>, ty: &Type) -> bool {
    is_model_within(models, ty, 0)
}

fn is_model_within<'m>(
    models: &impl Fn(&str) -> Option<&'m Model>,
    ty: &Type,
    depth: usize,
) -> bool {
    let Type::Model(name) = ty else { return false };
    let all = |mut types: Vec<&Type>| {
        depth < DEEPEST && types.drain(..).all(|ty| is_model_within(models, ty, depth + 1))
    };
    match models(name).map(|model| &model.kind) {
        Some(ModelKind::Object(_)) => true,
        Some(ModelKind::Alias(target)) => all(vec![target]),
        Some(ModelKind::TaggedUnion(union)) => {
            all(union.variants.iter().map(|it| &it.ty).collect())
        }
        Some(ModelKind::UntaggedUnion(union)) => {
            all(union.variants.iter().map(|it| &it.ty).collect())
        }
        _ => false,
    }
}

/// How a value of a type is written; `tag` is the name and value of what tells the variant that it is.
fn written(
    sdk: &Sdk,
    body: &Body,
    ty: &Type,
    tag: Option<(&str, &str)>,
    is_variant: bool,
) -> Option<Written> {
    let Type::Model(name) = aliased(sdk, ty) else { return None };
    let variant = |ident: &str, ty: &Type, tag: Option<(&str, &str)>| {
        let written = written(sdk, body, ty, tag, true)?;
        Some((format!("models::{name}::{ident}(body)"), written))
    };
    let unknown = || Written::Parts(vec![Call::new("members", ["body".to_owned()])]);
    match &sdk.model(name)?.kind {
        ModelKind::Object(object) => {
            let fields = object.fields.iter().map(|field| part(sdk, body, field));
            let further = std::iter::once(further(sdk, &object.additional.ty));
            let tag = tag.map(|(property, value)| {
                let pair = format!("[({}, &{})]", rust::string(property), rust::string(value));
                Call::new("fields", [pair])
            });
            let parts = fields.chain(further).chain(tag);
            let of_parts = of_parts(sdk, body, &object.fields, is_variant);
            Some(Written::Parts(parts.chain(of_parts).collect()))
        }
        ModelKind::TaggedUnion(union) => {
            let variants = union.variants.iter().map(|it| {
                let tag = it.tags.first().map(|tag| (union.property.as_str(), tag.as_str()));
                variant(&it.ident, &it.ty, tag)
            });
            let mut variants = variants.collect::<Option<Vec<_>>>()?;
            let unknown = written(sdk, body, &union.unknown, None, true).unwrap_or_else(unknown);
            variants.push((format!("models::{name}::Unknown(body)"), unknown));
            Some(Written::Variants(variants))
        }
        ModelKind::UntaggedUnion(union) => {
            let variants = union.variants.iter().map(|it| variant(&it.ident, &it.ty, None));
            let mut variants = variants.collect::<Option<Vec<_>>>()?;
            variants.push((format!("models::{name}::Unknown(body)"), unknown()));
            Some(Written::Variants(variants))
        }
        _ => None,
    }
}

impl Written {
    /// The expression, whose first line stands behind an indent.
    fn print(&self, indent: usize) -> String {
        match self {
            Self::Parts(parts) => {
                let line = line(parts);
                if rust::fits(indent, &line) { line } else { chain(indent, parts) }
            }
            Self::Variants(variants) => {
                let padding = " ".repeat(indent);
                let arms = variants.iter().map(|(pattern, written)| {
                    format!("\n{padding}    {}", written.print_arm(indent + 4, pattern))
                });
                format!("match body {{{}\n{padding}}}", arms.collect::<String>())
            }
        }
    }

    /// The arm of a match, in a block where only that makes the expression one line.
    fn print_arm(&self, indent: usize, pattern: &str) -> String {
        let Self::Parts(parts) = self else {
            return format!("{pattern} => {}", self.print(indent));
        };
        let line = line(parts);
        if rust::fits(indent, &format!("{pattern} => {line},")) {
            return format!("{pattern} => {line},");
        }
        let is_line = rust::fits(indent + 4, &line);
        if !is_line && rust::fits(indent, &format!("{pattern} => Multipart::new()")) {
            return format!("{pattern} => {},", chain(indent, parts));
        }
        let inner = " ".repeat(indent + 4);
        let body = if is_line { line } else { chain(indent + 4, parts) };
        format!("{pattern} => {{\n{inner}{body}\n{}}}", " ".repeat(indent))
    }
}

/// A form on one line.
fn line(parts: &[Call]) -> String {
    let parts: String = parts.iter().map(Call::line).collect();
    format!("Multipart::new(){parts}")
}

/// A form with a part a line.
fn chain(indent: usize, parts: &[Call]) -> String {
    let indent = indent + 4;
    let padding = " ".repeat(indent);
    let parts = parts.iter().map(|part| format!("\n{padding}{}", part.print(indent)));
    format!("Multipart::new(){}", parts.collect::<String>())
}

/// The call that adds a field to the form.
fn part(sdk: &Sdk, body: &Body, field: &Field) -> Call {
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
    Call::new("files", [name, files])
}

/// The call that adds what is no file.
fn text(sdk: &Sdk, encoding: Option<&Encoding>, ty: &Type, [name, value]: [String; 2]) -> Call {
    let Some(encoding) = encoding else { return Call::new("field", [name, value]) };
    match (encoding.style, &encoding.media_type) {
        (Some(style), _) => Call::new("field_with", [name, forms::query_style(style), value]),
        // What is an object is JSON, whatever the document wants it to be.
        (None, Some(media_type)) if encoding.is_json() || !holds_objects(sdk, ty) => {
            Call::new("field_as", [name, rust::string(media_type), value])
        }
        _ => Call::new("field", [name, value]),
    }
}

/// The call that adds the properties that have no field.
fn further(sdk: &Sdk, ty: &Type) -> Call {
    let properties = "body.additional_properties.iter()".to_owned();
    let ty = aliased(sdk, ty);
    if *ty == Type::File {
        return Call::new("named_files", [properties]);
    }
    if is_list_of_files(sdk, ty) {
        let files = "|(name, files)| files.iter().map(move |file| (name, file))";
        return Call::new("named_files", [format!("{properties}.flat_map({files})")]);
    }
    Call::new("fields", [properties])
}

/// The calls that set the media types and headers of parts. A union has parts that one of its variants lacks.
fn of_parts(sdk: &Sdk, body: &Body, fields: &[Field], is_variant: bool) -> Vec<Call> {
    let mut calls = Vec::new();
    for encoding in &body.encodings {
        let name = rust::string(&encoding.property);
        let field = fields.iter().find(|field| field.name == encoding.property);
        if is_variant && field.is_none() {
            continue;
        }
        // What is no file was added with its media type.
        let is_file = field.is_none_or(|field| is_file(sdk, &field.ty));
        if let Some(media_type) = encoding.media_type.as_ref().filter(|_| is_file) {
            calls.push(Call::new("media_type", [name.clone(), rust::string(media_type)]));
        }
        for (header, value) in &encoding.headers {
            let arguments = [name.clone(), rust::string(header), rust::string(value)];
            calls.push(Call::new("header", arguments));
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

    #[test]
    fn each_variant_of_a_union_is_written_with_its_parts() {
        let body = |schema: &str| {
            format!(
                "
  /files:
    post:
      operationId: send
      requestBody: {{content: {{multipart/form-data: {{schema: {schema}, encoding: {{file: {{contentType: a/b}}}}}}}}}}
      responses: {{'200': {{description: ok}}}}"
            )
        };
        let components = "  schemas:
    F: {type: object, required: [file], properties: {file: {type: string, format: binary}}}
    T: {type: object, required: [t], properties: {t: {type: string}}}";
        let of = |rest: &str| {
            let refs = "{$ref: '#/components/schemas/F'}, {$ref: '#/components/schemas/T'}";
            let sdk = lower_document(&body(&format!("{{oneOf: [{refs}{rest}")), components);
            form(&sdk, &sdk.apis[0].operations[0])
        };
        let tagged = of("], discriminator: {propertyName: kind}}").expect("a form of a union");
        assert_eq!(tagged.ty, "&models::SendRequest");
        assert_eq!(
            tagged.expression,
            "match body {
        models::SendRequest::F(body) => Multipart::new()
            .files(\"file\", [&body.file])
            .fields(body.additional_properties.iter())
            .fields([(\"kind\", &\"F\")])
            .media_type(\"file\", \"a/b\"),
        models::SendRequest::T(body) => Multipart::new()
            .field(\"t\", &body.t)
            .fields(body.additional_properties.iter())
            .fields([(\"kind\", &\"T\")]),
        models::SendRequest::Unknown(body) => Multipart::new().members(body),
    }"
        );
        assert!(of(", {type: 'null'}]}").is_some(), "what may be null is none then");
        assert!(of(", {type: string}]}").is_none(), "a text has no parts");
    }
}

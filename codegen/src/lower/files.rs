//! Which fields are files: bytes in a body of several parts.

use std::collections::HashSet;

use super::finish::{aliases, reached, received_types};
use super::graph::Aliases;
use super::shared_forms;
use crate::document::media_type::is_json;
use crate::ir::{Body, BodyKind, Field, Model, ModelKind, Sdk, Type};

/// A field, by the names of its model and of its property.
type FieldName = (String, String);

/// Binary data is a file in a body of several parts, and a string within JSON.
///
/// So is a part without a type, since OpenAPI 3.1: its media type is then `application/octet-stream` (OpenAPI 3.1.1,
/// section 4.8.15.1.1).
pub fn tell_files(sdk: &mut Sdk, version: &str) {
    let untyped = if version.starts_with("3.0") { HashSet::new() } else { untyped_parts(sdk) };
    let mut elsewhere = received_types(sdk);
    elsewhere.extend(named_by_bodies(sdk, |kind| *kind != BodyKind::Multipart));
    shared_forms::separate(sdk, &elsewhere);
    let mut in_forms = named_by_bodies(sdk, |kind| *kind == BodyKind::Multipart);
    let in_forms = reached(sdk, &mut in_forms);
    let elsewhere = reached(sdk, &mut elsewhere);
    for model in &mut sdk.models {
        let is_form = in_forms.contains(&model.name) && !elsewhere.contains(&model.name);
        let binary = if is_form { Type::File } else { Type::String };
        visit_types_mut(model, &mut |ty| replace(ty, &Type::Binary, &binary));
        let ModelKind::Object(object) = &mut model.kind else { continue };
        let own = object.fields.iter_mut().filter(|_| is_form);
        for field in own.filter(|it| untyped.contains(&(model.name.clone(), it.name.clone()))) {
            replace(&mut field.ty, &Type::Any, &Type::File);
        }
    }
    for operation in sdk.apis.iter_mut().flat_map(|api| &mut api.operations) {
        for parameter in &mut operation.parameters {
            replace(&mut parameter.ty, &Type::Binary, &Type::String);
        }
    }
}

/// The models that bodies of some kinds name.
fn named_by_bodies(sdk: &Sdk, is_meant: impl Fn(&BodyKind) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    let bodies = sdk.apis.iter().flat_map(|api| &api.operations).filter_map(|it| it.body.as_ref());
    for body in bodies.filter(|body| is_meant(&body.kind)) {
        body.ty.visit_models(&mut |name| names.push(name.to_owned()));
    }
    names
}

/// The parts without a type, and lists of such, of all bodies of several parts; but for those that one of them sends as
/// JSON, as text, or in a style.
fn untyped_parts(sdk: &Sdk) -> HashSet<FieldName> {
    let aliases = aliases(sdk);
    let (mut untyped, mut others) = (HashSet::new(), HashSet::new());
    let bodies = sdk.apis.iter().flat_map(|api| &api.operations).filter_map(|it| it.body.as_ref());
    for body in bodies.filter(|body| body.kind == BodyKind::Multipart) {
        for model in form_models(sdk, &aliases, &body.ty) {
            let ModelKind::Object(object) = &model.kind else { continue };
            for field in object.fields.iter().filter(|field| is_untyped(field)) {
                let names = if is_bytes(body, &field.name) { &mut untyped } else { &mut others };
                names.insert((model.name.clone(), field.name.clone()));
            }
        }
    }
    untyped.retain(|name| !others.contains(name));
    untyped
}

/// The models that a form is one of: a struct, or a union and what its variants are.
pub(super) fn form_models<'s>(sdk: &'s Sdk, aliases: &Aliases, ty: &Type) -> Vec<&'s Model> {
    let mut found: Vec<&Model> = Vec::new();
    let mut waiting = vec![aliases.resolved(ty)];
    while let Some(ty) = waiting.pop() {
        let Type::Model(name) = ty else { continue };
        let Some(model) = sdk.models.iter().find(|model| model.name == name) else { continue };
        if found.iter().any(|it| it.name == model.name) {
            continue;
        }
        found.push(model);
        waiting.extend(model.kind.variant_types().into_iter().map(|ty| aliases.resolved(ty)));
    }
    found
}

fn is_untyped(field: &Field) -> bool {
    match &field.ty {
        Type::Array(item) => **item == Type::Any,
        ty => *ty == Type::Any,
    }
}

/// Whether nothing that a body says of a part keeps it from being bytes.
fn is_bytes(body: &Body, property: &str) -> bool {
    let Some(encoding) = body.encoding(property) else { return true };
    let is_text = |media_type: &String| is_json(media_type) || media_type.starts_with("text/");
    encoding.style.is_none() && !encoding.media_type.as_ref().is_some_and(is_text)
}

fn replace(ty: &mut Type, replaced: &Type, replacement: &Type) {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            replace(inner, replaced, replacement);
        }
        ty if ty == replaced => *ty = replacement.clone(),
        _ => {}
    }
}

fn visit_types_mut(model: &mut Model, visit: &mut impl FnMut(&mut Type)) {
    match &mut model.kind {
        ModelKind::Object(object) => {
            object.fields.iter_mut().for_each(|field| visit(&mut field.ty));
            visit(&mut object.additional.ty);
        }
        ModelKind::TaggedUnion(union) => {
            union.variants.iter_mut().for_each(|variant| visit(&mut variant.ty));
        }
        ModelKind::UntaggedUnion(union) => {
            union.variants.iter_mut().for_each(|variant| visit(&mut variant.ty));
        }
        ModelKind::Alias(ty) => visit(ty),
        ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Scope;
    use crate::lower::testing::lower_version;

    /// The types of the fields of a form, and of the same model sent as JSON.
    fn types(version: &str, encoding: &str, media_type: &str) -> String {
        let paths = format!(
            "{{/a: {{post: {{requestBody: {{content: {{{media_type}: {{schema: \
             {{$ref: '#/components/schemas/Form'}}{encoding}}}}}}}, responses: {{'204': {{description: d}}}}}}}}}}"
        );
        let components = "  schemas:\n    Form: {type: object, properties: {one: {}, many: {type: array, items: {}}, \
             text: {type: string}}}";
        let sdk = lower_version(version, &paths, components);
        let model = sdk.model("Form").map(|model| &model.kind);
        let Some(ModelKind::Object(object)) = model else { panic!("it is a form") };
        let types = object.fields.iter().map(|field| field.ty.rust(Scope::CRATE));
        types.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_part_without_a_type_is_a_file() {
        const FILES: &str = "crate::runtime::FilePart, Vec<crate::runtime::FilePart>, String";
        const ANY: &str = "serde_json::Value, Vec<serde_json::Value>, String";
        assert_eq!(types("3.1.0", "", "multipart/form-data"), FILES);
        assert_eq!(types("3.0.3", "", "multipart/form-data"), ANY);
        assert_eq!(types("3.1.0", "", "application/json"), ANY);
        let encoding =
            |media_type: &str| format!(", encoding: {{one: {{contentType: '{media_type}'}}}}");
        assert_eq!(types("3.1.0", &encoding("image/png"), "multipart/form-data"), FILES);
        assert_eq!(types("3.1.0", &encoding("*/*"), "multipart/form-data"), FILES);
        assert_eq!(
            types("3.1.0", &encoding("application/json"), "multipart/form-data"),
            "serde_json::Value, Vec<crate::runtime::FilePart>, String"
        );
    }
}

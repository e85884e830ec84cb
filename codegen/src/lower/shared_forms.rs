//! Forms with files whose schema serves elsewhere, too.
//!
//! Frameworks that take a body in any media type give one schema to all of them (drf-spectacular does so for every
//! serializer), and often to the answer. A file is bytes in `multipart/form-data` alone, so that form gets a model of its
//! own.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::files::form_models;
use super::finish::{aliases, reached};
use super::graph::Aliases;
use crate::ir::{BodyKind, Model, ModelKind, Sdk, Type};
use crate::names::Names;

/// Gives bodies of several parts a model of their own where theirs has files, and is among the models that `elsewhere`
/// names: those of other bodies and of answers.
pub(super) fn separate(sdk: &mut Sdk, elsewhere: &[String]) {
    let aliases = aliases(sdk);
    let elsewhere = reached(sdk, &mut elsewhere.to_vec());
    let shared = shared_forms(sdk, &elsewhere, &aliases);
    if shared.is_empty() {
        return;
    }
    let mut names = Names::for_types();
    sdk.models.iter().for_each(|model| {
        names.take(&model.name);
    });
    let mut forms: Vec<Model> =
        shared.iter().map(|it| multipart_model(it, &mut names, &aliases)).collect();
    let form_of: HashMap<String, String> =
        shared.iter().zip(&forms).map(|(it, form)| (it.name.clone(), form.name.clone())).collect();
    forms.iter_mut().for_each(|form| replace_variants(form, &form_of, &aliases));
    for operation in sdk.apis.iter_mut().flat_map(|api| &mut api.operations) {
        let Some(body) = &mut operation.body else { continue };
        if let Type::Model(name) = aliases.resolved(&body.ty)
            && body.kind == BodyKind::Multipart
            && let Some(form) = form_of.get(&name)
        {
            body.ty = Type::Model(form.clone());
        }
    }
    sdk.models.extend(forms);
    sdk.numbers = OnceLock::new();
}

/// The models of bodies of several parts that have files and are found elsewhere, and the unions of such.
fn shared_forms(sdk: &Sdk, elsewhere: &HashSet<String>, aliases: &Aliases) -> Vec<Model> {
    let bodies = sdk.apis.iter().flat_map(|api| &api.operations).filter_map(|it| it.body.as_ref());
    let forms = bodies.filter(|body| body.kind == BodyKind::Multipart);
    let mut seen = HashSet::new();
    let forms = forms.flat_map(|body| form_models(sdk, aliases, &body.ty));
    let forms: Vec<&Model> = forms.filter(|model| seen.insert(&model.name)).collect();
    let is_shared = |model: &&Model| elsewhere.contains(&model.name) && has_files(model, aliases);
    let mut shared: HashSet<&str> =
        forms.iter().copied().filter(is_shared).map(|model| model.name.as_str()).collect();
    // A union whose variants are others is another one, and so is a union of that.
    loop {
        let is_of_shared = |model: &&&Model| {
            let types = model.kind.variant_types().into_iter().map(|ty| aliases.resolved(ty));
            types.into_iter().any(|ty| matches!(ty, Type::Model(name) if shared.contains(&*name)))
        };
        let unions: Vec<&str> = forms
            .iter()
            .filter(|model| !shared.contains(model.name.as_str()))
            .filter(is_of_shared)
            .map(|model| model.name.as_str())
            .collect();
        if unions.is_empty() {
            break;
        }
        shared.extend(unions);
    }
    forms.into_iter().filter(|model| shared.contains(model.name.as_str())).cloned().collect()
}

/// Puts forms in the place of the variants that they were made of.
fn replace_variants(form: &mut Model, form_of: &HashMap<String, String>, aliases: &Aliases) {
    let replace = |ty: &mut Type| {
        if let Type::Model(name) = aliases.resolved(ty)
            && let Some(form) = form_of.get(&name)
        {
            *ty = Type::Model(form.clone());
        }
    };
    match &mut form.kind {
        ModelKind::TaggedUnion(union) => {
            union.variants.iter_mut().for_each(|variant| replace(&mut variant.ty));
            replace(&mut union.unknown);
        }
        ModelKind::UntaggedUnion(union) => {
            union.variants.iter_mut().for_each(|variant| replace(&mut variant.ty));
        }
        _ => {}
    }
}

fn has_files(model: &Model, aliases: &Aliases) -> bool {
    let ModelKind::Object(object) = &model.kind else { return false };
    object.fields.iter().any(|field| is_binary(&aliases.resolved(&field.ty)))
}

/// Whether a type is bytes, or a list of them.
fn is_binary(ty: &Type) -> bool {
    match ty {
        Type::Binary => true,
        Type::Array(inner) | Type::Nullable(inner) => is_binary(inner),
        _ => false,
    }
}

/// The model again, for forms alone. What is bytes says so itself: an alias may serve elsewhere as well.
fn multipart_model(model: &Model, names: &mut Names, aliases: &Aliases) -> Model {
    let mut form = Model { name: names.take(&format!("{}Multipart", model.name)), ..model.clone() };
    if let ModelKind::Object(object) = &mut form.kind {
        for field in &mut object.fields {
            let resolved = aliases.resolved(&field.ty);
            if is_binary(&resolved) {
                field.ty = resolved;
            }
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Scope;
    use crate::lower::testing::lower_version;

    const FORM: &str = "  schemas:
    Bytes: {type: string, format: binary}
    UploadMultipart: {type: object, properties: {a: {type: string}}}
    Upload: {type: object, properties: {name: {type: string}, photo: {$ref: '#/components/schemas/Bytes'},
      more: {type: array, items: {type: string, format: binary}}, owner: {$ref: '#/components/schemas/UploadMultipart'}}}";

    /// The types of the fields of a model.
    fn fields(sdk: &Sdk, model: &str) -> String {
        let model = sdk.model(model).map(|model| &model.kind);
        let Some(ModelKind::Object(object)) = model else { panic!("it is an object") };
        let aliases = aliases(sdk);
        let types = object.fields.iter().map(|it| aliases.resolved(&it.ty).rust(Scope::CRATE));
        types.collect::<Vec<_>>().join(", ")
    }

    /// The types of the bodies of an operation that takes `media_types`.
    fn bodies(media_types: &str, answer: &str) -> (Sdk, Vec<String>) {
        let schema = "{schema: {$ref: '#/components/schemas/Upload'}}";
        let content: Vec<String> =
            media_types.split(' ').map(|media_type| format!("{media_type}: {schema}")).collect();
        let paths = format!(
            "{{/a: {{post: {{requestBody: {{content: {{{}}}}}, responses: {{'200': {{description: d{answer}}}}}}}}}}}",
            content.join(", ")
        );
        let sdk = lower_version("3.0.3", &paths, FORM);
        let operations = sdk.apis.iter().flat_map(|api| &api.operations);
        let types = operations.filter_map(|it| it.body.as_ref()).map(|it| it.ty.rust(Scope::CRATE));
        let types = types.collect();
        (sdk, types)
    }

    #[test]
    fn a_form_with_files_has_a_model_of_its_own() {
        let (sdk, types) = bodies("application/json multipart/form-data", "");
        assert_eq!(types, ["models::Upload", "models::UploadMultipart2"]);
        let rest = "models::UploadMultipart";
        assert_eq!(fields(&sdk, "Upload"), format!("String, String, Vec<String>, {rest}"));
        let file = "crate::runtime::FilePart";
        assert_eq!(
            fields(&sdk, "UploadMultipart2"),
            format!("String, {file}, Vec<{file}>, {rest}")
        );
    }

    #[test]
    fn an_answer_is_elsewhere() {
        let answer =
            ", content: {application/json: {schema: {$ref: '#/components/schemas/Upload'}}}";
        let (_, types) = bodies("multipart/form-data", answer);
        assert_eq!(types, ["models::UploadMultipart2"]);
    }

    #[test]
    fn a_form_alone_keeps_its_model() {
        let (sdk, types) = bodies("multipart/form-data", "");
        assert_eq!(types, ["models::Upload"]);
        assert!(fields(&sdk, "Upload").contains("FilePart"));
        assert_eq!(sdk.models.len(), 3);
    }

    #[test]
    fn a_union_of_such_forms_is_another_one() {
        let components = "  schemas:
    Upload: {oneOf: [{$ref: '#/components/schemas/Photo'}, {$ref: '#/components/schemas/Link'}]}
    Photo: {type: object, required: [photo], properties: {photo: {type: string, format: binary}}}
    Link: {type: object, required: [url], properties: {url: {type: string}}}";
        let schema = "{schema: {$ref: '#/components/schemas/Upload'}}";
        let paths = format!(
            "{{/a: {{post: {{requestBody: {{content: {{application/json: {schema}, multipart/form-data: {schema}}}}}, \
             responses: {{'204': {{description: d}}}}}}}}}}"
        );
        let sdk = lower_version("3.0.3", &paths, components);
        let operations = sdk.apis.iter().flat_map(|api| &api.operations);
        let bodies = operations.filter_map(|it| it.body.as_ref());
        let bodies: Vec<String> = bodies.map(|it| it.ty.rust(Scope::CRATE)).collect();
        assert_eq!(bodies, ["models::Upload", "models::UploadMultipart"]);
        let variants = |model: &str| {
            let model = sdk.model(model).expect("a model");
            let types = model.kind.variant_types().into_iter().map(|ty| ty.rust(Scope::CRATE));
            types.collect::<Vec<_>>()
        };
        assert_eq!(variants("Upload"), ["models::Photo", "models::Link"]);
        assert_eq!(variants("UploadMultipart"), ["models::PhotoMultipart", "models::Link"]);
        assert_eq!(fields(&sdk, "Photo"), "String");
        assert_eq!(fields(&sdk, "PhotoMultipart"), "crate::runtime::FilePart");
    }
}

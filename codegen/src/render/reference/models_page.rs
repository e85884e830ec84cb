//! `docs/models/<module>.md`: the types of a module that requests or responses carry.

use askama::Template;

use super::links::{self, Links, Page};
use super::{WIDTH, api_page};
use crate::ir::{EnumValue, Field, Model, ModelKind, Object, Presence, Sdk, Type};
use crate::render::constraints;
use crate::render::markdown::{self, cell, code};

#[derive(Template)]
#[template(path = "docs/models.md.jinja", escape = "none")]
pub struct ModelsPage {
    title: String,
    top: String,
    library: String,
    module: String,
    models: Vec<ModelView>,
}

/// A model as its template shows it.
struct ModelView {
    name: String,
    anchor: String,
    path: String,
    schema: String,
    description: Vec<String>,
    deprecated: bool,
    features: String,
    kind: KindView,
    uses: Vec<String>,
    example: Option<String>,
}

/// What kind of type it is, with what only that kind has.
enum KindView {
    Object { constructor: String, fields: Vec<FieldView>, additional: String },
    Enum { values: Vec<ValueView> },
    Tagged { property: String, variants: Vec<VariantView>, unknown: String },
    Untagged { variants: Vec<VariantView> },
    Alias { ty: String },
}

struct FieldView {
    name: String,
    ident: String,
    ty: String,
    description: String,
    notes: String,
}

struct ValueView {
    value: String,
    ident: String,
    description: String,
}

struct VariantView {
    tags: String,
    ident: String,
    ty: String,
}

/// The page of one module, with all models that are in it.
pub fn page(sdk: &Sdk, links: &Links<'_>, module: &str, models: &[&Model]) -> ModelsPage {
    let page = Page::Models(module);
    let title = links::models_title(module);
    ModelsPage {
        top: links::anchor(&title),
        title,
        library: sdk.package.library(),
        module: module.to_owned(),
        models: models.iter().map(|it| model(sdk, links, page, it)).collect(),
    }
}

fn model(sdk: &Sdk, links: &Links<'_>, page: Page<'_>, model: &Model) -> ModelView {
    ModelView {
        name: model.name.clone(),
        anchor: links.model_anchor(&model.name).to_owned(),
        path: format!("{}::models::{}", sdk.package.library(), model.name),
        schema: code(&model.schema),
        description: markdown::lines(&model.description, WIDTH),
        deprecated: model.deprecated,
        features: features(model),
        kind: kind(links, page, model),
        uses: links.uses(&model.name).to_vec(),
        example: model.example.as_ref().and_then(api_page::json),
    }
}

/// The features that compile the model, as part of a sentence; empty where it always is.
fn features(model: &Model) -> String {
    let features: Vec<String> = model.features.iter().map(|feature| code(feature)).collect();
    match features.as_slice() {
        [] => String::new(),
        [feature] => format!("the cargo feature {feature}"),
        features => format!("any of the cargo features {}", features.join(", ")),
    }
}

fn kind(links: &Links<'_>, page: Page<'_>, model: &Model) -> KindView {
    match &model.kind {
        ModelKind::Object(object) => KindView::Object {
            constructor: constructor(&model.name, object),
            fields: object.fields.iter().map(|it| field(links, page, it)).collect(),
            additional: links.ty(page, &object.additional.ty),
        },
        ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => {
            KindView::Enum { values: values.iter().map(value).collect() }
        }
        ModelKind::TaggedUnion(union) => KindView::Tagged {
            property: code(&union.property),
            variants: union
                .variants
                .iter()
                .map(|it| variant(links, page, &it.tags, &it.ident, &it.ty))
                .collect(),
            unknown: links.ty(page, &union.unknown),
        },
        ModelKind::UntaggedUnion(union) => KindView::Untagged {
            variants: union
                .variants
                .iter()
                .map(|it| variant(links, page, &[], &it.ident, &it.ty))
                .collect(),
        },
        ModelKind::Alias(ty) => KindView::Alias { ty: links.ty(page, ty) },
    }
}

/// The call that makes one, with the fields that it needs.
fn constructor(name: &str, object: &Object) -> String {
    let required: Vec<&str> = object
        .fields_that_are(Presence::Required)
        .into_iter()
        .map(|field| field.ident.as_str())
        .collect();
    code(&format!("{name}::new({})", required.join(", ")))
}

fn field(links: &Links<'_>, page: Page<'_>, field: &Field) -> FieldView {
    FieldView {
        name: cell::span(&field.name),
        ident: cell::span(&field.ident),
        ty: links.labelled(page, &field.ty, &field.rust(links.scope(page))),
        description: cell::text(&field.description),
        notes: field_notes(field).join(", "),
    }
}

fn field_notes(field: &Field) -> Vec<String> {
    let mut notes = Vec::new();
    match field.presence {
        Presence::Required => notes.push("required".to_owned()),
        Presence::Optional => notes.push("optional".to_owned()),
        Presence::Nullable => notes.extend(["optional", "nullable"].map(str::to_owned)),
    }
    if field.presence == Presence::Required && matches!(field.ty, Type::Nullable(_)) {
        notes.push("nullable".to_owned());
    }
    let flags = [
        (field.read_only, "read-only"),
        (field.write_only, "write-only"),
        (field.deprecated, "deprecated"),
    ];
    notes.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, note)| note.to_owned()));
    if let Some(default) = &field.default {
        notes.push(format!("default {}", cell::span(&default.to_string())));
    }
    notes.extend(constraints::phrases(&field.constraints, cell::span));
    notes
}

fn value(value: &EnumValue) -> ValueView {
    let shown = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
    ValueView {
        value: cell::span(&shown),
        ident: cell::span(&value.ident),
        description: cell::text(&value.description),
    }
}

fn variant(
    links: &Links<'_>,
    page: Page<'_>,
    tags: &[String],
    ident: &str,
    ty: &Type,
) -> VariantView {
    let tags: Vec<String> = tags.iter().map(|tag| cell::span(tag)).collect();
    VariantView { tags: tags.join(" or "), ident: cell::span(ident), ty: links.ty(page, ty) }
}

//! The files of the models.

use askama::Template;
use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use super::markdown::{self, code};
use super::shared_fields::Models;
use super::{Error, constraints, opaque_types, rust};
use crate::ir::{EnumValue, Field, Model, ModelKind, Object, Presence, Scope, Sdk, Secrecy, Type};
use crate::names::escaped;

/// How wide a line of a model's docs is.
const WIDTH: usize = 96;

/// How wide rustfmt lets a `cfg` be on one line: one less before an import.
const CFG_WIDTH: usize = 99;

#[derive(Template)]
#[template(path = "model.rs.jinja", escape = "none")]
struct ModelFile {
    import_cfg: Option<String>,
    models: Vec<ModelView>,
}

#[derive(Template)]
#[template(path = "models_mod.rs.jinja", escape = "none")]
struct ModelsModule {
    modules: Vec<Module>,
    opaque_types: Vec<String>,
}

impl ModelsModule {
    /// Whether a module is called as the one that it is in.
    fn has_inception(&self) -> bool {
        self.modules.iter().any(|module| module.name == "models")
    }
}

struct Module {
    name: String,
    cfg: String,
    import_cfg: String,
}

/// A model as its template shows it.
struct ModelView {
    cfg: String,
    name: String,
    docs: Option<String>,
    derives: Option<String>,
    kind: KindView,
}

enum KindView {
    Object { fields: Vec<FieldView>, additional: Option<String> },
    Enum { macro_name: &'static str, values: Vec<ValueView> },
    Tagged { property: String, variants: Vec<TaggedView>, unknown: String, shared: Vec<String> },
    Untagged { variants: Vec<UntaggedView> },
    Alias { definition: String },
}

struct FieldView {
    docs: Option<String>,
    deprecated: bool,
    required: bool,
    secrecy: Option<&'static str>,
    in_answers: bool,
    ident: String,
    ty: String,
    key: String,
}

struct ValueView {
    docs: Option<String>,
    ident: String,
    value: String,
}

struct TaggedView {
    docs: String,
    ident: String,
    ty: String,
    tags: String,
}

struct UntaggedView {
    kind: &'static str,
    ident: String,
    ty: String,
}

/// `src/models/*.rs`.
pub fn files(sdk: &Sdk) -> Result<Vec<(String, String)>, Error> {
    let mut by_module: IndexMap<&str, Vec<&Model>> = IndexMap::new();
    for model in &sdk.models {
        by_module.entry(&model.module).or_default().push(model);
    }
    let all = Models::of(sdk);
    let mut files = Vec::with_capacity(by_module.len() + 1);
    for (module, models) in &by_module {
        let path = format!("src/models/{module}.rs");
        files.push((path.clone(), rust::file(&model_file(models, &all).render()?)));
    }
    by_module.sort_keys();
    let path = "src/models/mod.rs";
    let modules = by_module.iter().map(|(name, models)| {
        let features = features(models);
        let import_cfg = cfg_within(&features, CFG_WIDTH - 1);
        Module { name: escaped(name), cfg: cfg(&features), import_cfg }
    });
    let module =
        ModelsModule { modules: modules.collect(), opaque_types: opaque_types::opaque_types(sdk) };
    files.push((path.to_owned(), rust::file(&module.render()?)));
    Ok(files)
}

/// The features of which any one needs something of a file; none means always.
fn features(models: &[&Model]) -> Vec<String> {
    if models.iter().any(|model| model.features.is_empty()) {
        return Vec::new();
    }
    let features: BTreeSet<&String> = models.iter().flat_map(|model| &model.features).collect();
    features.into_iter().cloned().collect()
}

/// The attribute that compiles an item for any of the features.
pub fn cfg(features: &[String]) -> String {
    cfg_within(features, CFG_WIDTH)
}

fn cfg_within(features: &[String], width: usize) -> String {
    let conditions: Vec<String> =
        features.iter().map(|feature| format!("feature = {}", rust::string(feature))).collect();
    match conditions.as_slice() {
        [] => String::new(),
        [one] => format!("#[cfg({one})]"),
        many => {
            let line = format!("#[cfg(any({}))]", many.join(", "));
            if line.chars().count() <= width {
                line
            } else {
                format!("#[cfg(any(\n    {}\n))]", many.join(",\n    "))
            }
        }
    }
}

fn model_file(models: &[&Model], all: &Models<'_>) -> ModelFile {
    let own: HashSet<&str> = models.iter().map(|model| model.name.as_str()).collect();
    let importing: Vec<&Model> = models
        .iter()
        .copied()
        .filter(|model| {
            let mut imports = false;
            for ty in model.kind.types() {
                ty.visit_models(&mut |name| imports |= !own.contains(name));
            }
            imports
        })
        .collect();
    let file_features = features(models);
    // The import is compiled with the models that need it, so that it is never unused.
    let import_cfg = (!importing.is_empty()).then(|| {
        let import_features = features(&importing);
        if import_features == file_features { String::new() } else { cfg(&import_features) }
    });
    ModelFile {
        import_cfg,
        models: models.iter().map(|model| view(model, all, &file_features)).collect(),
    }
}

fn view(model: &Model, all: &Models<'_>, file_features: &[String]) -> ModelView {
    let kind = match &model.kind {
        ModelKind::Object(object) => object_view(object),
        ModelKind::StringEnum(values) => enum_view("string_enum", values),
        ModelKind::IntegerEnum(values) => enum_view("integer_enum", values),
        ModelKind::TaggedUnion(union) => KindView::Tagged {
            property: rust::string(&union.property),
            variants: union
                .variants
                .iter()
                .map(|variant| TaggedView {
                    docs: rust::doc(
                        &[format!("{} is {}.", code(&union.property), quoted(&variant.tags))],
                        8,
                    ),
                    ident: variant.ident.clone(),
                    ty: variant.ty.rust(Scope::MODELS),
                    tags: variant
                        .tags
                        .iter()
                        .map(|tag| rust::string(tag))
                        .collect::<Vec<_>>()
                        .join(" | "),
                })
                .collect(),
            unknown: union.unknown.rust(Scope::MODELS),
            shared: all.shared_fields(union),
        },
        ModelKind::UntaggedUnion(union) => KindView::Untagged {
            variants: union
                .variants
                .iter()
                .map(|variant| UntaggedView {
                    kind: if variant.is_object { "object" } else { "whole" },
                    ident: variant.ident.clone(),
                    ty: variant.ty.rust(Scope::MODELS),
                })
                .collect(),
        },
        ModelKind::Alias(ty) => KindView::Alias { definition: alias(&model.name, ty) },
    };
    let is_macro = !matches!(kind, KindView::Alias { .. });
    let cfg = if model.features == file_features { String::new() } else { cfg(&model.features) };
    ModelView {
        cfg,
        name: model.name.clone(),
        docs: model_docs(model, if is_macro { 4 } else { 0 }),
        derives: (is_macro && !model.derives.is_empty())
            .then(|| format!("    #[derive({})]", model.derives.join(", "))),
        kind,
    }
}

fn alias(name: &str, ty: &Type) -> String {
    let line = format!("pub type {name} = {};", ty.rust(Scope::MODELS));
    if rust::fits(0, &line) {
        line
    } else {
        format!("pub type {name} =\n    {};", ty.rust(Scope::MODELS))
    }
}

/// What the document says of a model; the name of its schema only where the type has another one.
fn model_docs(model: &Model, indent: usize) -> Option<String> {
    let mut lines = markdown::lines(&model.description, WIDTH - indent);
    if lines.is_empty() && model.schema != model.name {
        lines.push(format!("{} of the API.", code(&model.schema)));
    }
    if model.deprecated {
        paragraph(&mut lines, "Deprecated by the API.".to_owned());
    }
    docs(&lines, indent)
}

/// Adds a paragraph to those that are there.
fn paragraph(lines: &mut Vec<String>, text: String) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(text);
}

/// Docs, where there is something to say.
fn docs(lines: &[String], indent: usize) -> Option<String> {
    (!lines.is_empty()).then(|| rust::doc(lines, indent))
}

fn quoted(tags: &[String]) -> String {
    let tags: Vec<String> = tags.iter().map(|tag| code(tag)).collect();
    tags.join(" or ")
}

fn object_view(object: &Object) -> KindView {
    let additional =
        (object.additional.ty != Type::Any).then(|| object.additional.ty.rust(Scope::MODELS));
    KindView::Object { fields: object.fields.iter().map(field_view).collect(), additional }
}

fn field_view(field: &Field) -> FieldView {
    FieldView {
        docs: docs(&field_docs(field), 8),
        deprecated: field.deprecated,
        required: field.presence == Presence::Required,
        secrecy: match field.secrecy {
            Secrecy::Open => None,
            Secrecy::Secret => Some("secret"),
            Secrecy::Holder => Some("holder"),
        },
        in_answers: field.in_answers,
        ident: field.ident.clone(),
        ty: field.rust(Scope::MODELS),
        key: rust::string(&field.name),
    }
}

fn field_docs(field: &Field) -> Vec<String> {
    let mut lines = markdown::lines(&directed(field), WIDTH - 8);
    let sentences = constraints::sentences(field.default.as_ref(), &field.constraints);
    if let Some(sentences) = sentences {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(markdown::wrap(&sentences, WIDTH - 8));
    }
    lines
}

/// What the description does not say: who sets the property.
fn directed(field: &Field) -> String {
    let direction = match (field.read_only, field.write_only) {
        (true, _) => "*Read-only.*",
        (_, true) => "*Write-only.*",
        _ => return field.description.clone(),
    };
    let ends_in_block = field.description.contains("\n\n") || field.description.contains("\n-");
    let gap = if ends_in_block { "\n\n" } else { " " };
    format!("{}{gap}{direction}", field.description.trim_end())
}

fn enum_view(macro_name: &'static str, values: &[EnumValue]) -> KindView {
    let values = values
        .iter()
        .map(|value| ValueView {
            docs: value_docs(value),
            ident: value.ident.clone(),
            value: value
                .value
                .as_str()
                .map_or_else(|| value.value.to_string(), rust::documented_string),
        })
        .collect();
    KindView::Enum { macro_name, values }
}

/// What the document says of a value, unless it says the value only.
fn value_docs(value: &EnumValue) -> Option<String> {
    docs(&markdown::lines(&value.description, WIDTH - 8), 8)
}

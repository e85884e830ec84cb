//! What the tests of lowering share.

use super::lower;
use crate::config::Config;
use crate::diagnostics::Diagnostics;
use crate::ir::{ModelKind, Scope, Sdk};
use crate::load::testing::load_text;
use crate::normalize::normalize;

/// Lowers a document with these paths and components, as YAML, about which there is nothing to report.
pub fn lower_document(paths: &str, components: &str) -> Sdk {
    lower_version("3.1.0", paths, components)
}

/// As [`lower_document`], in that version of OpenAPI.
pub fn lower_version(version: &str, paths: &str, components: &str) -> Sdk {
    let text = format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {paths}\ncomponents:\n{components}"
    );
    let mut loaded = load_text("a.yaml", text);
    let document = loaded.result.take().expect("the document is loaded");
    let normalized = normalize(document, &mut loaded.diagnostics);
    assert_eq!(loaded.report(), "");
    let normalized = normalized.expect("the document is normalized");
    let mut diagnostics = Diagnostics::new();
    let sdk = lower(&normalized, &Config::default(), &mut diagnostics);
    let messages: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert!(messages.is_empty(), "{messages:?}");
    sdk.expect("the document is lowered")
}

/// Lowers the schemas of a document without operations.
pub fn lower_schemas(schemas: &str) -> Sdk {
    lower_document("{}", &format!("  schemas:\n{schemas}"))
}

/// What a model is, in a line: the variants of an enum with their values, or the type of another name.
pub fn outline(sdk: &Sdk, name: &str) -> String {
    let model = sdk.model(name).unwrap_or_else(|| panic!("there is no model {name}"));
    match &model.kind {
        ModelKind::StringEnum(values) | ModelKind::IntegerEnum(values) => {
            let values: Vec<String> =
                values.iter().map(|it| format!("{} = {}", it.ident, it.value)).collect();
            values.join(", ")
        }
        ModelKind::TaggedUnion(union) => {
            let variants: Vec<String> = union
                .variants
                .iter()
                .map(|it| format!("{}({})", it.ident, it.ty.rust(Scope::MODELS)))
                .collect();
            format!("by {}: {}", union.property, variants.join(", "))
        }
        ModelKind::UntaggedUnion(union) => {
            let variants: Vec<String> = union
                .variants
                .iter()
                .map(|it| format!("{}({})", it.ident, it.ty.rust(Scope::MODELS)))
                .collect();
            variants.join(", ")
        }
        ModelKind::Alias(ty) => ty.rust(Scope::MODELS),
        ModelKind::Object(_) => "an object".to_owned(),
    }
}

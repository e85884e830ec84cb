//! Which properties hold what `Debug` must not show.

use std::collections::{HashMap, HashSet};

use openapiv3::{Schema, SchemaKind, StringFormat, VariantOrUnknownOrEmpty};

use super::Lowering;
use super::finish::visit_parts;
use super::view::SchemaRef;
use crate::ir::{Model, ModelKind, Sdk, Secrecy};

impl<'a> Lowering<'a> {
    /// Whether a property is a secret by itself: only the client sends it, its format says that it is a
    /// password, or the user says so.
    pub(super) fn secrecy(
        &self,
        model: &str,
        property: &str,
        schema: Option<SchemaRef<'a>>,
    ) -> Secrecy {
        let is_secret = self.has_flag(schema, |data| data.write_only)
            || schema.and_then(|schema| self.schema(schema)).is_some_and(is_password)
            || self.config.secrets.names(model, property);
        if is_secret { Secrecy::Secret } else { Secrecy::Open }
    }
}

/// Whether the format is `password` (OpenAPI 3.0.3, section 4.4).
fn is_password(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => {
            string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Password)
        }
        _ => false,
    }
}

/// Tells which properties hold models with secrets, however deep.
pub(super) fn find_holders(sdk: &mut Sdk) {
    let holders = holders(sdk);
    for model in &mut sdk.models {
        let ModelKind::Object(object) = &mut model.kind else { continue };
        for field in &mut object.fields {
            let mut leads_to_some = false;
            field.ty.visit_models(&mut |name| leads_to_some |= holders.contains(name));
            if leads_to_some && field.secrecy == Secrecy::Open {
                field.secrecy = Secrecy::Holder;
            }
        }
    }
}

/// The models that have a secret, or lead to one that has.
fn holders(sdk: &Sdk) -> HashSet<String> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for model in &sdk.models {
        visit_parts(model, &mut |part| users.entry(part).or_default().push(&model.name));
    }
    let mut waiting: Vec<&str> = sdk
        .models
        .iter()
        .filter(|model| has_secret(model))
        .map(|model| model.name.as_str())
        .collect();
    let mut holders = HashSet::new();
    while let Some(name) = waiting.pop() {
        if holders.insert(name.to_owned()) {
            waiting.extend(users.get(name).into_iter().flatten());
        }
    }
    holders
}

fn has_secret(model: &Model) -> bool {
    match &model.kind {
        ModelKind::Object(object) => {
            object.fields.iter().any(|field| field.secrecy == Secrecy::Secret)
        }
        _ => false,
    }
}

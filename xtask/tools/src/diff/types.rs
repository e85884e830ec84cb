//! Types of the two SDKs, so written that equal texts are the same type.

use std::collections::HashMap;

use codegen::ir::{Field, Model, ModelKind, Presence, Scope, Sdk, Type};

/// How deep aliases are followed: they may lead back to themselves by a list.
const DEEPEST_ALIAS: usize = 16;

/// Which model of the old SDK is which one of the new.
pub(super) struct Types<'a> {
    old: &'a Sdk,
    new: &'a Sdk,
    /// The new names of models that only have another name.
    renamed: HashMap<&'a str, &'a str>,
}

impl<'a> Types<'a> {
    pub(super) fn of(old: &'a Sdk, new: &'a Sdk) -> Self {
        let by_schema: HashMap<&str, &Model> =
            new.models.iter().map(|model| (model.schema.as_str(), model)).collect();
        let gone = old.models.iter().filter(|model| new.model(&model.name).is_none());
        let renamed = gone.filter_map(|model| {
            let heir = by_schema.get(model.schema.as_str())?;
            let is_new = old.model(&heir.name).is_none();
            is_new.then_some((model.name.as_str(), heir.name.as_str()))
        });
        Self { old, new, renamed: renamed.collect() }
    }

    /// The model of the new SDK that an old one has become.
    pub(super) fn heir(&self, old: &Model) -> Option<&'a Model> {
        let name = self.renamed.get(old.name.as_str()).copied().unwrap_or(&old.name);
        self.new.model(name)
    }

    /// Whether a model of the new SDK is one of the old with another name.
    pub(super) fn is_renamed(&self, new: &Model) -> bool {
        self.renamed.values().any(|name| *name == new.name)
    }

    /// A type of the old SDK and one of the new, as Rust.
    pub(super) fn both(&self, old: &Type, new: &Type) -> [String; 2] {
        [self.of_old(old), self.of_new(new)]
    }

    /// A type of the old SDK, as Rust.
    pub(super) fn of_old(&self, ty: &Type) -> String {
        rust(&resolved(self.old, ty, &self.renamed, 0))
    }

    /// A type of the new SDK, as Rust.
    pub(super) fn of_new(&self, ty: &Type) -> String {
        rust(&resolved(self.new, ty, &HashMap::new(), 0))
    }

    /// The types of a field, with the options and the box around it.
    pub(super) fn of_fields(&self, old: &Field, new: &Field) -> [String; 2] {
        let [old_type, new_type] = self.both(&old.ty, &new.ty);
        [within(old, old_type), within(new, new_type)]
    }

    /// The type of a field of the old SDK.
    pub(super) fn of_old_field(&self, field: &Field) -> String {
        within(field, self.of_old(&field.ty))
    }

    /// The type of a field of the new SDK.
    pub(super) fn of_new_field(&self, field: &Field) -> String {
        within(field, self.of_new(&field.ty))
    }
}

fn rust(ty: &Type) -> String {
    ty.rust(Scope::CRATE)
}

fn within(field: &Field, ty: String) -> String {
    let ty = if field.boxed { format!("Box<{ty}>") } else { ty };
    match field.presence {
        Presence::Required => ty,
        Presence::Optional => format!("Option<{ty}>"),
        Presence::Nullable => format!("Option<Option<{ty}>>"),
    }
}

/// The type with what its aliases stand for, and the new names of models.
fn resolved(sdk: &Sdk, ty: &Type, renamed: &HashMap<&str, &str>, depth: usize) -> Type {
    let within = |inner: &Type| Box::new(resolved(sdk, inner, renamed, depth));
    match ty {
        Type::Array(inner) => Type::Array(within(inner)),
        Type::Map(inner) => Type::Map(within(inner)),
        Type::Nullable(inner) => Type::Nullable(within(inner)),
        Type::Model(name) => match sdk.model(name).map(|model| &model.kind) {
            Some(ModelKind::Alias(target)) if depth < DEEPEST_ALIAS => {
                resolved(sdk, target, renamed, depth + 1)
            }
            _ => Type::Model(renamed.get(name.as_str()).map_or(name.clone(), |&it| it.to_owned())),
        },
        other => other.clone(),
    }
}

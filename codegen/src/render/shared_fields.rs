//! The fields that all variants of a tagged union have.

use std::collections::HashMap;

use crate::ir::{Field, Model, ModelKind, Scope, Sdk, TaggedUnion, Type};

/// Methods that every union has by its traits, which one of the same name would hide.
const METHODS_OF_TRAITS: [&str; 7] = ["clone", "eq", "fmt", "from", "into", "ne", "serialize"];

/// The models by their names.
pub struct Models<'a>(HashMap<&'a str, &'a Model>);

impl<'a> Models<'a> {
    /// Those of an SDK.
    pub fn of(sdk: &'a Sdk) -> Self {
        Self(sdk.models.iter().map(|model| (model.name.as_str(), model)).collect())
    }

    /// The fields that every variant has with the same type, the one for unknown tags included, as
    /// `name: type`. None where one of them is no struct.
    pub fn shared_fields(&self, union: &TaggedUnion) -> Vec<String> {
        let variants: Option<Vec<&[Field]>> =
            union.variants.iter().map(|variant| self.fields(&variant.ty)).collect();
        let (Some(unknown), Some(variants)) = (self.fields(&union.unknown), variants) else {
            return Vec::new();
        };
        let declared = |field: &Field| format!("{}: {}", field.ident, field.rust(Scope::MODELS));
        let is_shared = |field: &&Field| {
            let is_same = |other: &Field| !other.deprecated && declared(other) == declared(field);
            let is_hidden = METHODS_OF_TRAITS.contains(&field.ident.as_str());
            !field.deprecated
                && !is_hidden
                && variants.iter().all(|fields| fields.iter().any(is_same))
        };
        unknown.iter().filter(is_shared).map(declared).collect()
    }

    fn fields(&self, ty: &Type) -> Option<&'a [Field]> {
        let Type::Model(name) = ty else { return None };
        match &self.0.get(name.as_str())?.kind {
            ModelKind::Object(object) => Some(&object.fields),
            _ => None,
        }
    }
}

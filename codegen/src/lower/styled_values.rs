//! What values look like to the styles of parameters.

use super::Lowering;
use crate::ir::{ModelKind, Type};

/// How many names of types are followed for one of them.
const MOST_NAMES: usize = 100;

/// What a value looks like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct StyledValue {
    /// What it is.
    pub kind: Kind,
    /// What lies within.
    pub within: Within,
}

/// What a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// A text, a number or a flag.
    Scalar,
    /// A list.
    List,
    /// An object.
    Object,
    /// Anything.
    Open,
}

/// What lies within a list or an object.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Within {
    /// Texts, numbers and flags.
    Scalars,
    /// Lists or objects.
    Composites,
    /// Anything.
    Open,
}

impl Within {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Scalar => Self::Scalars,
            Kind::List | Kind::Object => Self::Composites,
            Kind::Open => Self::Open,
        }
    }

    /// Whatever reaches deepest of both.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Composites, _) | (_, Self::Composites) => Self::Composites,
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            _ => Self::Scalars,
        }
    }
}

impl Lowering<'_> {
    /// What the values of a type look like. Of several alternatives it is what reaches deepest.
    pub(super) fn shape(&self, ty: &Type) -> StyledValue {
        self.shape_of(ty, &mut 0)
    }

    fn shape_of(&self, ty: &Type, names: &mut usize) -> StyledValue {
        let kind = self.kind_of(ty, names);
        let within = match ty {
            Type::Array(inner) | Type::Map(inner) => Within::of(self.kind_of(inner, names)),
            Type::Nullable(inner) => self.shape_of(inner, names).within,
            Type::Model(name) => self.within_model(name, names),
            Type::Any | Type::Custom(_) => Within::Open,
            _ => Within::Scalars,
        };
        StyledValue { kind, within }
    }

    fn within_model(&self, name: &str, names: &mut usize) -> Within {
        *names += 1;
        let kind = self.models.get(name).map(|model| &model.kind);
        match kind.filter(|_| *names < MOST_NAMES) {
            Some(ModelKind::Alias(ty)) => self.shape_of(ty, names).within,
            Some(ModelKind::Object(object)) => {
                let fields = object.fields.iter().map(|it| Within::of(self.kind_of(&it.ty, names)));
                let fields: Vec<Within> = fields.collect();
                // What a schema does not name is left out of its shape.
                let additional = match object.additional.declared {
                    true => Within::of(self.kind_of(&object.additional.ty, names)),
                    false => Within::Scalars,
                };
                fields.into_iter().fold(additional, Within::or)
            }
            Some(ModelKind::TaggedUnion(union)) => {
                let types: Vec<&Type> = union.variants.iter().map(|it| &it.ty).collect();
                self.within_variants(&types, names)
            }
            Some(ModelKind::UntaggedUnion(union)) => {
                let types: Vec<&Type> = union.variants.iter().map(|it| &it.ty).collect();
                self.within_variants(&types, names)
            }
            _ => Within::Scalars,
        }
    }

    fn within_variants(&self, types: &[&Type], names: &mut usize) -> Within {
        types.iter().fold(Within::Scalars, |all, ty| all.or(self.shape_of(ty, names).within))
    }

    fn kind_of(&self, ty: &Type, names: &mut usize) -> Kind {
        match ty {
            Type::Array(_) => Kind::List,
            Type::Map(_) => Kind::Object,
            Type::Any | Type::Custom(_) => Kind::Open,
            Type::Nullable(inner) => self.kind_of(inner, names),
            Type::Model(name) => self.kind_of_model(name, names),
            _ => Kind::Scalar,
        }
    }

    fn kind_of_model(&self, name: &str, names: &mut usize) -> Kind {
        *names += 1;
        let kind = self.models.get(name).map(|model| &model.kind);
        match kind.filter(|_| *names < MOST_NAMES) {
            Some(ModelKind::Object(_) | ModelKind::TaggedUnion(_)) => Kind::Object,
            Some(ModelKind::Alias(ty)) => self.kind_of(ty, names),
            Some(ModelKind::UntaggedUnion(union)) => {
                let kinds = union.variants.iter().map(|it| self.kind_of(&it.ty, names));
                let kinds: Vec<Kind> = kinds.collect();
                let order = [Kind::Object, Kind::List, Kind::Open];
                order.into_iter().find(|kind| kinds.contains(kind)).unwrap_or(Kind::Scalar)
            }
            Some(ModelKind::StringEnum(_) | ModelKind::IntegerEnum(_)) => Kind::Scalar,
            None => Kind::Open,
        }
    }
}

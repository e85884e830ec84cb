//! The macros behind `oneOf`, `anyOf` and inheritance, and what their expansion calls.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::misfits;

/// Makes a boxed union, which a recursive field has, what the union is: a property.
#[allow(unused_macros, reason = "not every document has a union")]
macro_rules! boxed_property {
    ($name:ident) => {
        impl<'de> $crate::runtime::model::Property<'de> for Box<$name> {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                Ok(<$name as $crate::runtime::model::Property>::attempt(deserializer)?
                    .map(Self::new))
            }
        }
    };
}

/// Declares an enum whose variant is told by the value of one property
/// (OpenAPI 3.0.3, section 4.7.25, Discriminator Object).
///
/// `Unknown` keeps the whole object where no variant has the value of the property, and where
/// the object lacks what its variant requires.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! tagged_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident by $tag:literal {
            $($(#[$variant_meta:meta])* $variant:ident($type:ty) = $($value:literal)|+,)*
            _($unknown:ty),
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant(Box<$type>),)*
            /// An object of a type that this version of the SDK does not know, or that is not
            /// what its type says, kept whole.
            Unknown(Box<$unknown>),
        }

        $(impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(Box::new(value))
            }
        })*

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => serde::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $name {
            fn from_json(value: &serde_json::Value) -> serde_json::Result<Self> {
                use $crate::runtime::model::{read_tagged, tag_of};
                let known = match tag_of(value, $tag) {
                    $($(Some($value))|+ => read_tagged(value).map(Self::$variant),)*
                    _ => return read_tagged(value).map(Self::Unknown),
                };
                known.or_else(|error| read_tagged(value).map(Self::Unknown).map_err(|_| error))
            }
        }

        boxed_property! { $name }

        impl<'de> $crate::runtime::model::Property<'de> for $name {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from_json(&value).map_err(|_| value))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde::Deserialize::deserialize(deserializer)?;
                Self::from_json(&value).map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Declares an enum whose variant is told by what the value looks like.
///
/// The variants stand from the most to the least specific. An object goes to the variant
/// that knows the most of its properties; a value that fits none is kept in `Unknown`.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! untagged_union {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $kind:ident $variant:ident($type:ty),)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant(Box<$type>),)*
            /// A value that fits no other variant, kept as it came.
            Unknown(serde_json::Value),
        }

        $(impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(Box::new(value))
            }
        })*

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => serde::Serialize::serialize(value, serializer),)*
                    Self::Unknown(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl $name {
            fn from_json(value: serde_json::Value) -> Self {
                use $crate::runtime::model::{best_candidate, unknown_properties};
                let candidates: &[$crate::runtime::model::Candidate<Self>] = &[$($crate::runtime::model::Candidate {
                    unknown_properties: unknown_properties::$kind::<$type>,
                    read: |value| {
                        Some(Self::$variant(Box::new(serde::Deserialize::deserialize(value).ok()?)))
                    },
                },)*];
                best_candidate(&value, candidates).unwrap_or(Self::Unknown(value))
            }
        }

        boxed_property! { $name }

        impl<'de> $crate::runtime::model::Property<'de> for $name {
            fn attempt<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<$crate::runtime::model::Attempted<Self>, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                Ok(if value.is_null() { Err(value) } else { Ok(Self::from_json(value)) })
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from_json(serde::Deserialize::deserialize(deserializer)?))
            }
        }
    };
}

/// One variant of an undiscriminated union.
pub struct Candidate<T> {
    /// How many properties of the value the variant has no field for.
    pub unknown_properties: fn(&Value) -> usize,
    /// Reads the variant, where the value fits it.
    pub read: fn(&Value) -> Option<T>,
}

/// The first variant that fits and holds the most properties of the value in fields.
pub fn best_candidate<T>(value: &Value, candidates: &[Candidate<T>]) -> Option<T> {
    let mut by_fit: Vec<_> = candidates
        .iter()
        .map(|candidate| ((candidate.unknown_properties)(value), candidate))
        .collect();
    by_fit.sort_by_key(|(unknown, _)| *unknown);
    let mut best: Option<(usize, usize, T)> = None;
    for (unknown, candidate) in by_fit {
        let is_beaten = |misfits| match &best {
            Some((least, fewest, _)) => least + fewest <= unknown + misfits,
            None => false,
        };
        if is_beaten(0) {
            break;
        }
        if let (misfits, Some(read)) = misfits::count(|| (candidate.read)(value))
            && !is_beaten(misfits)
        {
            best = Some((unknown, misfits, read));
        }
    }
    // What fits no variant is a misfit as a whole.
    misfits::add(best.as_ref().map_or(1, |(_, misfits, _)| *misfits));
    best.map(|(_, _, read)| read)
}

/// How many properties of a value a variant has no field for.
pub mod unknown_properties {
    use serde_json::Value;

    use crate::runtime::model::Object;

    /// For a variant that is an object model.
    pub fn object<T: for<'de> Object<'de>>(value: &Value) -> usize {
        let Value::Object(properties) = value else { return 0 };
        properties.keys().filter(|key| !T::PROPERTIES.contains(key)).count()
    }

    /// For any other variant: it fits as a whole, or not at all.
    pub fn whole<T>(_: &Value) -> usize {
        0
    }
}

/// The value of the discriminator property, where it is a string.
pub fn tag_of<'a>(value: &'a Value, tag: &str) -> Option<&'a str> {
    value.get(tag)?.as_str()
}

/// Reads the object of a tagged variant.
pub fn read_tagged<T: DeserializeOwned>(value: &Value) -> serde_json::Result<Box<T>> {
    T::deserialize(value).map(Box::new)
}

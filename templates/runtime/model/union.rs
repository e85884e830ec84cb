//! The macros behind `oneOf`, `anyOf` and inheritance, and what their expansion calls.

use serde::de::{DeserializeOwned, Error};
use serde_json::Value;

/// Declares an enum whose variant is told by the value of one property
/// (OpenAPI 3.0.3, section 4.7.25, Discriminator Object).
///
/// A value of the property that no variant has keeps its whole object in `Unknown`.
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
            /// An object of a type that this version of the SDK does not know, kept whole.
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

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use $crate::runtime::model::{read_tagged, tag_of};
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                match tag_of(&value, $tag) {
                    $($(Some($value))|+ => read_tagged(value).map(Self::$variant),)*
                    _ => read_tagged(value).map(Self::Unknown),
                }
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

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use $crate::runtime::model::{Candidate, best_candidate, unknown_properties};
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                let candidates: &[Candidate<Self>] = &[$(Candidate {
                    unknown_properties: unknown_properties::$kind::<$type>,
                    read: |value| Some(Self::$variant(Box::new(serde_json::from_value(value.clone()).ok()?))),
                },)*];
                Ok(best_candidate(&value, candidates).unwrap_or(Self::Unknown(value)))
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

/// The first variant that fits and knows the most properties of the value.
pub fn best_candidate<T>(value: &Value, candidates: &[Candidate<T>]) -> Option<T> {
    let mut by_fit: Vec<_> = candidates
        .iter()
        .map(|candidate| ((candidate.unknown_properties)(value), candidate))
        .collect();
    by_fit.sort_by_key(|(unknown, _)| *unknown);
    by_fit.into_iter().find_map(|(_, candidate)| (candidate.read)(value))
}

/// How many properties of a value a variant has no field for.
pub mod unknown_properties {
    use serde_json::Value;

    use crate::runtime::model::Object;

    /// For a variant that is an object model.
    pub fn object<T: for<'de> Object<'de>>(value: &Value) -> usize {
        let Value::Object(properties) = value else { return 0 };
        properties.keys().filter(|key| !T::KEYS.contains(&key.as_str())).count()
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
pub fn read_tagged<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

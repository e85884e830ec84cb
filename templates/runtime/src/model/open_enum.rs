//! The macros behind enums: open, so that a value of a newer server is kept.

use super::scalar;
use crate::runtime::json::{ALLOCATION, Document, Stopped};

/// Declares an enum of strings. A value that the document does not list is `Unknown`.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! string_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $value:literal $(doc $markdown:literal)?,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = in_docs!($value $(, $markdown)?)]
                $(#[$variant_meta])*
                $variant,
            )*
            /// A value that this version of the SDK does not know.
            Unknown(String),
        }

        #[allow(deprecated, reason = "an enum names its own deprecated values")]
        impl $name {
            /// The value as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }

            fn known(value: &str) -> Option<Self> {
                match value {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::known(value).unwrap_or_else(|| Self::Unknown(value.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::known(&value).unwrap_or(Self::Unknown(value))
            }
        }

        impl $crate::runtime::model::Property for $name {
            const EXPECTED: &'static str = concat!("a string that `", stringify!($name), "` knows");

            #[inline]
            fn read(
                text: &$crate::runtime::json::Document,
            ) -> Result<Option<Self>, $crate::runtime::json::Stopped> {
                $crate::runtime::model::open_enum::read(text, Self::known, Self::Unknown, Self::EXPECTED)
            }

            fn zero() -> Option<Self> {
                Some(Self::from(""))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

/// Reads a string that an enum may know.
///
/// # Errors
///
/// A limit was reached, or deviations are refused.
pub fn read<T>(
    text: &Document,
    known: fn(&str) -> Option<T>,
    unknown: fn(String) -> T,
    expected: &'static str,
) -> Result<Option<T>, Stopped> {
    let start = text.position();
    let Some(value) = scalar::string(text)? else { return Ok(None) };
    if let Some(known) = known(&value) {
        return Ok(Some(known));
    }
    text.deviates(start, expected)?;
    text.charge(value.len() + ALLOCATION)?;
    Ok(Some(unknown(value.into_owned())))
}

/// Declares an enum of integers. A value that the document does not list is `Unknown`.
#[allow(unused_macros, reason = "not every document has one")]
macro_rules! integer_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = in_docs!($value)]
                $(#[$variant_meta])*
                $variant,
            )*
            /// A value that this version of the SDK does not know.
            Unknown(i64),
        }

        impl $name {
            /// The value as it stands in JSON.
            pub const fn as_i64(self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        impl $crate::runtime::model::Property for $name {
            const EXPECTED: &'static str = concat!("an integer that `", stringify!($name), "` knows");

            fn read(
                text: &$crate::runtime::json::Document,
            ) -> Result<Option<Self>, $crate::runtime::json::Stopped> {
                let start = text.position();
                let Some(value) = <i64 as $crate::runtime::model::Property>::read(text)? else {
                    return Ok(None);
                };
                let value = Self::from(value);
                if matches!(value, Self::Unknown(_)) {
                    text.deviates(start, Self::EXPECTED)?;
                }
                Ok(Some(value))
            }

            fn zero() -> Option<Self> {
                Some(Self::from(0))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.as_i64(), formatter)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(<i64 as serde::Deserialize>::deserialize(deserializer)?))
            }
        }
    };
}

//! The Rust types that fields, parameters and bodies have.

/// A Rust type.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Type {
    /// Any string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer, also where the document gives no format.
    Int64,
    /// A 64-bit integer that is never negative.
    UInt64,
    /// A double-precision number, whatever the format.
    Double,
    /// A day (RFC 3339, `full-date`).
    Date,
    /// A point in time (RFC 3339, `date-time`).
    DateTime,
    /// Bytes that are sent as they are.
    Binary,
    /// A file that is part of a `multipart/form-data` body.
    File,
    /// Any JSON value.
    Any,
    /// A list.
    Array(Box<Type>),
    /// An object whose property names are free.
    Map(Box<Type>),
    /// A value or null.
    Nullable(Box<Type>),
    /// A model of this SDK, by its Rust name.
    Model(String),
    /// A type of the user's, as a Rust path, from `sdk.toml`.
    Custom(String),
}

impl Type {
    /// The type as Rust source, with `models` before the name of each model
    /// (`"models::"`, or nothing within the module itself).
    pub fn rust(&self, models: &str) -> String {
        match self {
            Self::String => "String".to_owned(),
            Self::Boolean => "bool".to_owned(),
            Self::Int32 => "i32".to_owned(),
            Self::Int64 => "i64".to_owned(),
            Self::UInt64 => "u64".to_owned(),
            Self::Double => "f64".to_owned(),
            Self::Date => "jiff::civil::Date".to_owned(),
            Self::DateTime => "jiff::Timestamp".to_owned(),
            Self::Binary => "bytes::Bytes".to_owned(),
            Self::File => "crate::runtime::FilePart".to_owned(),
            Self::Any => "serde_json::Value".to_owned(),
            Self::Array(item) => format!("Vec<{}>", item.rust(models)),
            Self::Map(value) => {
                format!("std::collections::BTreeMap<String, {}>", value.rust(models))
            }
            Self::Nullable(value) => format!("Option<{}>", value.rust(models)),
            Self::Model(name) => format!("{models}{name}"),
            Self::Custom(path) => path.clone(),
        }
    }

    /// Calls `visit` with the name of every model within the type.
    pub fn visit_models<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => {
                inner.visit_models(visit);
            }
            Self::Model(name) => visit(name),
            _ => {}
        }
    }

    /// The type or null; null is not added twice.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any => self,
            other => Self::Nullable(Box::new(other)),
        }
    }
}

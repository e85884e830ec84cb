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

/// From where a type is named.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// What stands before the name of a model.
    models: &'a str,
    /// What the crate is called.
    library: &'a str,
}

impl<'a> Scope<'a> {
    /// The module of the models.
    pub const MODELS: Self = Self { models: "", library: "crate" };
    /// Another module of the crate, which imports `models`.
    pub const CRATE: Self = Self { models: "models::", library: "crate" };
    /// Another module of the crate, which imports nothing.
    pub const NO_IMPORT: Self = Self { models: "crate::models::", library: "crate" };

    /// Another crate, which imports `models` and knows this one by a name.
    pub const fn outside(library: &'a str) -> Self {
        Self { models: "models::", library }
    }

    /// As [`outside`](Self::outside), with the names of models as they are.
    pub const fn unqualified(library: &'a str) -> Self {
        Self { models: "", library }
    }

    /// What the crate is called.
    pub fn library(self) -> &'a str {
        self.library
    }

    /// A path of the user's, which may begin at the crate or hold paths that do.
    fn path(self, path: &str) -> String {
        if self.library == "crate" {
            return path.to_owned();
        }
        let mut named = String::with_capacity(path.len());
        let mut rest = path;
        while let Some(at) = rest.find("crate::") {
            let (before, after) = rest.split_at(at);
            named.push_str(before);
            // It may be the end of another word.
            let is_word = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
            named.push_str(if is_word { "crate" } else { self.library });
            rest = &after["crate".len()..];
        }
        named + rest
    }
}

impl Type {
    /// The type as Rust source.
    pub fn rust(&self, scope: Scope<'_>) -> String {
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
            Self::File => format!("{}::runtime::FilePart", scope.library),
            Self::Any => "serde_json::Value".to_owned(),
            Self::Array(item) => format!("Vec<{}>", item.rust(scope)),
            Self::Map(value) => {
                format!("std::collections::BTreeMap<String, {}>", value.rust(scope))
            }
            Self::Nullable(value) => format!("Option<{}>", value.rust(scope)),
            Self::Model(name) => format!("{}{name}", scope.models),
            Self::Custom(path) => scope.path(path),
        }
    }

    /// Whether there is a model within the type.
    pub fn names_models(&self) -> bool {
        let mut names = false;
        self.visit_models(&mut |_| names = true);
        names
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_from_where_it_is_used() {
        let custom = |path: &str| Type::Custom(path.to_owned());
        let outside = Scope::outside("pet_sdk");
        let model = Type::Array(Box::new(Type::Model("Pet".to_owned())));
        assert_eq!(model.rust(Scope::MODELS), "Vec<Pet>");
        assert_eq!(model.rust(outside), "Vec<models::Pet>");
        assert_eq!(Type::File.rust(Scope::CRATE), "crate::runtime::FilePart");
        assert_eq!(Type::File.rust(outside), "pet_sdk::runtime::FilePart");
        let path = custom("Vec<crate::models::Pet>");
        assert_eq!(path.rust(Scope::CRATE), "Vec<crate::models::Pet>");
        assert_eq!(path.rust(outside), "Vec<pet_sdk::models::Pet>");
        assert_eq!(custom("my_crate::A<crate::B>").rust(outside), "my_crate::A<pet_sdk::B>");
    }
}

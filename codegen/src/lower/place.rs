//! Where a schema stands: in the document, and among the names made of it.

use crate::document::pointer;
use crate::names;

/// A place in the document and what an inline schema there is called.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The JSON pointer (RFC 6901) of the schema.
    pub pointer: String,
    /// The Rust name that a model made here would like.
    pub name: String,
    /// The module (and file) that such a model goes to.
    pub module: String,
}

impl Place {
    /// A place of a name.
    pub fn new(
        pointer: impl Into<String>,
        name: impl Into<String>,
        module: impl Into<String>,
    ) -> Self {
        Self { pointer: pointer.into(), name: name.into(), module: module.into() }
    }

    /// Deeper in the document, under the same name.
    #[must_use]
    pub fn within(&self, segments: &[&str]) -> Self {
        Self { pointer: pointer(&self.pointer, segments), ..self.clone() }
    }

    /// A property's place, named after the property.
    #[must_use]
    pub fn property(&self, name: &str) -> Self {
        self.named(&["properties", name], &names::type_name(name))
    }

    /// Deeper in the document, under a name with something behind it.
    #[must_use]
    pub fn named(&self, segments: &[&str], suffix: &str) -> Self {
        Self {
            pointer: pointer(&self.pointer, segments),
            name: format!("{}{suffix}", self.name),
            module: self.module.clone(),
        }
    }
}

/// Lengthens a JSON pointer.
pub fn pointer(base: &str, segments: &[&str]) -> String {
    segments.iter().fold(base.to_owned(), |pointer, segment| pointer::child(&pointer, segment))
}

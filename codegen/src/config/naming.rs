//! The part of `sdk.toml` that names things, replaces types and picks operations.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Config;

/// Other names than those of the document: its name on the left, the new one on the right.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Rename {
    /// Schemas of `components.schemas`.
    pub schemas: BTreeMap<String, String>,
    /// Operations, by operationId.
    pub operations: BTreeMap<String, String>,
    /// Tags.
    pub tags: BTreeMap<String, String>,
    /// Fields, as `SCHEMA.PROPERTY`; of an inline schema, the name of its model.
    pub fields: BTreeMap<String, String>,
}

/// The name that stands for all models.
pub(crate) const ALL_MODELS: &str = "*";

/// Types of the user's, as Rust paths.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Types {
    /// In place of schemas.
    pub schemas: BTreeMap<String, String>,
    /// In place of formats of strings and numbers.
    pub formats: BTreeMap<String, String>,
    /// Further traits that models derive, by schema; of an inline schema, the name of its model. `*` stands
    /// for all models.
    pub derives: BTreeMap<String, Vec<String>>,
}

/// What `Debug` must not show, besides what the document says to be secret.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Secrets {
    /// Properties: of any model, or as `SCHEMA.PROPERTY`; of an inline schema, the name of its model.
    pub properties: Vec<String>,
}

impl Secrets {
    /// Whether a property of a schema, or of the model of an inline one, is among them.
    pub(crate) fn names(&self, schema: &str, property: &str) -> bool {
        self.properties
            .iter()
            .any(|secret| secret == property || secret.split_once('.') == Some((schema, property)))
    }
}

/// Which operations to take. Where nothing is given, all are taken.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Select {
    /// Tags.
    pub tags: Vec<String>,
    /// operationIds.
    pub operations: Vec<String>,
    /// Paths; `*` at the end stands for anything.
    pub paths: Vec<String>,
}

impl Select {
    /// Whether nothing is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.operations.is_empty() && self.paths.is_empty()
    }

    /// Whether an operation is taken, for one of its tags, its operationId or its path.
    pub(crate) fn picks(&self, path: &str, tags: &[String], id: Option<&str>) -> bool {
        self.is_empty()
            || tags.iter().any(|tag| self.tags.contains(tag))
            || id.is_some_and(|id| self.operations.iter().any(|wanted| wanted == id))
            || self.paths.iter().any(|pattern| path_matches(pattern, path))
    }
}

/// Whether a path is the one of the pattern; `*` at its end stands for anything.
pub(crate) fn path_matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => path.starts_with(prefix),
        None => pattern == path,
    }
}

impl Config {
    pub(crate) fn schema_name(&self, schema: &str) -> Option<String> {
        self.rename.schemas.get(schema).cloned()
    }

    pub(crate) fn operation_name(&self, id: &str) -> Option<String> {
        self.rename.operations.get(id).cloned()
    }

    pub(crate) fn tag_name(&self, tag: &str) -> Option<String> {
        self.rename.tags.get(tag).cloned()
    }

    pub(crate) fn field_name(&self, schema: &str, property: &str) -> Option<&str> {
        self.rename.fields.get(&format!("{schema}.{property}")).map(String::as_str)
    }

    /// The further traits that the model of a schema derives.
    pub(crate) fn derives<'a>(&'a self, schema: &'a str) -> impl Iterator<Item = &'a String> {
        [ALL_MODELS, schema].into_iter().filter_map(|name| self.types.derives.get(name)).flatten()
    }

    pub(crate) fn schema_type(&self, schema: &str) -> Option<String> {
        self.types.schemas.get(schema).cloned()
    }

    pub(crate) fn format_type(&self, format: &str) -> Option<String> {
        self.types.formats.get(format).cloned()
    }

    /// Whether the SDK takes an operation.
    pub(crate) fn picks(&self, path: &str, operation: &openapiv3::Operation) -> bool {
        self.select.picks(path, &operation.tags, operation.operation_id.as_deref())
    }
}

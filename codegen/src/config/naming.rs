//! The part of `sdk.toml` that names things, replaces types and picks operations.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Config;

/// Cargo features that every SDK has, which no tag may be called.
const RUNTIME_FEATURES: [&str; 12] = [
    "all-models",
    "blocking",
    "config",
    "default",
    "dpop",
    "full",
    "mock",
    "native-tls",
    "oauth",
    "rustls",
    "tracing",
    "stream",
];

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
}

/// Types of the user's, as Rust paths.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Types {
    /// In place of schemas.
    pub schemas: BTreeMap<String, String>,
    /// In place of formats of strings and numbers.
    pub formats: BTreeMap<String, String>,
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
    fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.operations.is_empty() && self.paths.is_empty()
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

    pub(crate) fn schema_type(&self, schema: &str) -> Option<String> {
        self.types.schemas.get(schema).cloned()
    }

    pub(crate) fn format_type(&self, format: &str) -> Option<String> {
        self.types.formats.get(format).cloned()
    }

    pub(crate) fn is_reserved_feature(&self, feature: &str) -> bool {
        RUNTIME_FEATURES.contains(&feature)
    }

    /// Whether the SDK takes an operation.
    pub(crate) fn picks(&self, path: &str, operation: &openapiv3::Operation) -> bool {
        let select = &self.select;
        select.is_empty()
            || operation.tags.iter().any(|tag| select.tags.contains(tag))
            || operation.operation_id.as_ref().is_some_and(|id| select.operations.contains(id))
            || select.paths.iter().any(|pattern| match pattern.strip_suffix('*') {
                Some(prefix) => path.starts_with(prefix),
                None => pattern == path,
            })
    }
}

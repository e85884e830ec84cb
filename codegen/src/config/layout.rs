//! The part of `sdk.toml` that says how the crate is divided: cargo features and modules.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Config;

/// Cargo features that every SDK has.
const RUNTIME_FEATURES: [&str; 8] =
    ["blocking", "client", "config", "mock", "native-tls", "oauth", "rustls", "tracing"];

/// What no feature of a tag may be called besides: names with a meaning, now or later.
const RESERVED_FEATURES: [&str; 5] = ["all-models", "default", "dpop", "full", "stream"];

/// The cargo features of the tags.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Features {
    /// The features that are on by default; all tags, `client` and `rustls` unless given.
    pub default: Option<Vec<String>>,
    /// The feature of a tag; tags may share one.
    pub tags: BTreeMap<String, String>,
}

/// The modules of the tags. Each has its own below `api` unless given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Modules {
    /// The module around that of a tag; tags may share one.
    pub tags: BTreeMap<String, String>,
}

impl Config {
    /// The feature that a tag is given.
    pub(crate) fn tag_feature(&self, tag: &str) -> Option<&String> {
        self.features.tags.get(tag)
    }

    /// The module that a tag is put into.
    pub(crate) fn tag_module(&self, tag: &str) -> Option<&String> {
        self.modules.tags.get(tag)
    }
}

/// Whether a feature is one that every SDK has.
pub(crate) fn is_runtime_feature(feature: &str) -> bool {
    RUNTIME_FEATURES.contains(&feature)
}

/// Whether no tag's feature can be called that.
pub(crate) fn is_reserved_feature(feature: &str) -> bool {
    is_runtime_feature(feature) || RESERVED_FEATURES.contains(&feature)
}

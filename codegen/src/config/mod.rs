//! `sdk.toml`: which SDK to make of a document.

mod cli;
mod client;
mod configuration;
pub(crate) mod key_locations;
mod layout;
mod naming;
mod nesting;
pub(crate) mod package_name;
mod paging;
mod streams;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::diagnostics::Diagnostics;
use crate::source::Location;

pub use cli::Cli;
pub use client::{
    BaseUrlCheck, Client, ErrorFields, Headers, OAuth, RateLimit, ResetFormat, Retry,
    SecurityScheme,
};
pub use configuration::{AuthorizationMode, ConfigurationSources, KeyMeaning};
pub use layout::{Features, Modules};
pub(crate) use layout::{is_reserved_feature, is_runtime_feature};
pub(crate) use naming::{ALL_MODELS, path_matches};
pub use naming::{Rename, Secrets, Select, Types};
pub use nesting::{Nesting, NestingStyle};
pub use paging::{PagingRule, StyleName};
pub use streams::StreamRule;

/// The contents of `sdk.toml`. Every key has a default; a key that does not exist is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Config {
    /// What the manifest says.
    pub package: PackageConfig,
    /// How the client behaves.
    pub client: Client,
    /// What each security scheme of the document needs.
    pub security: BTreeMap<String, SecurityScheme>,
    /// Names of response headers.
    pub headers: Headers,
    /// Where responses tell the rate limit.
    pub rate_limit: RateLimit,
    /// How requests are repeated.
    pub retry: Retry,
    /// Where an error response says what went wrong.
    pub errors: ErrorFields,
    /// Where tokens are had.
    pub oauth: OAuth,
    /// Where a program that uses the SDK may keep its settings.
    pub configuration: ConfigurationSources,
    /// How lists go on: the first rule that fits an operation counts.
    pub paging: Vec<PagingRule>,
    /// How nested values stand in queries and forms.
    pub nesting: Nesting,
    /// What the items of answers are that flow, by operationId.
    pub streams: BTreeMap<String, StreamRule>,
    /// Other names than those of the document.
    pub rename: Rename,
    /// What `Debug` must not show.
    pub secrets: Secrets,
    /// Types of the user's in place of generated ones.
    pub types: Types,
    /// The command line to make beside the SDK; none unless the table is there.
    pub cli: Option<Cli>,
    /// Which operations to take.
    pub select: Select,
    /// The cargo features of tags.
    pub features: Features,
    /// The modules of tags.
    pub modules: Modules,
    /// Overlays to apply to the document, in this order; relative to the `sdk.toml`.
    pub overlays: Vec<PathBuf>,
    /// Folders whose files the document may refer to, besides its own; relative to the `sdk.toml`.
    pub allow_files: Vec<PathBuf>,
    /// The file that this was read from.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

/// What the manifest says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PackageConfig {
    /// The crate's name; `sdk` unless given here or on the command line.
    pub name: Option<String>,
    /// The crate's version; `0.1.0` unless given.
    pub version: Option<String>,
    /// One line; the document's summary or title unless given.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where the crate's source is.
    pub repository: Option<String>,
    /// How many lines the crate may have, about; a million unless given, for which a compiler takes hours.
    pub most_lines: Option<u64>,
    /// Crates that types and derives of the user's come from: what cargo takes as the value of a dependency.
    pub dependencies: BTreeMap<String, toml::Value>,
}

impl Config {
    /// Where a name stands in the table or list at `keys`; none where the file does not have it, or there is no file.
    pub(crate) fn location(&self, keys: &[&str], name: &str) -> Option<Location> {
        key_locations::location(self.file.as_deref()?, keys, name)
    }

    /// Reads `sdk.toml`. A problem goes to `diagnostics` with its line and column.
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("cannot read the configuration {}: {error}", path.display());
                diagnostics.error("unreadable-configuration", None, message);
                return None;
            }
        };
        match toml::from_str::<Self>(&text) {
            Ok(mut config) => {
                let folder = path.parent().unwrap_or(Path::new(""));
                config.file = Some(path.to_owned());
                let paths = config.overlays.iter_mut().chain(&mut config.allow_files);
                paths.for_each(|path| *path = folder.join(&*path));
                Some(config)
            }
            Err(error) => {
                let message = format!("{} is not a valid sdk.toml:\n{error}", path.display());
                diagnostics.error("invalid-configuration", None, message).help(
                    "docs/configuration.md lists the keys; a key that does nothing is an error",
                );
                None
            }
        }
    }
}

//! What the manifest says: `sdk.toml`, and the document's title and summary where it has gaps.

use crate::config::Config;
use crate::ir::Package;

/// The version of a crate that `sdk.toml` gives none.
const FIRST_VERSION: &str = "0.1.0";

/// The name of a crate that neither `sdk.toml` nor the command line gives one.
const DEFAULT_NAME: &str = "sdk";

/// The package of the SDK for an API of that title.
pub(super) fn package(config: &Config, title: &str, summary: Option<&str>) -> Package {
    let given = &config.package;
    let description = given
        .description
        .clone()
        .or_else(|| summary.map(str::to_owned))
        .unwrap_or_else(|| format!("A client for {title}"));
    Package {
        name: given.name.clone().unwrap_or_else(|| DEFAULT_NAME.to_owned()),
        version: given.version.clone().unwrap_or_else(|| FIRST_VERSION.to_owned()),
        description: description.lines().next().unwrap_or_default().to_owned(),
        license: given.license.clone(),
        repository: given.repository.clone(),
        dependencies: given.dependencies.clone().into_iter().collect(),
    }
}
